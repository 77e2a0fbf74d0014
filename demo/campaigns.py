"""What happened: the campaign of 2023 from plan to report, the one of this year, and a draft."""

import io
from dataclasses import dataclass
from datetime import datetime, timedelta

from core import clock
from core.clock import ZONE
from core.extensions import db
from demo import answers, forms
from demo.department import Office
from domain import answering, copying, evidence, publishing, review, submitting, tasks
from models import Assignment, Form, Question, Response, Task, Unit, UnitGroup

BEGINNING = datetime(2023, 5, 8, 8, 0, tzinfo=ZONE)
TITLE = "Triển khai Cuộc vận động “Người Việt Nam ưu tiên dùng hàng Việt Nam” năm {}"
ISSUER = "Sở Văn hóa, Thể thao và Du lịch Cao Bằng"
BASIS = (
    "Chỉ thị số 03-CT/TW ngày 19/5/2021 của Ban Bí thư\n"
    "Kế hoạch số 76-KH/TU ngày 25/8/2021 của Ban Thường vụ Tỉnh ủy\n"
    "Kế hoạch số 329/KH-BCĐCVĐ ngày 05/5/2023 của Ban Chỉ đạo Cuộc vận động tỉnh"
)
INSTRUCTIONS = (
    "Báo cáo kết quả thực hiện để Sở tổng hợp. Số liệu tính từ đầu năm. "
    "Không có số liệu thì đánh dấu “Không có số liệu”, không ghi 0."
)
SUMMARY_FILE = "Tóm tắt yêu cầu báo cáo.txt"
PROOF_FILE = "Danh sách điểm cổ động.txt"
PROOF = "Danh sách điểm cổ động (dữ liệu mẫu)\n1. Trung tâm huyện\n2. Chợ phiên\n3. Bến xe\n"


@dataclass(frozen=True, slots=True)
class Part:
    """A form of a campaign, with the uids of its questions by key."""

    form: Form
    uids: dict[str, str]


def run_2023(office: Office) -> list[Part]:
    """Play the campaign of 2023: nearly all have reported, some late, one was returned."""
    due = datetime(2023, 12, 5, 23, 59, 59, tzinfo=ZONE)
    with clock.stopped_at(datetime(2023, 5, 22, 9, 0, tzinfo=ZONE)):
        task, parts = _campaign(office, 2023, number="128", due_at=due)
        publishing.publish(task, task.rounds[-1], office.secretary)
        db.session.commit()
    for place, (response, part) in enumerate(_reports(task, parts)):
        unit = response.assignment.unit
        if place % 11 == 10:
            continue
        late = place % 9 == 4
        at = due + timedelta(days=2, hours=place) if late else due - timedelta(days=place % 12 + 1)
        with clock.stopped_at(at):
            _fill(office, response, part, 2023)
            submitting.submit(office.reporters[unit.id], response)
        with clock.stopped_at(at + timedelta(days=1)):
            if place == 7:
                _send_back(office, response, part)
            elif place % 4:
                review.accept(office.secretary, response)
        db.session.commit()
    return parts


def run_this_year(office: Office, before: list[Part]) -> None:
    """Play the campaign of this year, made from the last and still open: every state is there."""
    now = clock.today()
    due = (now + timedelta(days=14)).replace(hour=17, minute=0, second=0, microsecond=0)
    with clock.stopped_at(now - timedelta(days=20)):
        task, parts = _again(office, before, now.year, due)
        publishing.publish(task, task.rounds[-1], office.secretary)
        db.session.commit()
    for place, (response, part) in enumerate(_reports(task, parts)):
        unit = response.assignment.unit
        reporter, leader = office.reporters[unit.id], office.leaders[unit.id]
        with clock.stopped_at(now - timedelta(days=place % 9 + 1, hours=place % 5)):
            step = place % 8
            if step == 0:
                continue
            _fill(office, response, part, now.year, whole=step not in (1, 5))
            if step not in (1, 5):
                submitting.submit(reporter, response)
            if step in (3, 4, 6, 7):
                submitting.submit(leader, response)
            if step == 4:
                review.accept(office.secretary, response)
            if place == 14:
                _send_back(office, response, part)
        db.session.commit()


