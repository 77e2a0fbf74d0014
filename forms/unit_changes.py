"""A change of the organisation: which units, what happens to them, on which day, and what follows."""

import re

from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, Optional, Regexp, ValidationError

from core.unit_texts import BAD_CODE, CODE, LONGEST
from core.words import N_, _
from forms.base import WebForm
from forms.fields import DateField
from forms.organisation import id_or_none

MOST_NEW = 200
MOST_TEXT = 100_000


class CellsField(TextAreaField):
    """Lines of cells, as they are pasted from Excel."""

    holds_cells = True


class UnitChangeForm(WebForm):
    """All that any kind of change asks; a page shows what its kind needs."""

    kind = HiddenField()
    units = SelectMultipleField(N_("Đơn vị thay đổi"), coerce=id_or_none)
    day = DateField(N_("Có hiệu lực từ ngày"), [DataRequired()])
    document = StringField(N_("Căn cứ (số, ký hiệu, ngày, trích yếu văn bản)"), [Length(max=500)])
    successors = SelectMultipleField(N_("Đơn vị kế tiếp"), coerce=id_or_none)
    new_units = CellsField(
        N_("Đơn vị mới, mỗi dòng một đơn vị"), [Length(max=MOST_TEXT)], render_kw={"rows": 6}
    )
    code = StringField(
        N_("Mã đơn vị"), [Optional(), Length(max=LONGEST["code"]), Regexp(CODE, 0, BAD_CODE)]
    )
    name = StringField(N_("Tên đầy đủ"), [Length(max=LONGEST["name"])])
    short_name = StringField(N_("Tên ngắn"), [Length(max=LONGEST["short_name"])])
    unit_kind = SelectField(N_("Loại đơn vị"))
    parent = SelectField(N_("Thuộc đơn vị"), coerce=id_or_none)
    reports = RadioField(N_("Báo cáo còn phải nộp của đơn vị ngừng hoạt động"), validators=[Optional()])
    reason = TextAreaField(N_("Lý do miễn"), [Length(max=500)], render_kw={"rows": 2})
    groups_follow = BooleanField(N_("Đơn vị kế tiếp vào các nhóm của đơn vị cũ"))
    roles_follow = BooleanField(N_("Người của đơn vị cũ có vai trò như cũ ở đơn vị kế tiếp"))
    #: What the page has shown that the change will do; `step` says that it shall be made.
    seen = HiddenField()
    step = HiddenField()

    def validate_new_units(self, field: CellsField) -> None:
        """Check each line: a code, a full name, and maybe a short one."""
        lines = new_lines(field.data)
        if len(lines) > MOST_NEW:
            raise ValidationError(_("Nhiều nhất %(most)d đơn vị mới một lần.", most=MOST_NEW))
        for number, cells in enumerate(lines, start=1):
            if not is_right(cells):
                raise ValidationError(
                    _("Dòng %(number)d: ghi mã, dấu chấm phẩy, tên đầy đủ; ví dụ "
                      "VHXH-01654; Phòng Văn hóa - Xã hội xã Hòa An.", number=number)
                )  # fmt: skip

    def validate_name(self, field: StringField) -> None:
        """Ask for the code and the name together."""
        if bool(field.data) != bool(self.code.data):
            raise ValidationError(_("Ghi cả mã và tên đầy đủ."))
        if self.kind.data == "rename" and not field.data:
            raise ValidationError(_("Ghi tên đầy đủ."))

    @property
    def new_lines(self) -> list[list[str]]:
        """The new units that are typed, each as its code, name and short name."""
        return new_lines(self.new_units.data)


def new_lines(text: str | None) -> list[list[str]]:
    """Return the cells of typed or pasted lines, without blank ones."""
    return [
        [cell.strip() for cell in line.replace("\t", ";").split(";") if cell.strip()]
        for line in (text or "").splitlines()
        if line.strip()
    ]


def is_right(cells: list[str]) -> bool:
    """Tell whether a line is a code, a full name and maybe a short one, none too long."""
    longest = (LONGEST["code"], LONGEST["name"], LONGEST["short_name"])
    if not 2 <= len(cells) <= len(longest) or re.match(CODE, cells[0]) is None:
        return False
    return all(len(cell) <= most for cell, most in zip(cells, longest, strict=False))
