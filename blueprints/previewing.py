"""A form as a unit will see it: filled in to try it out, with every rule at work, and never stored."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request
from htmx_flask import make_response

from blueprints import _load
from blueprints._access import requires
from blueprints._htmx import wants_piece
from blueprints._questions import follow_ups, question_views
from core.permissions import Permission
from domain import previous, publishing, working_copy
from forms.answers import read_section
from models import Form, Unit
from questionnaire.definition import FormDefinition

bp = Blueprint("previewing", __name__)

READ = Permission.TASKS_READ


@bp.route("/forms/<int:form_id>/preview", methods=["GET", "POST"])
@requires(READ)
def preview(form_id: int) -> Any:
    """Show the form as the chosen unit will see it, with what was typed to try it out."""
    form = _load.form_or_404(form_id, READ)
    definition = working_copy.definition_of(form)
    units = [one.unit for one in publishing.recipients(form)]
    unit = _chosen(units)
    last = previous.of_unit(form, unit.id, definition) if unit else None
    answers = _typed(definition)
    if wants_piece():
        return make_response("", trigger=follow_ups(definition, answers, last) or False)
    return _page(form, definition, answers, unit=unit, units=units, last=last)


def _chosen(units: list[Unit]) -> Unit | None:
    """Return the unit that the page names, of those that get the form."""
    wanted = request.values.get("unit", 0, type=int)
    return next((one for one in units if one.id == wanted), None)


def _typed(definition: FormDefinition) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if request.method == "POST":
        for section in definition.sections:
            found |= read_section(section, request.form)
    return found


def _page(
    form: Form,
    definition: FormDefinition,
    answers: Mapping[str, Any],
    *,
    last: Mapping[str, Any] | None,
    **shown: Any,
) -> str:
    checked = request.form.get("go") == "check"
    sections = [
        (one, question_views(definition, one, answers, last=last, checked=checked))
        for one in definition.sections
    ]
    wrong = [view for _one, views in sections for view in views if view.problems]
    return render_template(
        "previewing/preview.html",
        form=form,
        definition=definition,
        sections=sections,
        checked=checked,
        wrong=wrong,
        **shown,
    )