def draft_next(office: Office) -> None:
    """Leave a task that the secretariat is still working on."""
    year = clock.today().year
    task = tasks.create(
        office.secretary,
        doc_type="Công văn",
        symbol="SVHTTDL-QLVHGD",
        title=f"Báo cáo công tác gia đình năm {year}",
        issuer=ISSUER,
    )
    form = tasks.add_form(office.secretary, task, "Báo cáo công tác gia đình")
    forms.build(office.secretary, form, [("Kết quả", forms.OFFICES[0][1][:1]), forms.CLOSING])


def _again(
    office: Office, before: list[Part], year: int, due_at: datetime
) -> tuple[Task, list[Part]]:
    """Make the task of another year from the last one, so that its figures are compared."""
    task = copying.copy_task(office.secretary, before[0].form.task)
    tasks.change(
        office.secretary,
        task,
        title=TITLE.format(year),
        issued_on=clock.today().date(),
        needs_sign_off=True,
        due_at=due_at,
    )
    tasks.add_file(office.secretary, task, io.BytesIO(INSTRUCTIONS.encode()), SUMMARY_FILE)
    by_origin = {one.origin: one.uid for one in db.session.query(Question) if one.origin}
    parts = [
        Part(form, {key: by_origin[uid] for key, uid in part.uids.items()})
        for form, part in zip(task.forms, before, strict=True)
    ]
    return task, parts


def _campaign(
    office: Office, year: int, *, number: str, due_at: datetime
) -> tuple[Task, list[Part]]:
    task = tasks.create(
        office.secretary,
        doc_type="Kế hoạch",
        number=number,
        symbol="KH-SVHTTDL",
        title=TITLE.format(year),
        issuer=ISSUER,
        issued_on=clock.today().date(),
        legal_basis=BASIS,
        instructions=INSTRUCTIONS,
        due_at=due_at,
    )
    tasks.add_file(office.secretary, task, io.BytesIO(INSTRUCTIONS.encode()), SUMMARY_FILE)
    parts = [
        _part(office, task, "Báo cáo của phòng, đơn vị trực thuộc Sở", forms.INSIDE, office.inside),
        _part(office, task, "Báo cáo của Phòng Văn hóa và Thông tin", forms.OFFICES, office.offices),
        _part(
            office,
            task,
            "Báo cáo của Trung tâm Văn hóa và Truyền thông",
            forms.CENTRES,
            office.centres,
        ),
    ]
    db.session.expire(task)
    return task, parts


def _part(
    office: Office, task: Task, title: str, asked: forms.Parts, group: UnitGroup
) -> Part:
    form = tasks.add_form(office.secretary, task, title)
    uids = forms.build(office.secretary, form, asked)
    publishing.set_targets(office.secretary, form, groups=[group], units=[], excluded=[])
    return Part(form, uids)


def _reports(task: Task, parts: list[Part]) -> list[tuple[Response, Part]]:
    by_form = {part.form.id: part for part in parts}
    found = (
        db.session.query(Response)
        .join(Assignment, Assignment.id == Response.assignment_id)
        .filter(Assignment.round_id == task.rounds[-1].id)
        .order_by(Assignment.form_id, Assignment.position)
    )
    return [(response, by_form[response.assignment.form_id]) for response in found]


def _fill(
    office: Office, response: Response, part: Part, year: int, *, whole: bool = True
) -> None:
    unit: Unit = response.assignment.unit
    reporter = office.reporters[unit.id]
    given = answers.of(unit, year)
    keys = [key for key in part.uids if given.get(key) is not None]
    for key in keys if whole else keys[: len(keys) // 2]:
        answering.save_answer(reporter, response, part.uids[key], given[key])
    if "photos" in part.uids and whole:
        proof = io.BytesIO(PROOF.encode())
        evidence.attach(reporter, response, part.uids["photos"], proof, PROOF_FILE)


def _send_back(office: Office, response: Response, part: Part) -> None:
    notes = dict.fromkeys(list(part.uids.values())[3:5], "Đề nghị kiểm tra lại số liệu câu này.")
    review.return_report(
        office.secretary, response, "Một số số liệu chưa khớp với báo cáo sáu tháng.", notes
    )
