"""The process that makes files: what it sends arrives whole, and it comes back after its end."""

import os
from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from core.config import Settings
from core.errors import BusyError
from core.extensions import db
from core.side_process import MOST_WAITING, NICE, SideProcess, SideWorkError
from domain.summary_files import Wanted
from models import Round
from tests.factories import make_form, make_task, make_unit, publish
from tests.support.reports import submit


@pytest.fixture
def round_id(app: object) -> int:
    form = make_form(make_task(), "integer")
    for one in publish(form, *(make_unit() for _unit in range(20))):
        submit(one, {f"f{form.id}q1": 2})
    db.session.commit()
    return int(db.session.query(Round).one().id)


@pytest.fixture
def side(app: object) -> SideProcess:
    found: SideProcess = app.extensions["side_process"]  # type: ignore[attr-defined]
    return found


def test_a_file_arrives_whole_and_progress_is_told(side: SideProcess, round_id: int) -> None:
    file, told = BytesIO(), list[int]()
    side.ask(Wanted(round_id).to_json(), file, told.append)
    book = CalamineWorkbook.from_filelike(BytesIO(file.getvalue()))
    assert book.get_sheet_by_name("Theo đơn vị").to_python()[-1][6] == 40
    assert told == [20]


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_it_is_one_process_of_low_priority_that_comes_back_when_it_was_ended(
    side: SideProcess, round_id: int
) -> None:
    side.close()
    side.warm()
    first = side._process
    assert first is not None
    side.ask(Wanted(round_id).to_json(), BytesIO())
    assert side._process is first
    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert os.getpriority(os.PRIO_PROCESS, first.pid) == min(19, own + NICE)
    first.kill()
    first.wait()
    side.ask(Wanted(round_id).to_json(), BytesIO())
    assert side._process is not first


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_what_fails_says_so_and_leaves_the_process_well(
    side: SideProcess, round_id: int
) -> None:
    with pytest.raises(SideWorkError, match="NoResultFound"):
        side.ask(Wanted(999).to_json(), BytesIO())
    file = BytesIO()
    side.ask(Wanted(round_id).to_json(), file)
    assert file.getvalue()[:2] == b"PK"


def test_a_long_line_is_refused() -> None:
    side = SideProcess(Settings())
    side._waiting = MOST_WAITING
    with pytest.raises(BusyError):
        side.ask({}, BytesIO())


def test_settings_survive_the_way_to_another_process(tmp_path: Path) -> None:
    settings = Settings(instance_path=tmp_path, secure_cookies=True, threads=3)
    assert Settings.from_json(settings.to_json()) == settings
