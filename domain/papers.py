"""Official documents that the product makes: what is written around them, and the files."""

from io import BytesIO

from core.config import Settings
from core.vietnamese import document_date
from documents import word_write
from documents.official import DOTS, OfficialDocument
from models import Task, Unit, UnitKind

#: Parts of the department name it above their own name; others stand for themselves.
OF_THE_DEPARTMENT = (UnitKind.DIVISION, UnitKind.PUBLIC_UNIT)
HEAD_OF_UNIT = "Thủ trưởng đơn vị"
HEAD_OF_OFFICE = "Giám đốc"
ARCHIVED = "Lưu: %s"
AS_ABOVE = "Như trên"
REPORT = "Báo cáo"
NUMBERED = "số"
OF = "của"
RESULTS = "Kết quả %s"
RESULTS_OF = "Kết quả thực hiện %s"
ACTIONS = ("Triển khai", "Thực hiện", "Tổ chức", "Tăng cường", "Đẩy mạnh")


def word_file(document: OfficialDocument) -> BytesIO:
    """Return the document as a Word file, ready to be read."""
    file = BytesIO()
    word_write.write(document, file)
    file.seek(0)
    return file


def file_name(kind: str, *names: str) -> str:
    """Return what a Word file is called, such as "bao-cao-PVH01-12-KH-SVHTTDL.docx"."""
    told = "-".join((kind, *(name for name in names if name)))
    return "".join(letter if letter.isalnum() else "-" for letter in told) + ".docx"


def mark_of(task: Task) -> str:
    """Return the number and symbol of the document behind a task; blank for none."""
    return "/".join(part for part in (task.number, task.symbol) if part)


def reference(task: Task) -> str:
    """Return how documents name the one behind a task; blank where it isn't known."""
    if not task.doc_type or not task.symbol:
        return ""
    mark = f"{task.number or DOTS}/{task.symbol}"
    text = f"{task.doc_type} {NUMBERED} {mark}"
    if task.issued_on:
        text += " " + document_date(task.issued_on)
    return f"{text} {OF} {task.issuer}" if task.issuer else text


def office_symbol(task: Task) -> str:
    """Return the department's part of the symbols of its documents, as the task's own has it."""
    return task.symbol.partition("-")[2]


def above(unit: Unit, settings: Settings) -> str:
    """Return the body that stands above a unit in the head of its documents; blank for none."""
    if unit.parent is not None:
        return unit.parent.name
    return settings.office_name if unit.kind in OF_THE_DEPARTMENT else ""


def subject(title: str, task: Task) -> str:
    """Return a form's title as it goes below the word "Báo cáo": without that word of its own.

    Where only whose report it is would be left, it says what the task is about instead.
    """
    words = title.split()
    if " ".join(words[:2]).casefold() != REPORT.casefold():
        return title
    rest = " ".join(words[2:])
    if rest and words[2].casefold() != OF:
        return rest[0].upper() + rest[1:]
    about = task.title.strip()
    verb = RESULTS if about.startswith(ACTIONS) else RESULTS_OF
    return verb % (about[:1].lower() + about[1:] if about.startswith(ACTIONS) else about)
