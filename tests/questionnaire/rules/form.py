"""The form that the rules of these tests are about, and a report."""

from typing import Any

from questionnaire.answers import NO_DATA, typed
from questionnaire.definition import FormDefinition, Question, Section
from questionnaire.types.table_columns import new_column


def options(**labels: str) -> dict[str, Any]:
    return {"options": [{"id": id_, "label": label} for id_, label in labels.items()]}


def column(id_: str, label: str, type_: str, group: str = "", **settings: Any) -> dict[str, Any]:
    made = new_column(id_, label, type_)
    return {**made, "group": group, "settings": {**made["settings"], **settings}}


RESULTS = {
    "columns": [
        column("c1", "Số buổi", "integer"),
        column("c2", "Trung ương", "money", "Kinh phí"),
        column("c3", "Địa phương", "money", "Kinh phí"),
        column("c4", "Đánh giá", "one_choice", **options(tot="Tốt", kem="Kém")),
    ],
    "rows": [
        {"id": "r1", "label": "Xe loa"},
        {"id": "r2", "label": "Chiếu phim"},
        {"id": "r3", "label": "Hội nghị"},
    ],
}
PAPERS = {
    "columns": [
        column("p1", "Tên", "short_text"),
        column("p2", "Số trang", "integer"),
        column("p3", "Ngày ký", "date"),
    ]
}

FORM = FormDefinition(
    "Báo cáo",
    sections=(
        Section("s1", "Tình hình", questions=(
            Question("h1", "heading", "Phần chung"),
            Question("q1", "integer", "Số vụ", code="B1"),
            Question("q2", "money", "Số tiền", code="B2"),
            Question("q3", "decimal", "Chiều dài tuyến (km)"),
            Question("q4", "percent", "Tỷ lệ giải quyết"),
            Question("q5", "date", "Ngày ký"),
            Question("q6", "date", "Ngày hết hạn"),
            Question("q7", "yes_no", "Đã ban hành kế hoạch?"),
            Question("q8", "one_choice", "Hình thức", settings=options(
                o1="Panô", o2="Băng rôn", o3="Khác; ghi rõ")),
            Question("q9", "many_choices", "Kênh", settings=options(k1="Đài", k2="Báo", k3="Mạng")),
            Question("q10", "short_text", "Họ tên"),
            Question("q11", "evidence", "Ảnh"),
            Question("q12", "integer", "Số bỏ trống"),
            Question("q13", "integer", "Số chưa có"),
            Question("q14", "integer", "Số ghi sai"),
            Question("q15", "long_text", "Ghi chú [thêm]"),
            Question("q16", "integer", "Số lượt"),
        )),
        Section("s2", "Kỳ này", questions=(
            Question("q21", "integer", "Số lượt"),
            Question("q22", "integer", "Số người", code="N1"),
            Question("q23", "integer", "Số người", code="N2"),
            Question("q24", "integer", "B1"),
            Question("t1", "fixed_table", "Kết quả", settings=RESULTS),
            Question("t2", "free_table", "Văn bản", settings=PAPERS),
            Question("x1", "hologram", "Loại đã bỏ"),
        )),
    ),
)  # fmt: skip

ANSWERS: dict[str, Any] = {
    "q1": 12,
    "q2": 3_000_000,
    "q3": "12.5",
    "q4": "87.5",
    "q5": "2026-03-15",
    "q6": "2026-04-01",
    "q7": True,
    "q8": "o1",
    "q9": ["k1", "k3"],
    "q10": "Nguyễn Văn An",
    "q11": [{"id": 1, "name": "a.jpg"}, {"id": 2, "name": "b.jpg"}],
    "q13": NO_DATA,
    "q14": typed("mười hai"),
    "q16": 0,
    "q21": 4,
    "q22": 30,
    "q23": 20,
    "q24": 7,
    "t1": {
        "rows": {
            "r1": {"c1": 5, "c2": 100, "c4": "tot"},
            "r2": {"c1": 8, "c3": 50},
            "r3": {"c1": NO_DATA},
            "gone": {"c1": 1000},
        }
    },
    "t2": {
        "rows": [
            {"id": "a", "cells": {"p1": "Kế hoạch", "p2": 4, "p3": "2026-01-05"}},
            {"id": "b", "cells": {"p1": "Báo cáo", "p2": typed("vài")}},
            {"id": "c", "cells": {"p2": 6}},
        ]
    },
}
LAST: dict[str, Any] = {"q1": 10, "q13": NO_DATA, "t1": {"rows": {"r1": {"c1": 3}, "r2": {"c1": 1}}}}
