"""The workbook of a round, from stored reports to cells."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
from flask import Flask
from python_calamine import CalamineWorkbook

from core import clock
from core.config import Settings
from core.extensions import db
from core.permissions import Role
from domain import summary, summary_files, summary_views, summary_workbook
from domain.summary_files import Wanted
from domain.summary_selection import Selection
from models import AuditEntry, FormTarget, Question, ResponseState, Round
from tests.factories import (
    actor_for,
    make_form,
    make_group,
    make_person,
    make_task,
    make_unit,
    publish,
    response_of,
)
from tests.support.reports import submit


def written(round_: Round) -> BytesIO:
    file = BytesIO()
    summary_workbook.write(round_, file, Settings())
    return file


def rows_of(file: BytesIO, sheet: str) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(BytesIO(file.getvalue()))
    return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def test_every_assignment_has_its_row_in_the_official_order(app: Flask) -> None:
    units = [make_unit(name) for name in ("Xã Một", "Xã Hai", "Xã Ba", "Xã Bốn")]
    form = make_form(make_task(), {"type": "integer", "uid": "n"})
    later, first = make_group(*units[:2], name="Khối xã"), make_group(*units[2:], name="Khối Sở")
    later.position, first.position = 2, 1
    form.targets += [FormTarget(group_id=later.id), FormTarget(group_id=first.id)]
    owed = publish(form)
    submit(owed[0], {"n": 5})
    draft = response_of(owed[1])
    draft.answers, draft.state = {"n": 1000}, ResponseState.DRAFT
    owed[2].exempted_at = clock.now()
    rows = rows_of(written(form.task.rounds[0]), "Theo đơn vị")[3:]
    assert [row[2:5] + row[6:] for row in rows] == [
        ["Xã Ba", "Khối Sở", "Đã nộp", 5.0],
        ["Xã Bốn", "Khối Sở", "Đang nhập", ""],
        ["Xã Một", "Khối xã", "Được miễn", ""],
        ["Xã Hai", "Khối xã", "Chưa bắt đầu", ""],
        ["Cộng nhóm", "Khối Sở", "", 5.0],
        ["Cộng nhóm", "Khối xã", "", ""],
        ["Toàn bộ", "", "", 5.0],
    ]


def test_columns_of_older_versions_stay(app: Flask) -> None:
    form = make_form(make_task(), {"type": "integer", "uid": "old"}, {"type": "integer", "uid": "new"})
    owed = publish(form, make_unit("A"), make_unit("B"))
    submit(owed[0], {"old": 3, "new": 4})
    db.session.query(Question).filter_by(uid="old").one().deleted_at = clock.now()
    form.rev += 1
    owed = publish(form, make_unit("C"))
    submit(owed[-1], {"new": 10})
    file = written(form.task.rounds[0])
    assert [row[6:] for row in rows_of(file, "Theo đơn vị")[2:]] == [
        ["Câu 2", "Câu 1"], [4.0, 3.0], ["", ""], [10.0, ""], [14.0, 3.0],
    ]  # fmt: skip
    assert [row[1:3] + row[7:] for row in rows_of(file, "Chú thích")[3:]] == [
        ["G", "1.1", 1.0, ""], ["H", "2.1", 1.0, 2.0],
    ]  # fmt: skip


def test_figures_in_the_file_equal_those_on_screen(app: Flask) -> None:
    form = make_form(
        make_task(), "integer", "decimal", {"type": "percent", "summing": "mean"}, "money",
        {"type": "integer", "summing": "max"}, "fixed_table",
    )  # fmt: skip
    uid = [f"f{form.id}q{at}" for at in range(1, 7)]
    owed = publish(form, *(make_unit() for _unit in range(7)))
    table = db.session.query(Question).filter_by(uid=uid[5]).one().settings
    row = table["rows"][0]["id"]
    for at, one in enumerate(owed[:5]):
        answers = [at, f"{at}.25", f"{at * 7}.5", 10**12 + at, 3 - at, {"rows": {row: {"so": at}}}]
        submit(one, dict(zip(uid, answers, strict=True)))
    control, forms = summary.summarise(form.task.rounds[0])
    lines = [line for _section, found in forms[0].sections for line in found]
    rows = rows_of(written(form.task.rounds[0]), "Tổng hợp")
    shown = {cells[0]: cells[3] for cells in rows if cells[0] in {line.number for line in lines}}
    for line in lines[:5]:
        expected = line.figures.figures[line.question.summing]
        assert round(Decimal(str(shown[line.number])), 6) == round(expected, 6)
    total = next(cells[2] for cells in rows if cells[1] == "Tổng cộng")
    assert total == sum(cell.figures.get("sum", 0) for cell in lines[5].figures.cells.values()) == 10
    assert any(f"Đã nộp: {control.submitted} " in str(cells[0]) for cells in rows)


def test_whom_to_call_is_listed_with_phones(app: Flask) -> None:
    unit = make_unit("Xã Xa", phone="0206 385 1234")
    make_person(Role.REPORTER, unit, full_name="Lê An", phone="0912")
    make_person(Role.LEADER, unit, full_name="Bế Bình")
    make_person(Role.REPORTER, unit, full_name="Đã nghỉ", disabled_at=clock.now())
    form = make_form(make_task(due_at=clock.now() - timedelta(days=1)), "integer")
    missing, late, on_time = publish(form, unit, make_unit("Xã Muộn"), make_unit("Xã Đúng"))
    submit(late, {})
    submit(on_time, {}, at=clock.now() - timedelta(days=2))
    response_of(missing).state = ResponseState.RETURNED
    response_of(missing).return_reason = "Thiếu số liệu"
    rows = rows_of(written(form.task.rounds[0]), "Chưa nộp")[3:]
    assert [(row[2], row[5]) for row in rows] == [
        ("Xã Xa", "Trả lại, quá hạn"), ("Xã Muộn", "Đã nộp, nộp muộn"),
    ]  # fmt: skip
    assert rows[0][8:] == ["Thiếu số liệu", "0206 385 1234", "Lê An (0912); Bế Bình"]


def test_several_forms_have_a_sheet_each(app: Flask) -> None:
    task = make_task()
    for title in ("Phòng", "Xã"):
        form = make_form(task, "integer", "free_table", title=title)
        publish(form, make_unit())
    file = written(task.rounds[0])
    assert openpyxl.load_workbook(BytesIO(file.getvalue())).sheetnames == [
        "Tổng hợp", "Theo đơn vị 1", "Theo đơn vị 2", "Câu 2", "Câu 2 2", "Chưa nộp", "Chú thích",
        "Biểu đồ",
    ]  # fmt: skip


def test_a_round_that_nobody_answered_still_gives_a_workbook(app: Flask) -> None:
    form = make_form(make_task(), "integer", "one_choice", "fixed_table", "free_table", "long_text")
    publish(form, make_unit())
    rows = rows_of(written(form.task.rounds[0]), "Tổng hợp")
    assert [cells[3] for cells in rows if cells[0] == "1.1"] == [""]


def test_a_type_that_is_gone_keeps_its_data(app: Flask) -> None:
    form = make_form(make_task(), {"type": "integer", "uid": "n"})
    db.session.query(Question).filter_by(uid="n").one().type = "no_longer"
    submit(publish(form, make_unit())[0], {"n": [1, "hai"]})
    assert rows_of(written(form.task.rounds[0]), "Theo đơn vị")[3][6] == '[1,"hai"]'


def test_the_file_is_named_after_the_task(app: Flask) -> None:
    today = f"{clock.today():%Y-%m-%d}"
    task = make_task(number="12", symbol="KH-SVHTTDL/2026")
    form = make_form(task, "integer", title="Biểu số 1/ĐN")
    publish(form, make_unit())
    round_ = task.rounds[0]
    view = summary_views.add(None, task, "Kinh phí", Selection())
    assert [
        summary_files.name_of(Wanted(round_.id, shape, form.id, view_id), round_)
        for shape, view_id in (("xlsx", None), ("xlsx", view.id), ("csv", None))
    ] == [
        f"tong-hop-12-KH-SVHTTDL-2026-{today}.xlsx",
        f"tong-hop-12-KH-SVHTTDL-2026-kinh-phi-{today}.xlsx",
        f"bang-goc-12-KH-SVHTTDL-2026-bieu-so-1-dn-{today}.csv",
    ]


def test_the_task_is_named_with_its_document(app: Flask) -> None:
    task = make_task(
        doc_type="Kế hoạch", number="12", symbol="KH-SVHTTDL", issued_on=date(2026, 2, 5),
        issuer="Sở Văn hóa",
    )  # fmt: skip
    publish(make_form(task, "integer"), make_unit())
    texts = {row[0] for row in rows_of(written(task.rounds[0]), "Tổng hợp")}
    assert (
        "(Theo Kế hoạch số 12/KH-SVHTTDL ngày 05 tháng 02 năm 2026 của Sở Văn hóa)" in texts
    )


def test_a_download_is_in_the_audit_log(app: Flask) -> None:
    task = make_task()
    person = make_person(Role.CLERK)
    round_ = task.rounds[0]
    summary_files.record_download(actor_for(person), round_, Wanted(round_.id, view_id=3))
    entry = db.session.query(AuditEntry).one()
    assert (entry.action, entry.object_id, entry.actor_id) == (
        "summary.downloaded", task.id, person.id,
    )  # fmt: skip
    assert entry.detail == {"round": round_.id, "shape": "xlsx", "view_id": 3}
