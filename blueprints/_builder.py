"""How the builder answers: with what has changed for scripts, with the whole page without."""

from typing import Any

from flask import Response, redirect, url_for
from flask import render_template as render_text
from htmx_flask import make_response

from blueprints._htmx import render, wants_piece
from domain import audit_log, builder, places, publishing, steps, working_copy
from domain.catalogues import Catalogues
from forms.builder import QuestionForm, SectionForm, question_form
from models import Form, Question, Section
from questionnaire.structure import flaws

WHOLE = "builder/_form.html"


def show(form: Form, piece: str = WHOLE, *, status: int = 200, **context: Any) -> Response:
    """Answer with the builder's page, or with one piece of it."""
    if piece == WHOLE or not wants_piece():
        context = _rows(form) | _state(form) | context
    return render("builder/form.html", piece, status=status, form=form, **context)


def show_menu(form: Form, menu: str, title: str, **context: Any) -> Response:
    """Answer with the menu of a row, or with a page that holds it."""
    return render("builder/more.html", menu, form=form, menu=menu, title=title, **context)


def changed(form: Form, uid: str, piece: str = WHOLE, **context: Any) -> Response:
    """Answer a change of what has this uid with the piece that shows it."""
    if not wants_piece():
        return _back(form, uid)
    context |= {"form": form, "changed_uid": uid}
    if piece != WHOLE:
        words = SectionForm(formdata=None)
        return _with_state(form, render_text(piece, **context, new_section=words))
    body = render_text(piece, **context, **_rows(form), **_state(form))
    body += render_text("layout/_new_toasts.html")
    response: Response = make_response(body, retarget="#form", reswap="outerHTML")
    return response


def placed(form: Form, one: Section | Question) -> Response:
    """Answer a move: the page puts what it shows already before what follows it now."""
    if not wants_piece():
        return _back(form, one.uid)
    after = places.following(one)
    kind, end = ("r", None) if isinstance(one, Question) else ("s", "new-section")
    place = {
        "id": f"{kind}-{one.uid}",
        "before": f"{kind}-{after.uid}" if after else end,
        "into": f"q-{one.section.uid}" if isinstance(one, Question) else None,
    }
    return _with_state(form, "", trigger={"placed": place})


def gone(form: Form, one: Section | Question) -> Response:
    """Answer a deletion: what was deleted leaves the page."""
    if not wants_piece():
        return _back(form, "")
    kind = "r" if isinstance(one, Question) else "s"
    return _with_state(form, render_text("builder/_gone.html", gone=f"{kind}-{one.uid}"))


def back(form: Form, one: Section | Question) -> Response:
    """Answer the return of what was deleted: it stands at its place again."""
    after = places.following(one)
    if isinstance(one, Question):
        return changed(form, one.uid, "builder/_question_back.html", row=one, after=after)
    return changed(
        form,
        one.uid,
        "builder/_section_back.html",
        section=one,
        questions=builder.questions_of(one),
        after=after,
    )


def rewritten(form: Form, one: Section | Question) -> Response:
    """Answer other words for what has already stood on the page, wherever the act began."""
    if not wants_piece():
        return _back(form, one.uid)
    if isinstance(one, Question):
        target, body = f"#r-{one.uid}", render_text("builder/_row.html", row=one, changed_uid=one.uid)
    else:
        target, body = f"#h-{one.uid}", render_text("builder/_section_head.html", section=one)
    return _with_state(form, body, retarget=target, reswap="outerHTML")


def editor_for(
    section: Section, type_key: str, question: Question | None = None
) -> QuestionForm:
    """Return the editor of a new question of a type, or of one of the section's."""
    definition = working_copy.definition_of(section.form)
    editor = question_form(
        type_key,
        definition,
        working_copy.as_defined(question) if question else None,
        groups=builder.group_choices(),
        catalogues=Catalogues(definition),
    )
    if question:
        editor.url = url_for("builder.save_question", question_id=question.id)
    else:
        editor.url = url_for("builder.add_question", section_id=section.id)
    return editor


def values_of(editor: QuestionForm) -> dict[str, Any] | None:
    """Return the values of a posted editor to store; None where it must be shown again."""
    if editor.wants_more:
        editor.do_more()
        return None
    return editor.cleaned() if editor.validate() else None


def status_of(editor: QuestionForm) -> int:
    """Return the status of an editor that is shown again: 200 where it was only to grow."""
    return 200 if editor.wants_more else 422


def _back(form: Form, uid: str) -> Response:
    url = url_for("builder.show_form", form_id=form.id)
    return redirect(f"{url}#r-{uid}" if uid else url, 303)  # type: ignore[return-value]


def _with_state(form: Form, body: str, **headers: Any) -> Response:
    body += render_text("builder/_state.html", form=form, swapped=True, **_state(form))
    body += render_text("layout/_new_toasts.html")
    response: Response = make_response(body, **headers)
    return response


def _rows(form: Form) -> dict[str, Any]:
    return {"sections": working_copy.rows_of(form)}


def _state(form: Form) -> dict[str, Any]:
    definition = working_copy.definition_of(form)
    return {
        "flaws": flaws(definition) if definition.sections else [],
        "newest": publishing.latest_version(form),
        "actions": audit_log.ACTIONS,
        "step": steps.latest(form),
        "undone_step": steps.undone(form),
        "new_section": SectionForm(formdata=None),
    }
