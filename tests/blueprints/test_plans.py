"""The pages from a plan to a task: uploaded, checked beside its text, corrected, and made."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask

from core import clock
from core.extensions import db
from core.permissions import Role
from documents.legacy_text import Encoding
from domain import builder, office
from models import PlanDraft, Task, Unit, UnitAlias, UnitGroup
from tests.conftest import Browser
from tests.factories import actor_for, make_group, make_person, make_unit
from tests.support.old_fonts import in_old_font
from tests.support.pages import fields_of
from tests.support.plans import STATE_PLAN, text_of

# Both engines keep drafts and names in the tests of the domain.
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def secretary(app: Flask, browser: Browser) -> Browser:
    return browser.sign_in(make_person(Role.SECRETARIAT))


@pytest.fixture
def communes(app: Flask) -> UnitGroup:
    units = [make_unit(f"Phòng Văn hóa - Xã hội xã {one}") for one in ("Một", "Hai")]
    make_unit("Thư viện tỉnh", code="TV")
    return make_group(*units, name="Phòng Văn hóa - Xã hội các xã, phường")


def sent(browser: Browser, text: str, name: str = "Kế hoạch.txt") -> Any:
    data = {"file": (io.BytesIO(text.encode()), name)}
    return browser.post("/tasks/from-plan", data=data, content_type="multipart/form-data")


def path_of(answer: Any) -> str:
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def due_of(task: Task) -> str:
    at = task.rounds[0].due_at
    return clock.local(at).strftime("%d/%m/%Y %H:%M") if at else ""


def the_task() -> Task:
    db.session.expire_all()
    return db.session.query(Task).one()


def test_what_is_proposed_becomes_the_task_as_it_stands(secretary: Browser, communes: UnitGroup) -> None:
    path = path_of(sent(secretary, STATE_PLAN))
    page = secretary.get(path).text
    for words in ("Kế hoạch.txt", "Hết ngày 29/04/2026 (trước ngày 30/04/2026", "(2 đơn vị)",
                  "Chưa khớp đơn vị nào: Văn phòng Sở", "để thực hiện"):  # fmt: skip
        assert words in page
    made = secretary.post(path, data=fields_of(page, "title"))
    assert "/tasks/" in path_of(made)
    task = the_task()
    assert (task.doc_type, task.number, task.symbol) == ("Kế hoạch", "45", "KH-SDL")
    assert task.issued_on == date(2026, 3, 9)
    assert due_of(task) == "29/04/2026 23:59"
    assert task.rounds[0].published_at is None
    assert [one.name for one in task.files] == ["Kế hoạch.txt"]
    assert [form.title for form in task.forms] == [
        "Báo cáo kết quả thực hiện (Thư viện tỉnh)",
        "Báo cáo kết quả thực hiện (Phòng Văn hóa - Xã hội các xã, phường)",
    ]
    assert [one.group for one in task.forms[1].targets] == [communes]
    assert path_of(secretary.get(path)) == f"/tasks/{task.id}"


def test_proposals_are_corrected_and_dropped(secretary: Browser, communes: UnitGroup) -> None:
    path = path_of(sent(secretary, STATE_PLAN))
    data = fields_of(secretary.get(path).text, "title")
    data |= {"title": "Tên đã sửa", "due": "own", "due_date": "01/05/2036", "due_hour": "17:00"}
    data |= {"groups-2-kept": "y", "groups-2-more": "tv", "groups-2-title": "Biểu của Văn phòng"}
    data |= {"groups-1-questions-0-label": "Đã treo\nnhững gì", "groups-1-questions-1-kind": "money"}
    del data["groups-0-kept"], data["groups-1-questions-2-kept"]
    secretary.post(path, data=data)
    task = the_task()
    assert task.title == "Tên đã sửa"
    assert due_of(task) == "01/05/2036 17:00"
    first, second = task.forms
    section = builder.sections_of(first)[0]
    asked = [(one.type, one.label) for one in builder.questions_of(section)]
    assert asked[:2] == [("long_text", "Đã treo những gì"), ("money", "Số băng rôn")]
    assert ("evidence", "Tệp, ảnh minh chứng: băng rôn") not in asked
    library = db.session.query(Unit).filter_by(code="TV").one()
    assert (second.title, [one.unit for one in second.targets]) == ("Biểu của Văn phòng", [library])
    learnt = db.session.query(UnitAlias).one()
    assert (learnt.name, learnt.unit) == ("Văn phòng Sở", library)
    again = secretary.get(path_of(sent(secretary, STATE_PLAN))).text
    assert "Chưa khớp đơn vị nào" not in again


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ("0:on", "30/04/2026 23:59"), ("0:before", "29/04/2026 23:59"), ("none", ""), ("9:on", ""),
        ("x", ""),
    ],
)  # fmt: skip
def test_the_choice_of_the_day_decides_the_deadline(
    secretary: Browser, communes: UnitGroup, due: str, said: str
) -> None:
    path = path_of(sent(secretary, STATE_PLAN))
    secretary.post(path, data=fields_of(secretary.get(path).text, "title") | {"due": due})
    assert due_of(the_task()) == said


def test_the_office_decides_which_day_is_chosen_first(secretary: Browser, communes: UnitGroup) -> None:
    admin = actor_for(make_person(Role.ADMIN))
    office.change(admin, replace(office.settings(), before_excludes_day=False))
    path = path_of(sent(secretary, STATE_PLAN))
    assert fields_of(secretary.get(path).text, "title")["due"] == "0:on"


def test_an_hour_that_the_document_names_is_the_deadline(secretary: Browser) -> None:
    path = path_of(sent(secretary, text_of("cd-cong-dien")))
    page = secretary.get(path).text
    assert "16:30 ngày 04/09/2026" in page
    secretary.post(path, data=fields_of(page, "title"))
    assert due_of(the_task()) == "04/09/2026 16:30"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"title": " "}, "Chưa nhập mục này"),
        ({"groups-0-more": "Phòng Không Có"}, "Không thấy đơn vị nào tên “Phòng Không Có”"),
        ({"due": "own", "due_date": "31/02/2036"}, "31/02/2036"),
        ({"lock_date": "01/01/2026"}, "Ngày khoá sổ không được trước hạn nộp"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    secretary: Browser, communes: UnitGroup, values: dict[str, str], said: str
) -> None:
    path = path_of(sent(secretary, STATE_PLAN))
    data = fields_of(secretary.get(path).text, "title") | {"groups-0-title": "Tên đã gõ"} | values
    answer = secretary.post(path, data=data)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Tên đã gõ" in answer.text
    assert db.session.query(Task).count() == 0


def test_fields_beyond_what_was_proposed_make_nothing(secretary: Browser, communes: UnitGroup) -> None:
    path = path_of(sent(secretary, STATE_PLAN))
    data = fields_of(secretary.get(path).text, "title")
    data |= {f"groups-{n}-kept": "y" for n in range(3, 40)} | {"groups-0-groups": "9999"}
    data |= {"groups-0-questions-30-kept": "y", "groups-0-questions-30-label": "Thêm"}
    data |= {"groups-0-units": "9999"}
    assert secretary.post(path, data=data).status_code == 303
    assert len(the_task().forms) == 2
    assert the_task().forms[0].targets == []


def test_old_fonts_are_converted_after_asking(secretary: Browser) -> None:
    path = path_of(sent(secretary, in_old_font(text_of("kh-xa"), Encoding.TCVN3)))
    page = secretary.get(path).text
    assert "Chuyển và đọc" in page
    assert "Tổ chức Ngày hội Đại đoàn kết toàn dân" in page
    assert "Các thôn" not in page
    secretary.post(f"{path}/convert")
    assert "Lập biểu mẫu cho: Các thôn" in secretary.get(path).text


def test_what_can_t_be_read_is_typed_by_hand_with_the_file(secretary: Browser) -> None:
    path = path_of(sent(secretary, "Trng ph th cng ho x hi ch ngha vit nam nm hoc moi " * 9))
    page = secretary.get(path).text
    assert "mất dấu" in page
    secretary.post(path, data=fields_of(page, "title") | {"title": "Gõ bằng tay"})
    assert (the_task().title, len(the_task().files), the_task().forms) == ("Gõ bằng tay", 1, [])


def test_drafts_are_listed_and_dropped(secretary: Browser) -> None:
    path = path_of(sent(secretary, STATE_PLAN))
    assert f'href="{path}"' in secretary.get("/tasks/from-plan").text
    secretary.post(f"{path}/discard")
    assert db.session.query(PlanDraft).count() == 0
    assert "đang đọc dở" not in secretary.get("/tasks/from-plan").text
    assert secretary.get(path).status_code == 404


def test_a_file_that_is_not_taken_is_refused_beside_the_field(secretary: Browser) -> None:
    refused = sent(secretary, "\x7fELF\x00\x01", "a.exe")
    assert (refused.status_code, "Không nhận loại tệp" in refused.text) == (422, True)
    none = secretary.post("/tasks/from-plan", data={})
    assert (none.status_code, "Chưa chọn tệp nào" in none.text) == (422, True)


def test_learnt_names_are_listed_and_taken_away(secretary: Browser, communes: UnitGroup) -> None:
    assert "Chưa ghi nhớ tên gọi nào" in secretary.get("/units/aliases").text
    db.session.add(UnitAlias(key="khoi xa", name="Khối xã", group=communes, created_at=clock.now()))
    db.session.commit()
    page = secretary.get("/units/aliases").text
    assert "Khối xã" in page
    assert communes.name in page
    alias = db.session.query(UnitAlias).one()
    secretary.post(f"/units/aliases/{alias.id}/forget")
    assert "Khối xã" not in secretary.get("/units/aliases").text
