"""Signing in and out, in place too, and the own password."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from htmx_flask import make_response

from blueprints import _session
from blueprints._access import actor, public, signed_in
from blueprints._htmx import notify, redirect_to, safe_next
from core.errors import ForbiddenError, InvalidError
from core.extensions import db
from core.words import _
from domain import organisation, people
from forms.sign_in import ChangePasswordForm, FirstAccountForm, SignInForm
from models import Person

bp = Blueprint("sign_in", __name__)


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in():
    if not people.has_anybody():
        return redirect(url_for("sign_in.first_account"), 303)
    form = SignInForm(next=request.args.get("next", ""))
    if form.validate_on_submit() and _signed_in(form):
        db.session.commit()
        return redirect(safe_next(form.next.data), 303)
    status = 422 if form.is_submitted() else 200
    return render_template("sign_in/sign_in.html", form=form), status


@bp.route("/sign-in/again", methods=["GET", "POST"])
@public
def sign_in_again():
    form = SignInForm()
    if form.validate_on_submit() and _signed_in(form):
        db.session.commit()
        return make_response("", trigger={"signed-in": {"token": generate_csrf()}})
    status = 422 if form.is_submitted() else 200
    return render_template("sign_in/_again.html", form=form), status


def _signed_in(form: SignInForm) -> bool:
    """Sign the person in whose name and password the form holds, or say in the form why not."""
    address = request.remote_addr or ""
    try:
        person = people.check_password(form.username.data, form.password.data, address)
    except people.TooManyFailures as error:
        form.password.errors = [error.message]
        return False
    if person is None:
        people.note_failure(form.username.data, address)
        db.session.commit()
        form.password.errors = [_("Tên đăng nhập hoặc mật khẩu chưa đúng.")]
        return False
    browser = request.headers.get("User-Agent", "")
    _session.start(people.start_session(person, address=address, browser=browser))
    return True


@bp.post("/sign-out")
@signed_in
def sign_out() -> Response:
    people.end_session(_session.token())
    db.session.commit()
    _session.end()
    return redirect_to(url_for("sign_in.sign_in"))


@bp.route("/password", methods=["GET", "POST"])
@signed_in
def change_password():
    form = ChangePasswordForm()
    if form.validate_on_submit():
        person = db.session.get(Person, actor().person_id)
        try:
            people.change_password(person, actor(), old=form.old.data, new=form.new.data)
        except InvalidError as error:
            form.refuse(error.fields)
        else:
            db.session.commit()
            notify(_("Đã đổi mật khẩu. Các nơi đăng nhập khác đã bị thoát."))
            return redirect_to(url_for("home.index"))
    status = 422 if form.is_submitted() else 200
    return render_template("sign_in/password.html", form=form), status


@bp.route("/first-account", methods=["GET", "POST"])
@public
def first_account():
    if people.has_anybody():
        raise ForbiddenError(_("Đã có tài khoản đầu tiên. Hãy đăng nhập."))
    form = FirstAccountForm()
    if form.validate_on_submit():
        try:
            person = organisation.found_office(
                office=form.office.data,
                full_name=form.full_name.data,
                username=form.username.data,
                password=form.new.data,
            )
        except InvalidError as error:
            form.refuse(error.fields)
        else:
            return _welcome(person)
    status = 422 if form.is_submitted() else 200
    return render_template("sign_in/first_account.html", form=form), status


def _welcome(person: Person) -> Response:
    browser = request.headers.get("User-Agent", "")
    token = people.start_session(person, address=request.remote_addr or "", browser=browser)
    _session.start(token)
    db.session.commit()
    notify(_("Đã tạo tài khoản quản trị. Tiếp theo, hãy thêm đơn vị và người dùng."))
    return redirect_to(url_for("organisation.list_units"))


@bp.before_app_request
def ask_for_new_password() -> Response | None:
    """Send a person with a one-time password to change it first."""
    free = {"sign_in.change_password", "sign_in.sign_out", "static"}
    if request.endpoint in free or not current_user.is_authenticated:
        return None
    if actor().must_change_password:
        return redirect_to(url_for("sign_in.change_password"))
    return None
