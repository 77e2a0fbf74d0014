"""Undoing the steps of the builder one by one, and doing them again."""

from collections.abc import Callable
from typing import Any

from core import clock
from core.errors import ConflictError
from core.extensions import db
from core.permissions import Actor
from core.words import _
from domain import arranging, builder, places, publishing, steps, working_copy
from domain.steps import Move
from models import Form, FormStep, Question, Section
from questionnaire.definition import FormDefinition


def undo(actor: Actor, form: Form, step_id: int) -> list[Move]:
    """Undo the newest step, which must be the one that the person has seen; returns what was done."""
    places.hold(form)
    step = _seen(steps.latest(form), step_id)
    moves = _take(actor, form, step)
    step.undone_at = clock.now()
    _settle(form, step.rev_before)
    return moves


def redo(actor: Actor, form: Form, step_id: int) -> list[Move]:
    """Do the step again that was undone last; returns what was done."""
    places.hold(form)
    step = _seen(steps.undone(form), step_id)
    moves = _take(actor, form, step)
    step.undone_at = None
    _settle(form, step.rev_after)
    return moves


def _seen(step: FormStep | None, step_id: int) -> FormStep:
    if step is None or step.id != step_id:
        raise ConflictError(
            _("Biểu mẫu vừa có thay đổi khác. Tải lại trang để thấy bước gần nhất.")
        )
    return step


def _take(actor: Actor, form: Form, step: FormStep) -> list[Move]:
    """Do the step's moves, and keep in it what takes them back."""
    moves = step.moves
    with steps.gathered() as back:
        for move in moves:
            _ACTS[move["act"]](actor, form, move)
    step.moves = back
    return moves


def _settle(form: Form, rev: int) -> None:
    """Take the revision that says that nothing waits to be published, where this is so again."""
    newest = publishing.latest_version(form)
    if newest is not None and newest.form_rev == rev:
        form.rev = rev
    db.session.flush()


def _change(actor: Actor, form: Form, move: Move) -> None:
    thing = thing_of(form, move)
    if isinstance(thing, Section):
        builder.change_section(actor, thing, **move["values"])
    else:
        builder.change_question(actor, thing, **move["values"])


def _delete(actor: Actor, form: Form, move: Move) -> None:
    thing = thing_of(form, move)
    if isinstance(thing, Section):
        builder.delete_section(actor, thing)
    else:
        builder.delete_question(actor, thing)


def _restore(actor: Actor, form: Form, move: Move) -> None:
    thing = thing_of(form, move)
    if isinstance(thing, Section):
        builder.restore_section(actor, thing)
    else:
        builder.restore_question(actor, thing)


def _place(actor: Actor, form: Form, move: Move) -> None:
    thing = thing_of(form, move)
    if isinstance(thing, Section):
        builder.move_section(actor, thing, move["place"])
    else:
        section = thing_of(form, {"what": "section", "uid": move["section"]})
        builder.move_question(actor, thing, section, move["place"])


def _order(actor: Actor, form: Form, move: Move) -> None:
    questions = {
        one.uid: one.id for _section, found in working_copy.rows_of(form) for one in found
    }
    sections = {one.uid: one.id for one in builder.sections_of(form)}
    arranging.order(
        actor,
        form,
        {
            questions[uid]: (sections[section], place)
            for section, uids in move["order"]
            for place, uid in enumerate(uids)
        },
    )


def _become(actor: Actor, form: Form, move: Move) -> None:
    arranging.become(actor, form, FormDefinition.from_json(move["definition"]), move["rev"])


def thing_of(form: Form, move: Move) -> Any:
    """Return the row of the form that a move is about."""
    if move["what"] == "section":
        return db.session.query(Section).filter_by(form_id=form.id, uid=move["uid"]).one()
    questions = db.session.query(Question).join(Section, Section.id == Question.section_id)
    return questions.filter(Section.form_id == form.id, Question.uid == move["uid"]).one()


_ACTS: dict[str, Callable[[Actor, Form, Move], None]] = {
    "change": _change,
    "delete": _delete,
    "restore": _restore,
    "place": _place,
    "order": _order,
    "become": _become,
}
