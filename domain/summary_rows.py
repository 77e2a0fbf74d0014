"""The rows of the unit sheet: a unit of then, or one of now with all reports that stand under it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from documents.blocks import Cell
from documents.workbook_parts import UnitRow
from domain import summary, summary_figures
from domain.structure import Standing, combined, gathered, state_of
from domain.summary_columns import CellMaker, has_own_sheet
from domain.summary_records import FormInRound, Record
from domain.summary_reminders import Reading, state_words
from domain.summary_selection import Selection
from questionnaire import types
from questionnaire.definition import Question
from questionnaire.types import Summary


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of the unit sheet; reading them fills `reading` and `figures`.

    Figures are those of all reports one by one, whatever units they stand under.
    """

    form: FormInRound
    questions: Mapping[str, tuple[Question, CellMaker]]
    reading: Reading
    figures: dict[str, Summary]
    chosen: Selection

    def __iter__(self) -> Iterator[UnitRow]:
        makers = [(uid, maker) for uid, (_one, maker) in self.questions.items()]
        questions = [one for one, _maker in self.questions.values()]
        lists = [one for one in questions if has_own_sheet(one)]
        read = [one for one in questions if summary.is_read(one)]
        waiting: list[Mapping[str, Any]] = []
        states: dict[tuple[str, bool, bool], str] = {}
        where = self.chosen.of_units()
        for standing, reports in gathered(self.form, self.chosen.structure, where=where):
            for record in reports:
                self.reading.take(self.form.form.title, record)
                if record.answers is not None:
                    waiting.append(record.answers)
            if len(waiting) >= summary_figures.REPORTS_AT_ONCE:
                self._count_in(waiting)
            together = combined(self.form, reports)
            answers = together.answers if together else {}
            reasons = together.reasons if together else {}
            yield UnitRow(
                code=standing.code,
                name=standing.name,
                group=standing.group,
                state=_state(states, standing, reports),
                submitted_at=max(
                    (one.submitted_at for one in reports if one.submitted_at), default=None
                ),
                cells=_cells(makers, answers, reasons) if together else (),
                lists={
                    one.uid: types.get(one.type).sheet_rows(answers[one.uid], one)
                    for one in lists
                    if one.uid in answers
                },
                texts={
                    one.uid: told
                    for one in read
                    if (told := reasons.get(one.uid) or summary.answer_text(one, answers))
                },
            )
        self._count_in(waiting)

    def _count_in(self, waiting: list[Mapping[str, Any]]) -> None:
        found = summary_figures.tally(self.form.definition, waiting)
        for uid, figures in found.items():
            before = self.figures.get(uid)
            self.figures[uid] = summary_figures.added(before, figures) if before else figures
        waiting.clear()


def _cells(
    makers: Sequence[tuple[str, CellMaker]],
    answers: Mapping[str, Any],
    reasons: Mapping[str, str],
) -> list[Cell]:
    """Return the cells of a row; where answers can't be added, the first of a question says why."""
    cells: list[Cell] = []
    for uid, maker in makers:
        if uid in reasons:
            cells += [reasons[uid], *maker(None)[1:]]
        else:
            cells += maker(answers.get(uid))
    return cells


def _state(
    states: dict[tuple[str, bool, bool], str], standing: Standing, reports: Sequence[Record]
) -> str:
    """Return where a unit's reports are; `states` keeps words, since most are the same."""
    if len(reports) > 1 or standing.note:
        return ". ".join(part for part in (state_of(reports), standing.note) if part)
    (record,) = reports
    state = (record.state, record.late, record.overdue)
    if state not in states:
        states[state] = state_words(record)
    return states[state]
