"""Signing in and out, in place too, the own password, and the very first account."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from htmx_flask import make_response
from werkzeug import Response as AnyResponse

from blueprints import _session
from blueprints._access import PUBLIC, access_of, actor, public, signed_in
from blueprints._htmx import notify, redirect_to
from blueprints._next import next_url
from core import origin
from core.errors import DomainError, InvalidError
from core.extensions import db
from core.words import _
from domain import people, sessions
from forms.sign_in import ChangePasswordForm, FirstAccountForm, SignInForm

bp = Blueprint("sign_in", __name__)

Answer = AnyResponse | str | tuple[str, int]


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Answer:
    """Ask for name and password, and let the person in."""
    form = SignInForm(next=request.args.get("next", ""))
    if not form.is_submitted():
        if not people.has_anybody():
            return redirect(url_for("sign_in.first_account"), 303)
        if current_user.is_authenticated:
            return redirect(next_url(form.next.data), 303)
        return render_template("sign_in/sign_in.html", form=form)
    status = _let_in(form)
    if status == 303:
        return redirect(next_url(form.next.data), status)
    return render_template("sign_in/sign_in.html", form=form), status


@bp.route("/sign-in/again", methods=["GET", "POST"])
@public
def sign_in_again() -> Answer:
    """Let the person back in without leaving the page; only the one whose page it is."""
    form = SignInForm(username=request.args.get("username", ""))
    if not form.is_submitted() and current_user.is_authenticated:
        same = actor().username == form.username.data
        return _signed_in_again() if same else render_template("sign_in/_other.html")
    if not form.is_submitted():
        return render_template("sign_in/_again.html", form=form)
    return _signed_in_again() if _let_in(form) == 303 else _ask_again(form)


def _let_in(form: SignInForm) -> int:
    """Sign in with what the form holds; return 303, or the status of the refusal in the form."""
    if not form.validate():
        return 422
    try:
        token = sessions.sign_in(
            form.username.data,
            form.password.data,
            address=origin.address(),
            browser=request.headers.get("User-Agent", ""),
            replaces=_session.token(),
        )
    except DomainError as error:
        form.refuse(error.message)
        status = error.status
    else:
        _session.start(token)
        status = 303
    db.session.commit()
    return status


def _signed_in_again() -> Response:
    """Tell the page its new CSRF token; its other forms hold the old one."""
    trigger = {"signed-in": {"token": generate_csrf()}}
    response: Response = make_response("", 204, trigger=trigger)
    return response


def _ask_again(form: SignInForm) -> tuple[str, int]:
    """Answer every refusal, the wait too, with the status whose pieces htmx puts into the page."""
    return render_template("sign_in/_again.html", form=form), 422


@bp.post("/sign-out")
@signed_in
def sign_out() -> AnyResponse:
    """End this sign-in."""
    sessions.sign_out(_session.token(), actor())
    db.session.commit()
    _session.end()
    return redirect_to(url_for("sign_in.sign_in"))


@bp.route("/password", methods=["GET", "POST"])
@signed_in
def change_password() -> Answer:
    """Change the own password."""
    form = ChangePasswordForm()
    if form.validate_on_submit():
        try:
            sessions.change_password(actor(), form.old.data, form.new.data)
        except InvalidError as error:
            form.refuse(error.message, error.fields)
        else:
            db.session.commit()
            notify(_("Đã đổi mật khẩu. Mọi nơi đăng nhập khác đã thoát."))
            return redirect_to(url_for("home.index"))
    status = 422 if form.is_submitted() else 200
    return render_template("sign_in/password.html", form=form), status


@bp.route("/first-account", methods=["GET", "POST"])
@public
def first_account() -> Answer:
    """Create the department and its first administrator, while nobody has an account."""
    if people.has_anybody():
        return redirect(url_for("sign_in.sign_in"), 303)
    form = FirstAccountForm()
    if form.validate_on_submit():
        try:
            return _found(form)
        except InvalidError as error:
            form.refuse(error.message, error.fields)
    status = 422 if form.is_submitted() else 200
    return render_template("sign_in/first_account.html", form=form), status


def _found(form: FirstAccountForm) -> AnyResponse:
    person = people.create_first(
        office=form.office.data,
        full_name=form.full_name.data,
        username=form.username.data,
        password=form.password.data,
    )
    browser = request.headers.get("User-Agent", "")
    token = sessions.start(person, address=origin.address(), browser=browser)
    db.session.commit()
    _session.start(token)
    notify(_("Đã tạo tài khoản quản trị. Tiếp theo, hãy thêm đơn vị và người dùng."))
    return redirect_to(url_for("organisation.list_units"))


@bp.before_app_request
def ask_for_new_password() -> AnyResponse | None:
    """Send a person with a one-time password to change it before anything else."""
    free = {"static", "sign_in.change_password", "sign_in.sign_out"}
    if request.endpoint is None or request.endpoint in free or access_of(request.endpoint) == PUBLIC:
        return None
    if current_user.is_authenticated and actor().must_change_password:
        return redirect_to(url_for("sign_in.change_password"))
    return None
