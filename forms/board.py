"""What the board is narrowed to, from the address."""

from wtforms import IntegerField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import Length, Optional

from core.words import N_, _
from forms.base import WebForm

KINDS = {
    "not_started": N_("Chưa bắt đầu"),
    "draft": N_("Đang nhập"),
    "awaiting_sign_off": N_("Chờ lãnh đạo duyệt"),
    "submitted": N_("Đã nộp"),
    "accepted": N_("Đã tiếp nhận"),
    "returned": N_("Trả lại"),
    "exempt": N_("Được miễn"),
    "overdue": N_("Quá hạn"),
    "late": N_("Nộp muộn"),
}


class BoardFilter(WebForm):
    """Words, state, form and group; all can be left empty."""

    class Meta(WebForm.Meta):
        """Nothing is changed by looking."""

        csrf = False

    q = StringField(N_("Tên đơn vị"), [Length(max=200)])
    kind = SelectField(
        N_("Trạng thái"),
        choices=lambda: [
            SelectChoice("", _("Tất cả")),
            *(SelectChoice(key, _(words)) for key, words in KINDS.items()),
        ],
        default="",
    )
    form = IntegerField(N_("Biểu mẫu"), [Optional()])
    group = StringField(N_("Nhóm đơn vị"), [Length(max=300)])
