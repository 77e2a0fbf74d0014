"""What a column of a sheet takes, by its heading, how Excel shows it, and what stands in it."""

import re
from collections.abc import Sequence

from core.vietnamese import search_key
from documents.sheets import Place, Sheet, SheetCell

CELLS_LOOKED_AT = 40
WORDS = (
    "ghi chu", "noi dung", "ten", "ho ten", "ho va ten", "dia chi", "email", "e-mail", "ma ", "ma_",
    "thu dien tu", "ma so", "don vi", "chuc vu", "mo ta", "ly do", "hinh thuc", "san pham", "so hieu",
    "so ky hieu", "so, ky hieu", "van ban", "website", "ket qua", "giai phap", "nguyen nhan", "sdt",
    "dien giai", "so dien thoai", "so cmnd", "so cmtnd", "so cccd", "can cuoc", "so tai khoan",
    "dia diem", "kien nghi", "ten_", "dia_chi", "danh gia", "y kien", "nguoi", "ngach", "chuyen mon",
    "trinh do",
)  # fmt: skip
#: What looks like a number but is a name: zeros at the front count.
CODES = (
    "ma ", "ma_", "ma so", "so dien thoai", "dien thoai", "sdt", "so cmnd", "so cmtnd", "so cccd",
    "can cuoc", "so tai khoan", "so ky hieu", "so, ky hieu", "so hieu", "cccd", "cmnd",
)  # fmt: skip
DAYS = ("ngay", "thoi gian bat dau", "thoi gian ket thuc", "thoi han", "birthday", "date")
PERCENTS = ("ty le", "ti le", "phan tram")
SUMS_OF_MONEY = ("kinh phi", "so tien", "gia tri", "thanh tien", "don gia", "du toan")
MANY_DONG = re.compile(r"(trieu|ty|nghin|ngan|1000|1\.000) ?dong|tr\.?d|trd")
FRACTIONS = (
    "dien tich", "ha)", "km", "khoi luong", "san luong", "(tan", "binh quan", "trung binh", "diem",
)  # fmt: skip


def column_type(
    sheet: Sheet, path: Sequence[str], cells: Sequence[Place], *, listed: bool = False
) -> tuple[str, tuple[str, ...]]:
    """Return the key of the type that a column takes, and its choices; `listed` in a list of words."""
    for place in cells[:CELLS_LOOKED_AT]:
        if len(options := sheet.choices_at(*place)) >= 2:
            return "one_choice", options
    given = [sheet.at(*place) for place in cells[:CELLS_LOOKED_AT]]
    given = [one for one in given if one.text or one.formula]
    key = search_key(path[-1]).strip(" (*)")
    return _by_heading(key, listed=listed, given=given) or _by_cells(given, listed=listed), ()


def _by_heading(key: str, *, listed: bool, given: Sequence[SheetCell]) -> str:
    numbers = sum(one.number is not None or bool(one.formula) for one in given)
    if key.startswith(PERCENTS) or key.startswith("%") or key.endswith(("(%", "(%)")):
        return "percent"
    if key.startswith(DAYS) and not numbers and "so ngay" not in key:
        return "date" if listed else ""
    if listed and key.startswith(CODES):
        return "short_text"
    if key.startswith(WORDS) and numbers * 2 <= len(given):
        return "short_text"
    if MANY_DONG.search(key):
        return "decimal"
    if any(one in key for one in SUMS_OF_MONEY):
        return "money" if not any(_is_fraction(one) for one in given) else "decimal"
    if any(one in key for one in FRACTIONS):
        return "decimal"
    return ""


def _by_cells(given: Sequence[SheetCell], *, listed: bool) -> str:
    if any(one.day for one in given):
        return "date"
    figures = [one for one in given if one.number is not None or one.formula]
    if figures and len(figures) * 2 >= len(given):
        if any("%" in one.format for one in figures):
            return "percent"
        return "decimal" if any(_is_fraction(one) for one in figures) else "integer"
    if given:
        return "short_text"
    return "short_text" if listed else "integer"


def _is_fraction(cell: SheetCell) -> bool:
    shown = re.search(r"0[.,]0", cell.format) is not None and cell.format != "#,##0"
    given = cell.number is not None and cell.number != cell.number.to_integral_value()
    return given or (shown and cell.number is not None and cell.number != 0)
