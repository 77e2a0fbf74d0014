"""Files as evidence."""

import pytest
from werkzeug.datastructures import MultiDict

from questionnaire.types import BadCell, get

EVIDENCE = get("evidence")
FILES = [
    {"id": 1, "name": "ảnh.jpg", "size": 9, "type": "image/jpeg"},
    {"id": 2, "name": "kế hoạch.pdf", "size": 12, "type": "application/pdf"},
]


def test_a_posted_form_can_t_name_files() -> None:
    assert EVIDENCE.read(MultiDict([("q", "1")]), "q", {}) is None
    assert EVIDENCE.is_uploaded


def test_it_reads_as_the_names_of_the_files() -> None:
    assert EVIDENCE.as_text(FILES, {}) == "ảnh.jpg; kế hoạch.pdf"
    assert EVIDENCE.to_cells(FILES, {}) == ["ảnh.jpg; kế hoạch.pdf"]
    assert EVIDENCE.to_cells(None, {}) == [None]


def test_no_files_are_no_answer() -> None:
    assert EVIDENCE.is_empty([])
    assert EVIDENCE.summarise([FILES, [], None], {}).answered == 1


def test_a_workbook_can_t_hold_files() -> None:
    with pytest.raises(BadCell, match="tải lên"):
        EVIDENCE.from_cells(["ảnh.jpg"], {})


def test_the_number_of_files_is_a_setting_with_a_default() -> None:
    assert EVIDENCE.clean_settings({"most_files": 3}, {}) == {"most_files": 3}
    assert EVIDENCE.clean_settings({"most_files": None}, {}) == EVIDENCE.default_settings()
