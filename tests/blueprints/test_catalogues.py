from typing import Any

import pytest
from flask import Flask

from core.extensions import db
from core.permissions import Role
from domain import builder, library, publishing, working_copy
from models import Form, Question
from tests.conftest import Browser
from tests.factories import make_form, make_group, make_person, make_task, make_unit, publish
from tests.support.pages import fields_of

ROWS: list[dict[str, Any]] = [
    {"id": "d1", "label": "Tổng số", "number": "I", "measure": "vụ", "code": "01", "closed": ["c1"]},
    {"id": "d2", "label": "Trong đó: nữ", "number": "1", "kind": "within"},
    {"id": "d3", "label": "Trẻ em", "number": "2", "code": "02"},
]
COLUMNS = [
    {"id": "c1", "label": "Kế hoạch", "type": "integer", "settings": {}},
    {"id": "c2", "label": "Thực hiện", "type": "integer", "settings": {}},
]


@pytest.fixture
def editor(app: Flask, browser: Browser) -> Browser:
    return browser.sign_in(make_person(Role.SECRETARIAT, make_unit("Văn phòng Sở")))


@pytest.fixture
def form(app: Flask) -> Form:
    options = [{"id": "a", "label": "Panô"}, {"id": "b", "label": "Áp phích"}]
    return make_form(
        make_task(),
        "fixed_table",
        {"type": "one_choice", "uid": "hinhthuc", "label": "Hình thức",
         "settings": {"options": options}},
        {"type": "fixed_table", "uid": "vu", "label": "Số vụ",
         "settings": {"columns": COLUMNS, "rows": ROWS, "total": False}},
        {"type": "integer", "uid": "so", "label": "Số buổi"},
    )  # fmt: skip


class Designer:
    """The editor of one table as a page without scripts uses it."""

    def __init__(self, editor: Browser, url: str, page: str) -> None:
        self.browser, self.url, self.page = editor, url, page

    def press(self, **more: str) -> int:
        data = {**fields_of(self.page, "rows"), **more}
        answer = self.browser.post(self.url, data=data)
        self.page = answer.text
        return answer.status_code

    def take(self, key: str, what: str) -> int:
        self.press(more="catalogue")
        return self.press(more=f"catalogue {what}", catalogue=key)

    @property
    def rows(self) -> list[str]:
        return fields_of(self.page, "rows")["rows"].splitlines()

    @property
    def columns(self) -> list[str]:
        fields = fields_of(self.page, "rows")
        labels = [value for name, value in fields.items() if name.endswith("-label")]
        return [one for one in labels if one]


def new_table(editor: Browser, form: Form) -> Designer:
    db.session.commit()
    section = builder.sections_of(form)[0].id
    url = f"/sections/{section}/questions"
    return Designer(editor, url, editor.get(f"{url}/new?type=fixed_table").text)


def stored_table(editor: Browser, form: Form) -> Designer:
    db.session.commit()
    question = builder.questions_of(builder.sections_of(form)[0])[0]
    page = editor.get(f"/questions/{question.id}/edit").text
    return Designer(editor, f"/questions/{question.id}", page)


def test_the_units_of_a_group_become_the_rows_of_a_new_table(editor: Browser, form: Form) -> None:
    units = [make_unit(f"Huyện {name}") for name in ("Hòa An", "Hà Quảng", "Trùng Khánh")]
    units[2].closed_at = units[2].created_at
    group = make_group(*units, name="Các huyện")
    designer = new_table(editor, form)
    assert 'name="catalogue"' not in designer.page
    assert designer.press(more="catalogue") == 200
    assert "Các huyện" in designer.page
    assert designer.rows == ["Dòng 1", "Dòng 2"]
    assert designer.press(more="catalogue rows", catalogue=f"group-{group.id}") == 200
    assert designer.rows == ["Huyện Hòa An", "Huyện Hà Quảng"]
    assert "Đã lấy 2 dòng" in designer.page
    assert designer.press(label="Theo huyện") == 303
    table = Question.query.filter_by(label="Theo huyện").one()
    assert [one["label"] for one in table.settings["rows"]] == ["Huyện Hòa An", "Huyện Hà Quảng"]
    assert all(one["id"] for one in table.settings["rows"])


