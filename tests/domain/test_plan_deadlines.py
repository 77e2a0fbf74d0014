"""Deadlines of every shape, and dates on which nothing is due."""

from datetime import date

import pytest

from domain.plan_deadlines import deadlines

ISSUED = date(2026, 5, 8)


def told(sentence: str) -> list[tuple[str, str]]:
    """Return the kind and the day, rule or period of each deadline to report."""
    found = deadlines(sentence, ISSUED, ISSUED.year)
    return [(one.type, one.period or one.rule or one.date) for one in found if one.kind == "report"]


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("Gửi báo cáo về Sở trước ngày 05/12/2026 để tổng hợp./.", ["2026-12-05"]),
        ("Gửi báo cáo về Sở trước ngày 05.12.2026.", ["2026-12-05"]),
        ("Gửi báo cáo về Sở trước ngày 5-12 để tổng hợp.", ["2026-12-05"]),
        ("Gửi báo cáo trước trước ngày 31 tháng 10.", ["2026-10-31"]),
        ("Gửi báo cáo trước ngày 15 tháng 02 năm 2027.", ["2027-02-15"]),
        ("Báo cáo Ủy ban nhân dân tỉnh trước ngày 20/3.", ["2027-03-20"]),
        ("Nộp báo cáo đến hết ngày 31/5/2026.", ["2026-05-31"]),
        ("Gửi báo cáo trước 17 giờ 00 ngày 25/6/2026.", ["2026-06-25"]),
        ("Gửi báo cáo trước 14h00 ngày 25/6/2026.", ["2026-06-25"]),
        ("Báo cáo trước 30/6/2026.", ["2026-06-30"]),
        ("Thời hạn gửi: trước ngày 25/6/2026.", ["2026-06-25"]),
        ("Báo cáo gửi trước ngày 15/6 và ngày 15/12/2026.", ["2026-06-15", "2026-12-15"]),
        ("Báo cáo Bộ Tài chính trước ngày 15/8/2026 để theo dõi.", ["2026-08-15"]),
    ],
)
def test_a_day_is_found_however_it_is_written(sentence: str, due: list[str]) -> None:
    assert told(sentence) == [("date", one) for one in due]


@pytest.mark.parametrize(
    ("sentence", "rules"),
    [
        ("Báo cáo gửi trước ngày 20 tháng 6 hằng năm.", ["yearly: 06-20"]),
        ("Nộp báo cáo trước ngày 30/4 hàng năm.", ["yearly: 04-30"]),
        ("Báo cáo chậm nhất vào ngày 20/6 và ngày 20/12 hàng năm.", ["yearly: 06-20", "yearly: 12-20"]),
        ("Báo cáo định kỳ 6 tháng (trước ngày 15 tháng 6), hàng năm (trước ngày 15 tháng 12).",
         ["yearly: 06-15", "yearly: 12-15"]),
        ("Báo cáo định kỳ 06 tháng (chậm nhất ngày 18 tháng 6 và ngày 18 tháng 12).",
         ["yearly: 06-18", "yearly: 12-18"]),
        ("Chậm nhất ngày 25 (hai mươi lăm) tháng 11 (mười một) đối với báo cáo hằng năm.",
         ["yearly: 11-25"]),
        ("Thời hạn báo cáo không muộn hơn ngày 15/7 hằng năm; không muộn hơn ngày 15/2 năm sau.",
         ["yearly: 07-15", "yearly: 02-15"]),
        ("Báo cáo gửi trước ngày 25 hằng tháng.", ["monthly: 25"]),
        ("Báo cáo được gửi muộn nhất trong ngày 17 mỗi tháng.", ["monthly: 17"]),
        ("Báo cáo gửi trước ngày 20 của tháng cuối quý.", ["quarterly: day 20 of the last month"]),
        ("Báo cáo trước ngày 15 của tháng thứ ba của mỗi quý.", ["quarterly: day 15 of the last month"]),
        ("Gửi báo cáo chậm nhất trước ngày 10 của tháng đầu quý tiếp theo.",
         ["quarterly: day 10 of the first month"]),
        ("Gửi báo cáo trước 16 giờ thứ hai hàng tuần.", ["weekly: 1"]),
        ("Báo cáo tuần được gửi trong ngày thứ Năm hằng tuần.", ["weekly: 4"]),
        ("Định kỳ hằng năm gửi báo cáo về Sở để tổng hợp.", ["yearly, no day given"]),
    ],
)  # fmt: skip
def test_what_comes_again_is_a_rule(sentence: str, rules: list[str]) -> None:
    assert told(sentence) == [("recurrence", one) for one in rules]


@pytest.mark.parametrize(
    ("sentence", "period"),
    [
        ("Tổng hợp, báo cáo Ủy ban nhân dân tỉnh trong quý III năm 2026.", "2026-Q3"),
        ("Báo cáo kết quả trong tháng 6/2026.", "2026-06"),
        ("Gửi báo cáo chậm nhất là 10 ngày làm việc, kể từ ngày nhận văn bản.", "P10D"),
        ("Nộp báo cáo trong vòng 05 ngày sau khi kết thúc.", "P5D"),
    ],
)
def test_a_time_within_which(sentence: str, period: str) -> None:
    assert told(sentence) == [("period", period)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Sở đã đề nghị báo cáo trước ngày 05/02/2026 nhưng chưa nhận được.",
        "Lễ khai mạc vào ngày 05/9/2026 tại sân vận động.",
        "Quyết định này có hiệu lực trước ngày 31/12/2026.",
        "Báo cáo tài chính năm trước ngày 31/12/2026.",
        "Trẻ em sinh trước ngày 01/9/2026.",
        "Kinh phí lấy từ ngân sách hằng năm.",
        "Thực hiện chế độ báo cáo định kỳ, đột xuất theo quy định.",
        "Làm việc với các đơn vị (dự kiến tổ chức trong tháng 6 năm 2026).",
    ],
)
def test_other_dates_are_no_deadline_to_report(sentence: str) -> None:
    assert told(sentence) == []


def test_the_second_date_after_gathering_is_for_whoever_gathers() -> None:
    sentence = "Gửi báo cáo trước ngày 20/12/2026 để tổng hợp gửi Bộ Tài chính trước ngày 25/12/2026."
    assert told(sentence) == [("date", "2026-12-20")]


def test_who_to_whom_and_whether_the_day_counts() -> None:
    (one,) = deadlines(
        "Đề nghị Ủy ban nhân dân các xã báo cáo về Sở Một trước ngày 01/6/2026 để tổng hợp.",
        ISSUED,
        2026,
    )
    assert (one.who, one.to, one.inclusive) == ("Ủy ban nhân dân các xã", "Sở Một", False)
    (other,) = deadlines("Gửi báo cáo chậm nhất ngày 01/6/2026.", ISSUED, 2026)
    assert other.inclusive


def test_what_is_to_be_submitted_or_done_is_no_report() -> None:
    (one,) = deadlines("Xây dựng đề án, trình Chính phủ trong quý IV năm 2026.", ISSUED, 2026)
    assert (one.kind, one.period) == ("task", "2026-Q4")
    (other,) = deadlines("Kết thúc năm học trước ngày 31/5/2026.", ISSUED, 2026)
    assert (other.kind, other.date) == ("other", "2026-05-31")
