"""People and their accounts."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from werkzeug import Response as AnyResponse

from blueprints import _load
from blueprints._access import actor, requires
from blueprints._htmx import notify, redirect_to
from core.errors import ConflictError, InvalidError
from core.extensions import db
from core.permissions import Permission, Role
from core.words import _
from domain import directory, people, people_list
from forms.people import PersonForm
from models import Person

bp = Blueprint("people", __name__)

MANAGE = Permission.PEOPLE_MANAGE
STATES = ("open", "closed", "all")
TEXTS = ("full_name", "username", "job_title", "phone", "email")

Answer = AnyResponse | str | tuple[str, int]


@bp.get("/people")
@requires(MANAGE)
def list_people() -> Answer:
    """List the people."""
    state = request.args.get("state", "open")
    chosen = people_list.PeopleFilter(
        text=request.args.get("q", "")[:100],
        role=request.args.get("role", ""),
        unit_id=request.args.get("unit", type=int),
        state=state if state in STATES else "open",
    )
    return render_template(
        "people/people.html",
        page=people_list.list_people(chosen, request.args.get("page", 1, type=int)),
        chosen=chosen,
        roles=people.ROLE_NAMES,
        unit=_load.unit_or_404(chosen.unit_id, MANAGE) if chosen.unit_id else None,
    )


@bp.route("/people/new", methods=["GET", "POST"])
@requires(MANAGE)
def new_person() -> Answer:
    """Create an account, and show its one-time password once."""
    form = _person_form()
    if form.validate_on_submit():
        db.session.commit()  # The password is hashed next: no transaction may wait for that.
        try:
            person, password = people.add_person(actor(), **_person_values(form))
        except InvalidError as error:
            form.refuse(error.message, error.fields)
        else:
            db.session.commit()
            return _show_password(person, password)
    return _show_form(form, None)


@bp.route("/people/<int:person_id>/edit", methods=["GET", "POST"])
@requires(MANAGE)
def edit_person(person_id: int) -> Answer:
    """Change an account and its roles."""
    person = _load.person_or_404(person_id, MANAGE)
    form = _person_form(person)
    if form.validate_on_submit():
        try:
            people.change_person(actor(), person, **_person_values(form))
        except (InvalidError, ConflictError) as error:
            form.refuse(error.message, getattr(error, "fields", None))
        else:
            db.session.commit()
            notify(_("Đã lưu tài khoản của %(name)s.", name=person.full_name))
            return redirect_to(url_for(".list_people"))
    return _show_form(form, person)


@bp.post("/people/<int:person_id>/disable")
@requires(MANAGE)
def disable(person_id: int) -> Answer:
    """Shut an account and end its sign-ins."""
    person = _load.person_or_404(person_id, MANAGE)
    people.disable(actor(), person)
    db.session.commit()
    undo_url = url_for(".enable", person_id=person.id)
    notify(_("Đã khoá tài khoản của %(name)s.", name=person.full_name), undo_url=undo_url)
    return redirect_to(url_for(".list_people"))


@bp.post("/people/<int:person_id>/enable")
@requires(MANAGE)
def enable(person_id: int) -> Answer:
    """Open a shut account again."""
    person = _load.person_or_404(person_id, MANAGE)
    people.enable(actor(), person)
    db.session.commit()
    notify(_("Tài khoản của %(name)s lại hoạt động.", name=person.full_name))
    return redirect_to(url_for(".list_people"))


@bp.post("/people/<int:person_id>/password")
@requires(MANAGE)
def new_password(person_id: int) -> Answer:
    """Give an account a one-time password, and show it once."""
    person = _load.person_or_404(person_id, MANAGE)
    db.session.commit()  # The password is hashed next: no transaction may wait for that.
    password = people.new_password(actor(), person)
    db.session.commit()
    return _show_password(person, password)


def _show_password(person: Person, password: str) -> Answer:
    """Answer the request itself: a page to come back to would have to keep the password."""
    return render_template("people/password.html", person=person, password=password)


def _person_form(person: Person | None = None) -> PersonForm:
    values: dict[str, Any] = {}
    unit_id = request.args.get("unit", type=int)
    if person is not None:
        values = {name: getattr(person, name) for name in TEXTS}
        values["roles"] = [
            {"role": one.role, "unit": one.unit_id} for one in person.memberships
        ]
    elif unit_id is not None:
        values["roles"] = [{"role": Role.REPORTER, "unit": unit_id}]
    form = PersonForm(data=values)
    held = [one.unit_id for one in person.memberships] if person else []
    form.offer(
        [(role.value, _(name)) for role, name in people.ROLE_NAMES.items()],
        [(unit.id, unit.name) for unit in directory.open_units(*held)],
    )
    return form


def _person_values(form: PersonForm) -> dict[str, Any]:
    return {
        **{name: form[name].data or "" for name in TEXTS},
        "roles": [(Role(role), unit_id) for role, unit_id in form.grants()],
    }


def _show_form(form: PersonForm, person: Person | None) -> Answer:
    status = 422 if form.is_submitted() else 200
    return render_template("people/person.html", form=form, person=person), status
