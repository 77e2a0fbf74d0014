"""How the builder answers: with a row, an editor or all rows, and as a page without scripts."""

from typing import Any

from flask import Response, redirect, url_for
from flask import render_template as render_text
from htmx_flask import make_response

from blueprints._htmx import render, wants_piece
from domain import builder, publishing
from forms.builder import QuestionForm, SectionForm, question_form
from models import Form, Question
from questionnaire.checks import numbered
from questionnaire.structure import flaws


def show(
    form: Form, piece: str = "builder/_form.html", *, status: int = 200, **context: Any
) -> Response:
    """Answer with the builder's page, or with one piece of it."""
    return render("builder/form.html", piece, status=status, **_context(form), **context)


def changed(
    form: Form, uid: str = "", piece: str = "builder/_form.html", row: Question | None = None
) -> Response:
    """Answer a change with the piece that shows it; `uid` is what has changed."""
    if not wants_piece():
        url = url_for("builder.show_form", form_id=form.id)
        return redirect(f"{url}#r-{uid}" if uid else url, 303)  # type: ignore[return-value]
    context = _context(form)
    body = render_text(piece, **context, row=row, changed_uid=uid)
    if row is not None:
        body += render_text("builder/_state.html", **context, swapped=True)
    body += render_text("layout/_new_toasts.html")
    whole = {} if row is not None else {"retarget": "#form", "reswap": "outerHTML"}
    response: Response = make_response(body, **whole)
    return response


def editor_for(form: Form, type_key: str, question: Question | None = None) -> QuestionForm:
    """Return the editor of a new question of a type, or of one of the form's."""
    return question_form(
        type_key,
        builder.working_definition(form),
        builder.as_defined(question) if question else None,
        groups=builder.group_choices(),
    )


def values_of(editor: QuestionForm) -> dict[str, Any] | None:
    """Return the values of a posted editor to store; None where it must be shown again."""
    if editor.wants_more:
        editor.add_spare_columns()
        return None
    return editor.cleaned() if editor.validate() else None


def status_of(editor: QuestionForm) -> int:
    """Return the status of an editor that is shown again: 200 where it was only to grow."""
    return 200 if editor.wants_more else 422


def _context(form: Form) -> dict[str, Any]:
    sections = [(one, builder.questions_of(one)) for one in builder.sections_of(form)]
    definition = builder.working_definition(form)
    return {
        "form": form,
        "sections": sections,
        "numbers": {question.uid: number for number, question in numbered(definition)},
        "flaws": flaws(definition),
        "newest": publishing.latest_version(form),
        "new_section": SectionForm(formdata=None),
    }
