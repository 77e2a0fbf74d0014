"""What the forms ask, from the duties that a plan of this kind names; the words are ours."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.permissions import Actor
from domain import builder, working_copy
from models import Form
from questionnaire.rules import Names, parse

Ask = Mapping[str, Any]
Parts = Sequence[tuple[str, Sequence[Ask]]]


def options(*labels: str) -> dict[str, Any]:
    """Return the settings of a choice between `labels`."""
    return {"options": [{"id": f"lc{place}", "label": one} for place, one in enumerate(labels, 1)]}


def column(id_: str, label: str, kind: str, group: str = "", measure: str = "") -> dict[str, Any]:
    """Return a column of a table."""
    settings = {"longest": 300} if kind == "short_text" else {"least": None, "most": None}
    settings = {} if kind == "date" else settings
    return {"id": id_, "group": group, "label": label, "type": kind, "measure": measure,
            "settings": settings}  # fmt: skip


def rows(*labels: str) -> list[dict[str, str]]:
    """Return the rows of a table."""
    return [{"id": f"d{place}", "label": one} for place, one in enumerate(labels, 1)]


CLOSING: tuple[str, Sequence[Ask]] = (
    "Đánh giá chung và kiến nghị",
    (
        {"key": "results", "type": "long_text", "label": "Kết quả nổi bật", "required": True,
         "hint": "Nêu việc đã làm và kết quả, khoảng 5 đến 10 dòng."},
        {"key": "obstacles", "type": "long_text", "label": "Khó khăn, vướng mắc"},
        {"key": "wishes", "type": "long_text", "label": "Đề xuất, kiến nghị"},
        {"key": "rating", "type": "scale", "label": "Tự đánh giá mức độ hoàn thành",
         "settings": {"points": 5, "low": "Chưa đạt", "high": "Rất tốt"}},
        {"key": "contact", "type": "contact", "label": "Người làm báo cáo"},
    ),
)  # fmt: skip

INSIDE: Parts = (
    (
        "Quán triệt, triển khai",
        (
            {"key": "issued", "type": "yes_no", "required": True,
             "label": "Đã ban hành văn bản triển khai?"},
            {"key": "document", "type": "short_text", "label": "Số, ký hiệu văn bản triển khai"},
            {"key": "issued_on", "type": "date", "label": "Ngày ban hành văn bản"},
            {"key": "meetings", "type": "integer", "label": "Số cuộc phổ biến, quán triệt",
             "measure": "cuộc", "code": "A1", "required": True},
            {"key": "listeners", "type": "integer", "label": "Số lượt người được phổ biến",
             "measure": "lượt", "code": "A2"},
        ),
    ),
    (
        "Lồng ghép trong hoạt động chuyên môn",
        (
            {"key": "ways", "type": "many_choices", "label": "Hình thức lồng ghép",
             "settings": options("Biểu diễn nghệ thuật", "Thi đấu thể thao", "Trưng bày, triển lãm",
                                 "Xúc tiến du lịch", "Sinh hoạt chuyên đề")},
            {"key": "partners", "type": "unit_picker", "label": "Đơn vị phối hợp",
             "settings": {"group": "", "several": True}},
            {"key": "share", "type": "percent", "code": "A3",
             "label": "Tỷ lệ hàng Việt trong mua sắm của đơn vị", "summing": "mean"},
            {"key": "events", "type": "free_table", "label": "Hoạt động tiêu biểu",
             "hint": "Mỗi hoạt động một dòng.",
             "settings": {"most_rows": 30, "columns": [
                 column("ten", "Tên hoạt động", "short_text"),
                 column("ngay", "Ngày tổ chức", "date"),
                 column("nguoi", "Số người tham gia", "integer", measure="người"),
                 column("chi", "Kinh phí", "money", measure="đồng")]}},
        ),
    ),
    CLOSING,
)  # fmt: skip

OFFICES: Parts = (
    (
        "Tuyên truyền lưu động",
        (
            {"key": "sessions", "type": "integer", "label": "Số buổi tuyên truyền lưu động",
             "measure": "buổi", "code": "B1", "required": True},
            {"key": "trips", "type": "integer", "label": "Số lượt xe tuyên truyền",
             "measure": "lượt", "code": "B2"},
            {"key": "listeners", "type": "integer", "label": "Số lượt người nghe",
             "measure": "lượt", "code": "B3", "hint": "Ước tính nếu không đếm được."},
        ),
    ),
    (
        "Cổ động trực quan",
        (
            {"type": "note", "label": "Số liệu tính từ đầu năm đến ngày báo cáo."},
            {"key": "visuals", "type": "fixed_table", "label": "Sản phẩm cổ động trực quan",
             "required": True,
             "settings": {"total": True,
                 "rows": rows("Panô", "Băng rôn, khẩu hiệu", "Áp phích", "Tờ rơi"),
                 "columns": [
                     column("hsl", "Số lượng", "integer", "Cấp huyện"),
                     column("hkp", "Kinh phí", "money", "Cấp huyện", "đồng"),
                     column("xsl", "Số lượng", "integer", "Cấp xã"),
                     column("xkp", "Kinh phí", "money", "Cấp xã", "đồng"),
                     column("ghi", "Ghi chú", "short_text")]}},
            {"key": "area", "type": "decimal", "label": "Tổng diện tích panô", "measure": "m²"},
            {"key": "photos", "type": "evidence", "label": "Ảnh, danh sách điểm cổ động"},
        ),
    ),
    (
        "Mạng xã hội, trang thông tin",
        (
            {"key": "articles", "type": "integer", "label": "Số tin, bài đã đăng",
             "measure": "tin, bài", "code": "B4"},
            {"key": "reach", "type": "one_choice", "label": "Mức độ quan tâm của người dân",
             "settings": options("Tốt", "Khá", "Trung bình", "Hạn chế")},
            {"key": "spent", "type": "money", "label": "Kinh phí đã chi", "code": "B5"},
            {"type": "computed", "label": "Kinh phí bình quân mỗi buổi", "measure": "đồng",
             "formula": "[B5] / [B1]", "summing": "mean"},
        ),
    ),
    CLOSING,
)  # fmt: skip

CENTRES: Parts = (
    (
        "Phát thanh, truyền hình, trang tin",
        (
            {"key": "columns", "type": "integer", "label": "Số chuyên mục đã phát",
             "measure": "chuyên mục", "code": "C1", "required": True},
            {"key": "hours", "type": "decimal", "label": "Thời lượng phát sóng",
             "measure": "giờ", "code": "C2"},
            {"key": "quarters", "type": "fixed_table", "label": "Tin, bài theo quý",
             "settings": {"total": True, "rows": rows("Quý I", "Quý II", "Quý III", "Quý IV"),
                 "columns": [column("tin", "Tin", "integer", "Phát thanh, truyền hình"),
                             column("bai", "Bài", "integer", "Phát thanh, truyền hình"),
                             column("mang", "Bài trên mạng", "integer")]}},
        ),
    ),
    (
        "Biểu diễn, chiếu phim",
        (
            {"type": "heading", "label": "Hoạt động có lồng ghép nội dung Cuộc vận động"},
            {"key": "peak", "type": "period", "label": "Đợt cao điểm"},
            {"key": "shows", "type": "integer", "label": "Số buổi biểu diễn, chiếu phim",
             "measure": "buổi", "code": "C3", "required": True},
            {"key": "viewers", "type": "integer", "label": "Số lượt người xem",
             "measure": "lượt", "code": "C4"},
            {"key": "spent", "type": "money", "label": "Kinh phí đã chi", "code": "C5"},
            {"key": "proof", "type": "evidence", "label": "Kịch bản, ảnh buổi diễn"},
        ),
    ),
    CLOSING,
)  # fmt: skip


def build(actor: Actor, form: Form, parts: Parts) -> dict[str, str]:
    """Put sections and questions into an empty form; return the uids of questions by their keys."""
    uids = {}
    for title, asks in parts:
        section = builder.add_section(actor, form, title)
        for ask in asks:
            values = {name: value for name, value in ask.items() if name not in {"key", "formula"}}
            if "formula" in ask:
                names = Names.of(working_copy.definition_of(form))
                rule = parse(ask["formula"], names).to_json()
                values["settings"] = {"rule": rule, "places": 0}
            question = builder.add_question(actor, section, **values)
            if "key" in ask:
                uids[ask["key"]] = question.uid
    return uids
