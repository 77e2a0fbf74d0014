"""What the designer of a table with given rows fills in."""

from wtforms import HiddenField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from core.words import N_, _
from questionnaire.types.base import Settings
from questionnaire.types.cells_field import CellsField
from questionnaire.types.table_columns import ColumnsSettings
from questionnaire.types.table_head import LEADS
from questionnaire.types.table_layout import FIRST, LAST
from questionnaire.types.table_row_lines import KIND_LABELS, KIND_WORDS
from questionnaire.types.table_taking import TakesCatalogues

PLACES = {"": N_("Không có"), LAST: N_("Ở cuối bảng"), FIRST: N_("Ở đầu bảng")}


class FixedTableSettings(TakesCatalogues, ColumnsSettings):
    """The columns, the rows, and where a total row stands."""

    rows = CellsField(N_("Các dòng, mỗi dòng một chỉ tiêu"), validators=[InputRequired()])
    #: Which row each line is; scripts that keep account of it put "=" before.
    row_ids = HiddenField()
    total = SelectField(
        N_("Dòng tổng cộng"),
        choices=lambda: [SelectChoice(key, _(label)) for key, label in PLACES.items()],
        default="",
    )

    def known_rows(self, previous: Settings) -> str:
        """Return which row each line is, from what was sent or is stored."""
        return self.row_ids.data or " ".join(one["id"] for one in previous.get("rows", []))

    def lead_words(self) -> str:
        """Return the words by which the head of a pasted table is known, without accents."""
        return "|".join(LEADS)

    def row_kinds(self) -> list[tuple[str, str]]:
        """Return the words that say what a row is for, each with its meaning."""
        return [(word, _(KIND_LABELS[kind])) for kind, word in KIND_WORDS.items()]
