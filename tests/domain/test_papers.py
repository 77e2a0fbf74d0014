"""What documents are called and what they refer to."""

from datetime import date
from typing import Any

import pytest

from domain import papers
from tests.factories import make_task

pytestmark = pytest.mark.usefixtures("app")

CAMPAIGN = "Triển khai Cuộc vận động năm 2026"


@pytest.mark.parametrize(
    ("title", "about", "subject"),
    [
        ("Báo cáo công tác gia đình", CAMPAIGN, "Công tác gia đình"),
        ("Báo cáo của phòng, đơn vị", CAMPAIGN, "Kết quả triển khai Cuộc vận động năm 2026"),
        ("Báo cáo", "Đề án 06", "Kết quả thực hiện Đề án 06"),
        ("báo cáo  nhanh", CAMPAIGN, "Nhanh"),
        ("Biểu số 1", CAMPAIGN, "Biểu số 1"),
    ],
)
def test_the_subject_says_what_a_report_is_about(title: str, about: str, subject: str) -> None:
    assert papers.subject(title, make_task(about)) == subject


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"number": "12"}, "Kế hoạch số 12/KH-SO ngày 04 tháng 11 năm 2026 của Sở Một"),
        ({"number": ""}, "Kế hoạch số ………/KH-SO ngày 04 tháng 11 năm 2026 của Sở Một"),
        ({"symbol": ""}, ""),
        ({"doc_type": ""}, ""),
        ({"number": "12", "issued_on": None, "issuer": ""}, "Kế hoạch số 12/KH-SO"),
    ],
)
def test_a_document_is_named_with_what_is_known(values: dict[str, Any], words: str) -> None:
    known: dict[str, Any] = {"doc_type": "Kế hoạch", "symbol": "KH-SO", "issued_on": date(2026, 11, 4),
             "issuer": "Sở Một", **values}  # fmt: skip
    assert papers.reference(make_task(**known)) == words
