"""A form on paper, to be written on by hand."""

from core.config import Settings
from core.vietnamese import format_deadline
from core.words import in_vietnamese
from documents.blocks import Block, Paragraph
from documents.official import DOTS, OfficialDocument, OfficialFrame
from domain import papers, working_copy
from models import Form
from questionnaire import paper
from questionnaire.definition import FormDefinition

UNIT = "Tên đơn vị báo cáo"
ATTACHED = "(Kèm theo %s)"
DUE = "Hạn nộp: %s"
MUST_BE_ANSWERED = "Câu có dấu * phải trả lời."


def blank(form: Form, settings: Settings) -> OfficialDocument:
    """Return the working copy of a form, blank."""
    with in_vietnamese():
        definition = working_copy.definition_of(form)
        based_on = papers.reference(form.task)
        frame = OfficialFrame(
            issuer=f"{UNIT}: {DOTS}",
            doc_type=papers.REPORT,
            title=papers.subject(form.title, form.task),
            note=ATTACHED % based_on if based_on else "",
            addressees=(settings.office_name,),
            recipients=(papers.AS_ABOVE, papers.ARCHIVED % DOTS),
            signer_title=papers.HEAD_OF_UNIT,
        )
        return OfficialDocument(frame, [*_opening(form, definition), *paper.blank_blocks(definition)])


def file_name(form: Form) -> str:
    """Return what the file is called."""
    return papers.file_name("bieu-mau", papers.mark_of(form.task) or str(form.task_id), str(form.id))


def _opening(form: Form, definition: FormDefinition) -> list[Block]:
    due = form.task.rounds[-1].due_at
    told = [definition.intro] if definition.intro else []
    if due:
        told.append(DUE % format_deadline(due))
    if any(one.required for one in definition.questions.values()):
        told.append(MUST_BE_ANSWERED)
    return [Paragraph(text, italic=True) for text in told]
