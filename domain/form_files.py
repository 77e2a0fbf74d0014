"""A form from a workbook: first what was understood of it, then, once confirmed, the form."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from core.errors import InvalidError
from core.permissions import Actor
from core.words import _
from documents.workbook_read import read_sheets
from domain import audit, builder, steps, tasks
from models import Form, Task
from questionnaire.definition import FormDefinition, Section
from questionnaire.types.sheet_form import UnderstoodWorkbook, understand
from questionnaire.types.sheet_grid import Grid, grid_of


def understood(content: bytes, file_name: str) -> UnderstoodWorkbook:
    """Return what a workbook would make; raises UnreadableWorkbookError, a ValueError."""
    return understand(read_sheets(content), PurePath(file_name).stem)


def grids(workbook: UnderstoodWorkbook) -> list[Grid]:
    """Return the sheets as a page shows them, in order."""
    return [grid_of(one) for one in workbook.sheets]


def as_json(workbook: UnderstoodWorkbook) -> dict[str, Any]:
    """Return the definition, what each sheet was taken for, and what a person should look at."""
    return {
        "definition": workbook.definition().to_json(),
        "sheets": [
            {
                "sheet": one.sheet.title,
                "kind": str(one.kind),
                "questions": [question.uid for question in one.questions],
            }
            for one in workbook.sheets
        ],
        "remarks": [
            {"sheet": one.sheet, "cell": one.cell, "message": one.message}
            for one in workbook.remarks
        ],
    }


def make_form(
    actor: Actor | None,
    task: Task,
    definition: FormDefinition,
    *,
    title: str,
    left_out: Sequence[str] = (),
) -> Form:
    """Add a form with the sections of `definition` but those whose uid is in `left_out`."""
    sections = [one for one in definition.sections if one.uid not in left_out]
    if not sections:
        raise InvalidError(_("Chọn ít nhất một trang để lập biểu mẫu."))
    form = tasks.add_form(actor, task, title)
    form.intro = definition.intro
    with steps.gathered():
        _add_all(actor, form, sections)
    audit.record(actor, "form.read_from_file", form, task=task.id)
    return form


def _add_all(actor: Actor | None, form: Form, sections: Sequence[Section]) -> None:
    for asked in sections:
        section = builder.add_section(actor, form, asked.title, asked.intro)
        for one in asked.questions:
            builder.add_question(
                actor,
                section,
                type=one.type,
                label=one.label,
                hint=one.hint,
                summing=one.summing,
                settings=one.settings,
            )
