"""A unit's report as an official document: what was submitted, or the draft so far."""

from core.config import Settings
from core.vietnamese import format_datetime
from core.words import in_vietnamese
from documents.blocks import Block, Paragraph
from documents.official import DOTS, OfficialDocument, OfficialFrame
from domain import papers, previous, receipts, versions
from models import Response, Submission
from questionnaire import paper
from questionnaire.filling import filled

DRAFT = "DỰ THẢO"
OPENING = "Thực hiện %(document)s, %(unit)s báo cáo như sau:"
OPENING_ALONE = "%(unit)s báo cáo như sau:"
ENDING = "Trên đây là báo cáo của %s./."
RECEIPT = "Biên nhận %(receipt)s, nộp lúc %(when)s, mã kiểm tra %(mark)s"


def of_report(response: Response, settings: Settings) -> OfficialDocument:
    """Return the report: as submitted where that counts, else the draft, marked as one."""
    submission = response.current_submission
    source = submission or response
    last = previous.of_submission(submission) if submission else previous.of_report(response)
    definition = versions.definition(source.version_id)
    now = filled(definition, source.answers, last)
    with in_vietnamese():
        body = [*_opening(response), *paper.answer_blocks(definition, now), *_ending(response)]
        return OfficialDocument(_frame(response, submission, definition.title, settings), body)


def file_name(response: Response) -> str:
    """Return what the file is called."""
    assignment = response.assignment
    task = assignment.round.task
    mark = papers.mark_of(task) or str(task.id)
    return papers.file_name("bao-cao", assignment.unit_code, mark, str(assignment.form_id))


def _frame(
    response: Response, submission: Submission | None, title: str, settings: Settings
) -> OfficialFrame:
    assignment = response.assignment
    return OfficialFrame(
        issuer=assignment.unit_name,
        parent=papers.above(assignment.unit, settings),
        doc_type=papers.REPORT,
        title=papers.subject(title, assignment.round.task),
        addressees=(settings.office_name,),
        recipients=(papers.AS_ABOVE, papers.ARCHIVED % DOTS),
        signer_title=papers.HEAD_OF_UNIT,
        mark="" if submission else DRAFT,
        footnote=_receipt(submission) if submission else "",
    )


def _receipt(submission: Submission) -> str:
    return RECEIPT % {
        "receipt": submission.receipt,
        "when": format_datetime(submission.submitted_at),
        "mark": receipts.mark_of(submission),
    }


def _opening(response: Response) -> list[Block]:
    assignment = response.assignment
    document = papers.reference(assignment.round.task)
    words = OPENING if document else OPENING_ALONE
    return [Paragraph(words % {"document": document, "unit": assignment.unit_name})]


def _ending(response: Response) -> list[Block]:
    return [Paragraph(ENDING % response.assignment.unit_name)]
