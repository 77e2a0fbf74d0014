"""An official document before it is a file: its frame after Decree 30/2020/NĐ-CP, and its body."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from core.vietnamese import document_date
from documents.blocks import Block, Cell, Heading, Paragraph, Table, Total
from documents.paper_tables import cell_text, needs_wide_page

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
DOTS = "………"
NUMBER_MARK = "Số"
ADDRESSED_TO = "Kính gửi:"
SENT_TO = "Nơi nhận:"
BLANK_DAY = "ngày …… tháng …… năm ………"


@dataclass(frozen=True, slots=True)
class OfficialFrame:
    """All around the body; what is blank leaves room, or is left out where none is needed.

    `number` is given by văn thư. `note` stands below the title, `mark` over everything, and
    `footnote` at the foot of each page. Addressees are named at the top, recipients at the end.
    """

    issuer: str
    parent: str = ""
    place: str = ""
    day: date | None = None
    number: str = ""
    symbol: str = ""
    doc_type: str = ""
    title: str = ""
    note: str = ""
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signer_title: str = ""
    signer: str = ""
    mark: str = ""
    footnote: str = ""

    @property
    def number_line(self) -> str:
        """The number and symbol: numbers below 10 get a leading zero."""
        number = self.number.zfill(2) if self.number.isdecimal() else self.number
        return f"{NUMBER_MARK}: {number or DOTS}/{self.symbol or DOTS}"

    @property
    def place_line(self) -> str:
        """The place and the date."""
        day = document_date(self.day) if self.day else BLANK_DAY
        return f"{self.place or DOTS}, {day}"

    @property
    def addressed_to(self) -> str:
        """The words before the addressees."""
        return ADDRESSED_TO

    @property
    def sent_to(self) -> str:
        """The words over the recipients."""
        return SENT_TO

    @property
    def nation(self) -> str:
        """The first line of the national head."""
        return NATION

    @property
    def motto(self) -> str:
        """The second line of the national head."""
        return MOTTO

    @property
    def recipient_lines(self) -> tuple[str, ...]:
        """The recipients as a list: a semicolon after each, and a full stop after the last."""
        return _list(self.recipients)

    @property
    def addressee_lines(self) -> tuple[str, ...]:
        """The addressees: a single one on the line of `addressed_to`, several as a list."""
        return self.addressees if len(self.addressees) < 2 else _list(self.addressees)


def _list(names: Sequence[str]) -> tuple[str, ...]:
    ends = [";"] * (len(names) - 1) + ["."]
    return tuple(f"- {name}{end}" for name, end in zip(names, ends, strict=True)) if names else ()


@dataclass(frozen=True, slots=True)
class Part:
    """What follows one another on pages that are all upright, or all on their side."""

    wide: bool
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class Appendix:
    """What goes with a document, after its signature, on pages that are counted by themselves."""

    title: str
    note: str
    blocks: Sequence[Block]

    @property
    def wide(self) -> bool:
        """Whether its pages lie on their side."""
        return any(isinstance(one, Table) and needs_wide_page(one) for one in self.blocks)


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """A document to write or to print."""

    frame: OfficialFrame
    body: Sequence[Block] = ()
    appendix: Appendix | None = None

    @property
    def parts(self) -> list[Part]:
        """The body by the way its pages lie; the first part is upright, since the head is.

        The words that belong to a wide table go along with it.
        """
        wide = [isinstance(one, Table) and needs_wide_page(one) for one in self.body]
        for place in range(len(wide) - 2, -1, -1):
            wide[place] = wide[place] or (wide[place + 1] and _leads_on(self.body[place]))
        runs = groupby(zip(wide, self.body, strict=True), key=lambda one: one[0])
        parts = [Part(lies, [block for _wide, block in run]) for lies, run in runs]
        return parts if parts and not parts[0].wide else [Part(False, ()), *parts]

    def cells(self, table: Table) -> Iterator[tuple[str, ...]]:
        """Yield the texts of each row of a table."""
        for row in table.rows:
            yield tuple(map(self.text_of, row))

    @staticmethod
    def text_of(cell: Cell | Total) -> str:
        """Return a cell as it is read."""
        return cell_text(cell)


def _leads_on(block: Block) -> bool:
    return isinstance(block, Heading) or (isinstance(block, Paragraph) and block.bold)