def test_what_was_taken_stays_when_the_group_changes(editor: Browser, form: Form) -> None:
    group = make_group(make_unit("Huyện Hòa An"), name="Các huyện")
    designer = new_table(editor, form)
    designer.take(f"group-{group.id}", "rows")
    designer.press(label="Theo huyện")
    publish(form, make_unit("Huyện khác"))
    group.units[0].name = "Xã Hòa An"
    group.units.append(make_unit("Xã mới"))
    db.session.commit()
    version = publishing.latest_version(form)
    assert version is not None
    table = version.definition["sections"][0]["questions"][-1]
    assert [one["label"] for one in table["settings"]["rows"]] == ["Huyện Hòa An"]
    stored = working_copy.definition_of(form).questions[table["uid"]]
    assert stored.settings == table["settings"]


def test_units_become_columns_beside_those_of_a_stored_table(editor: Browser, form: Form) -> None:
    make_unit("Bảo tàng tỉnh")
    designer = stored_table(editor, form)
    before = designer.columns
    assert designer.take("units", "columns") == 200
    assert designer.columns == [*before, "Văn phòng Sở", "Bảo tàng tỉnh"]
    ids = [one["id"] for one in Question.query.order_by(Question.id).first().settings["columns"]]
    assert designer.press() == 303
    db.session.expire_all()
    columns = Question.query.order_by(Question.id).first().settings["columns"]
    assert [one["id"] for one in columns][: len(ids)] == ids
    assert [one["type"] for one in columns] == ["integer"] * 3


def test_columns_of_a_new_table_make_room(editor: Browser, form: Form) -> None:
    designer = new_table(editor, form)
    designer.take("form-hinhthuc-options", "columns")
    assert designer.columns == ["Panô", "Áp phích"]
    designer.take("form-hinhthuc-options", "columns")
    assert designer.columns == ["Panô", "Áp phích"]
    designer.take("form-vu-columns", "columns")
    assert designer.columns == ["Panô", "Áp phích", "Kế hoạch", "Thực hiện"]


def test_rows_of_another_table_come_with_numbers_and_codes(editor: Browser, form: Form) -> None:
    designer = new_table(editor, form)
    designer.take("form-vu-rows", "rows")
    assert designer.press(label="Bảng mới") == 303
    rows = Question.query.filter_by(label="Bảng mới").one().settings["rows"]
    own = {"id", "closed"}
    kept = [{name: value for name, value in row.items() if name not in own} for row in rows]
    given = [{name: value for name, value in row.items() if name not in own} for row in ROWS]
    assert [one["label"] for one in kept] == [one["label"] for one in given]
    for name in ("number", "measure", "code", "kind"):
        assert [one.get(name) for one in kept] == [one.get(name) for one in given]
    assert not {one["id"] for one in rows} & {"d1", "d2", "d3"}


def test_rows_with_words_only_do_not_become_columns(editor: Browser, form: Form) -> None:
    designer = new_table(editor, form)
    designer.take("form-vu-rows", "columns")
    assert designer.columns == ["Tổng số", "Trẻ em"]


def test_lists_of_the_library_are_offered(editor: Browser, form: Form) -> None:
    item = library.save_section(None, builder.sections_of(form)[0])
    library.delete(None, library.save_question(None, Question.query.filter_by(uid="hinhthuc").one()))
    other = make_form(make_task(), "integer")
    designer = new_table(editor, other)
    designer.press(more="catalogue")
    assert "Mục chung – Hình thức: các lựa chọn" in designer.page
    assert designer.page.count("Hình thức: các lựa chọn") == 1
    designer.press(more="catalogue rows", catalogue=f"library-{item.id}-hinhthuc-options")
    assert designer.rows == ["Panô", "Áp phích"]


@pytest.mark.parametrize(
    "key", ["", "group-999999", "group-x", "form-so-options", "library-1-a-options", "lạ"]
)
def test_a_catalogue_that_is_not_there_is_refused_in_words(
    editor: Browser, form: Form, key: str
) -> None:
    designer = stored_table(editor, form)
    before = designer.rows
    assert designer.take(key, "rows") == 200
    assert 'href="#catalogue"' in designer.page
    assert designer.rows == before


def test_more_than_a_table_holds_is_refused(editor: Browser, form: Form) -> None:
    for place in range(70):
        make_unit(f"Đơn vị {place}")
    designer = stored_table(editor, form)
    before = designer.columns
    assert designer.take("units", "columns") == 200
    assert "Nhiều nhất 60 cột" in designer.page
    assert designer.columns == before
    assert designer.take("units", "rows") == 200
    assert len(designer.rows) == 2 + 71
