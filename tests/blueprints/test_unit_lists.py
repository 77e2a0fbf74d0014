"""The pages on which a list of units is sent in as an Excel file."""

import io
import re

import pytest
from python_calamine import CalamineWorkbook

from core.extensions import db
from core.permissions import Role
from models import AuditEntry, Unit
from tests.conftest import Browser
from tests.domain.test_unit_lists import book
from tests.factories import make_person, make_unit

# What is decided about the cells is tested on both engines below the pages.
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def admin(browser: Browser) -> Browser:
    return browser.sign_in(make_person(Role.ADMIN, make_unit("Văn phòng Sở", code="VP")))


def test_a_list_is_checked_and_then_accepted(admin: Browser) -> None:
    content = book(["01288", "Phường Tân Giang", "Cơ quan cấp xã", "VP", "Các phường", "", ""])
    page = admin.post("/units/list", data={"file": (io.BytesIO(content), "don-vi.xlsx")})
    assert page.status_code == 200
    for text in ("Phường Tân Giang", "Thêm mới", "1 nhóm mới sẽ được lập:"):
        assert text in page.text
    assert db.session.query(Unit).count() == 1
    found = re.search(r'name="found"[^>]* value="([^"]+)"', page.text)
    assert found is not None
    assert admin.post("/units/list/accept", data={"found": found[1]}).location == "/units"
    listed = admin.get("/units").text
    assert "Đã thêm 1 đơn vị" in listed
    assert "Phường Tân Giang" in listed
    assert db.session.query(AuditEntry).filter_by(action="unit.list_read").count() == 1
    book_ = CalamineWorkbook.from_filelike(io.BytesIO(admin.get("/units/list/units.xlsx").data))
    assert book_.get_sheet_by_index(0).to_python()[2][:2] == ["01288", "Phường Tân Giang"]


def test_a_wrong_list_shows_its_cells(admin: Browser) -> None:
    content = book(["", "Không mã", "", "", "", "", ""])
    page = admin.post("/units/list", data={"file": (io.BytesIO(content), "don-vi.xlsx")})
    assert page.status_code == 422
    assert "<b>A2</b>" in page.text
    assert "Ghi danh sách" not in page.text


@pytest.mark.parametrize("sent", [b"khong phai excel", b""])
def test_other_files_are_refused(admin: Browser, sent: bytes) -> None:
    page = admin.post("/units/list", data={"file": (io.BytesIO(sent), "don-vi.xlsx")})
    assert page.status_code == 422
    assert admin.post("/units/list/accept", data={"found": "gia"}).status_code == 422
