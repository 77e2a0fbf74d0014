"""The form of a person and the person's roles; its view fills in the choices."""

from typing import Any

from wtforms import FieldList, Form, FormField, SelectField, StringField
from wtforms.validators import DataRequired, Length, Optional, Regexp, ValidationError

from core.unit_texts import BAD_EMAIL, BAD_PHONE, EMAIL, PHONE
from core.words import N_, _
from forms.base import WebForm
from forms.organisation import id_or_none
from forms.sign_in import BAD_USERNAME, USERNAME

SPARE_ROWS = 3
MOST_ROWS = 60


class RoleRow(Form):
    """One role in one unit; a row with neither is left out."""

    role = SelectField(N_("Vai trò"))
    unit = SelectField(N_("Đơn vị"), coerce=id_or_none)

    @property
    def is_half(self) -> bool:
        """Whether only one of the two is chosen."""
        return bool(self.role.data) != bool(self.unit.data)


class PersonForm(WebForm):
    """An account: who it is, and as what in which units."""

    full_name = StringField(N_("Họ và tên"), [DataRequired(), Length(max=120)])
    username = StringField(N_("Tên đăng nhập"), [DataRequired(), Regexp(USERNAME, 0, BAD_USERNAME)])
    job_title = StringField(N_("Chức vụ"), [Length(max=120)])
    phone = StringField(
        N_("Điện thoại"), [Optional(), Length(max=40), Regexp(PHONE, 0, BAD_PHONE)]
    )
    email = StringField(N_("E-mail"), [Optional(), Length(max=200), Regexp(EMAIL, 0, BAD_EMAIL)])
    roles = FieldList(FormField(RoleRow), N_("Vai trò trong đơn vị"), max_entries=MOST_ROWS)

    def offer(self, roles: list[tuple[str, str]], units: list[tuple[int, str]]) -> None:
        """Fill the selects of every row, and add spare rows to a form not sent yet."""
        if not self.is_submitted():
            for _row in range(SPARE_ROWS):
                self.roles.append_entry()
        for row in self.roles:
            row.form.role.choices = [("", ""), *roles]
            row.form.unit.choices = [("", ""), *units]

    def grants(self) -> list[tuple[str, int]]:
        """Return the roles that are chosen, with the ids of their units."""
        return [
            (row.form.role.data, row.form.unit.data)
            for row in self.roles
            if row.form.role.data and row.form.unit.data
        ]

    def validate_roles(self, field: Any) -> None:
        """Ask for whole rows, and for one at least; the summary names fields only, so it is told."""
        problem = ""
        if any(row.form.errors for row in field):
            problem = _("Chọn vai trò và đơn vị trong danh sách.")
        elif any(row.form.is_half for row in field):
            problem = _("Mỗi dòng cần cả vai trò và đơn vị.")
        elif not self.grants():
            problem = _("Chọn ít nhất một vai trò trong một đơn vị.")
        if problem:
            self.refuse(problem)
            raise ValidationError(problem)
