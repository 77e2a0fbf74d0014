"""Named views of the summary: a selection of questions, columns and units to download again."""

from typing import Any

from flask import Blueprint, render_template, url_for

from blueprints import _load
from blueprints._access import actor, requires
from blueprints._htmx import notify, redirect_to
from core.errors import InvalidError
from core.extensions import db
from core.permissions import Permission
from core.words import _
from domain import summary_views
from domain.summary_selection import FIXED, Selection
from domain.summary_views import Choices
from forms.summary_views import ViewForm
from models import Round, SummaryView

bp = Blueprint("summary_views", __name__, url_prefix="/rounds/<int:round_id>/views")

READ = Permission.SUMMARY_READ


@bp.route("/new", methods=["GET", "POST"])
@requires(READ)
def new_view(round_id: int) -> Any:
    """Choose what a new view shows."""
    round_ = _load.round_or_404(round_id, READ)
    choices = summary_views.choices(round_)
    form = _form(choices, Selection())
    if form.validate_on_submit():
        try:
            view = summary_views.add(actor(), round_.task, form.name.data, _chosen(form, choices))
        except InvalidError as error:
            form.refuse(error.message, error.fields)
        else:
            return _saved(round_, view)
    return _show(round_, form, choices)


@bp.route("/<int:view_id>", methods=["GET", "POST"])
@requires(READ)
def edit_view(round_id: int, view_id: int) -> Any:
    """Change what a view is called and what it shows."""
    round_ = _load.round_or_404(round_id, READ)
    view = _load.summary_view_or_404(round_, view_id, READ)
    choices = summary_views.choices(round_)
    form = _form(choices, Selection.from_json(view.content), view.name)
    if form.validate_on_submit():
        try:
            summary_views.change(actor(), view, form.name.data, _chosen(form, choices))
        except InvalidError as error:
            form.refuse(error.message, error.fields)
        else:
            return _saved(round_, view)
    return _show(round_, form, choices, view)


@bp.post("/<int:view_id>/delete")
@requires(READ)
def delete_view(round_id: int, view_id: int) -> Any:
    """Take a view away, with a way back."""
    round_ = _load.round_or_404(round_id, READ)
    view = _load.summary_view_or_404(round_, view_id, READ)
    summary_views.delete(actor(), view)
    db.session.commit()
    undo_url = url_for(".restore_view", round_id=round_id, view_id=view_id)
    notify(_("Đã xoá chế độ xem “%(name)s”.", name=view.name[:80]), undo_url=undo_url)
    return redirect_to(url_for("downloads.show", round_id=round_id))


@bp.post("/<int:view_id>/restore")
@requires(READ)
def restore_view(round_id: int, view_id: int) -> Any:
    """Bring a deleted view back."""
    round_ = _load.round_or_404(round_id, READ)
    view = _load.summary_view_or_404(round_, view_id, READ, deleted=True)
    summary_views.restore(actor(), view)
    db.session.commit()
    return redirect_to(url_for("downloads.show", round_id=round_id))


def _form(choices: Choices, chosen: Selection, name: str = "") -> ViewForm:
    form = ViewForm(
        name=name,
        fixed=[one for one in FIXED if one not in chosen.left_out],
        groups=sorted(chosen.groups),
        units=sorted(chosen.units),
        **_ticked(choices, chosen),
    )
    every = [(one.form.id, asked) for one, parts in choices.forms for _title, part in parts
             for asked in part]  # fmt: skip
    form.offer(
        [f"{form_id}:{one.question.uid}" for form_id, one in every],
        [f"{form_id}:{column.key}" for form_id, one in every for column in one.columns],
        choices.groups,
        choices.units,
        [(name, _(label)) for name, (_place, label) in FIXED.items()],
    )
    return form


def _ticked(choices: Choices, chosen: Selection) -> dict[str, list[str]]:
    questions, columns = list[str](), list[str]()
    for one, parts in choices.forms if chosen.columns else ():
        known = chosen.columns.get(one.form.id, frozenset())
        for asked in (asked for _title, part in parts for asked in part):
            keys = [column.key for column in asked.columns]
            if known.issuperset(keys):
                questions.append(f"{one.form.id}:{asked.question.uid}")
            columns += [f"{one.form.id}:{key}" for key in keys if key in known]
    return {"questions": questions, "columns": columns}


def _chosen(form: ViewForm, choices: Choices) -> Selection:
    questions, columns = set(form.questions.data or ()), set(form.columns.data or ())
    kept = {
        one.form.id: frozenset(
            column.key
            for _title, part in parts
            for asked in part
            for column in asked.columns
            if f"{one.form.id}:{asked.question.uid}" in questions
            or f"{one.form.id}:{column.key}" in columns
        )
        for one, parts in choices.forms
    }
    return Selection(
        {form_id: keys for form_id, keys in kept.items() if keys},
        frozenset(form.groups.data or ()),
        frozenset(form.units.data or ()),
        frozenset(FIXED) - frozenset(form.fixed.data or ()),
    )


def _saved(round_: Round, view: SummaryView) -> Any:
    db.session.commit()
    notify(_("Đã lưu chế độ xem “%(name)s”.", name=view.name[:80]))
    return redirect_to(url_for("downloads.show", round_id=round_.id))


def _show(
    round_: Round, form: ViewForm, choices: Choices, view: SummaryView | None = None
) -> Any:
    page = render_template(
        "summary_views/edit.html", round=round_, form=form, choices=choices, view=view
    )
    return page, 422 if form.is_submitted() else 200
