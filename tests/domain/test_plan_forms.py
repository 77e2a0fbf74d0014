"""Duties become questions: what was done, how much of it, and what shows it."""

import pytest

from domain.plan_forms import ONLY_REPORTS, Asked, questions, title_of


def told(duty: str, group: str = "Các thôn") -> list[tuple[str, str, str]]:
    return [(one.kind, one.label, one.measure) for one in questions(group, [duty])]


@pytest.mark.parametrize(
    ("duty", "asked"),
    [
        ("- Dọn vệ sinh đường làng.", []),
        ("- Treo panô, băng zôn tại trụ sở.",
         [("figure", "Số pa nô", "tấm"), ("figure", "Số băng rôn", "chiếc")]),
        ("b) Đăng tin, bài trên trang thông tin.", [("figure", "Số tin, bài", "tin, bài")]),
        ("- Tổ chức 04 buổi tuyên truyền lưu động.", [("figure", "Số buổi", "buổi")]),
        ("- Thống kê số lượt người đọc của từng quý.", [("figure", "Số lượt người đọc", "")]),
        ("- Ghi số trẻ em biết bơi và số lớp dạy bơi.",
         [("figure", "Số trẻ em biết bơi", ""), ("figure", "Số lớp dạy bơi", "")]),
        ("- Lập dự toán kinh phí.", [("money", "Kinh phí thực hiện", "đồng")]),
        ("- Cập nhật số liệu lên hệ thống.", []),
    ],
)  # fmt: skip
def test_figures_are_asked_for_where_a_duty_counts(
    duty: str, asked: list[tuple[str, str, str]]
) -> None:
    assert [one for one in told(duty) if one[0] not in {"narrative", "evidence"}] == asked


def test_each_duty_asks_what_was_done_with_all_its_words_beside() -> None:
    long = "- Phối hợp với các trường " + "tổ chức hoạt động " * 20 + "cho học sinh. Ghi hình lại."
    (first, *_others) = questions("Các thôn", [long])
    assert first.kind == "narrative"
    assert first.label.endswith("…")
    assert len(first.label) <= 181
    assert first.hint.endswith("Ghi hình lại.")
    assert questions("Các thôn", ["a) treo cờ"])[0] == Asked("narrative", "Treo cờ", "a) treo cờ")


def test_the_name_of_the_group_is_left_out_of_its_duty() -> None:
    asked = told("Trạm Y tế xã: Bố trí cán bộ trực cấp cứu.", "Trạm Y tế xã")
    assert asked == [("narrative", "Bố trí cán bộ trực cấp cứu", "")]


def test_products_ask_for_evidence() -> None:
    asked = told("- Xây dựng kịch bản, quay clip.")
    assert ("evidence", "Tệp, ảnh minh chứng: kịch bản, clip", "") in asked
    assert ("evidence", "Tệp, ảnh minh chứng: kế hoạch", "") in told("- Ban hành kế hoạch của đơn vị.")
    assert "evidence" not in {one[0] for one in told("- Triển khai kế hoạch của tỉnh.")}


def test_to_report_is_no_question_of_its_own() -> None:
    assert told("c) Báo cáo kết quả về UBND xã chậm nhất ngày 20/11/2026.") == []
    assert told("- Gửi báo cáo số sản phẩm, số tác giả về Tỉnh đoàn.")[-1][1] == "Số tác giả"
    assert ONLY_REPORTS.match("định kỳ hằng quý báo cáo kết quả")


def test_the_same_figure_is_asked_once() -> None:
    asked = questions("Các thôn", ["- Treo băng rôn.", "- Thay băng rôn cũ."])
    assert [one.label for one in asked if one.kind == "figure"] == ["Số băng rôn"]


def test_a_form_is_named_after_its_group() -> None:
    assert title_of("Các thôn") == "Báo cáo kết quả thực hiện (Các thôn)"
    assert len(title_of("Sở " * 200)) == 300
