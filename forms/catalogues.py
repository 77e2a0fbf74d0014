"""The designer of a table takes rows or columns from a catalogue, like pasting them."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from wtforms.fields import SelectChoice

from core.words import _, ngettext
from questionnaire.types import BadSettings


class Catalogues(Protocol):
    """What a table may take rows and columns from."""

    def offered(self) -> Sequence[tuple[str, str, str]]:
        """Return each catalogue's key, its name, and the sort under which it is listed."""
        ...

    def rows(self, key: str) -> Sequence[Mapping[str, Any]]:
        """Return the lines of the catalogue with this key; none if it is gone."""
        ...


def use_catalogue(editor: Any) -> None:
    """Offer the catalogues, and take rows or columns of the chosen one if that was asked for."""
    offered = editor.catalogues.offered()
    editor.catalogue.choices = [
        SelectChoice("", _("Chọn danh mục")),
        *(SelectChoice(key, name, optgroup=sort) for key, name, sort in offered),
    ]
    if editor.more.data == "catalogue":
        return
    try:
        editor.taken_says = _take(editor)
    except BadSettings as error:
        editor.refuse_settings(error)


def _take(editor: Any) -> str:
    """Take what is chosen, and say how much has come; raises BadSettings."""
    if not editor.catalogue.data:
        raise BadSettings({"catalogue": _("Chọn một danh mục trong danh sách.")})
    rows = editor.catalogues.rows(editor.catalogue.data)
    if not rows:
        raise BadSettings({"catalogue": _("Danh mục này không còn hoặc chưa có tên nào.")})
    begun = {} if editor.uid else editor.kind.form_settings(editor.previous)
    if editor.more.data == "catalogue columns":
        labels = [one["label"] for one in begun.get("columns", []) if one.get("label")]
        count = editor.take_columns(rows, labels)
        return ngettext("Đã lấy %(num)d cột.", "Đã lấy %(num)d cột.", count)
    count = editor.take_rows(rows, begun.get("rows", "").splitlines())
    return ngettext("Đã lấy %(num)d dòng.", "Đã lấy %(num)d dòng.", count)
