"""A department at work: people in every role, and reports of every kind and in every state."""

import io
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from core import clock
from core.extensions import db
from core.permissions import Role
from domain import (
    answering,
    builder,
    calendar_feeds,
    evidence,
    extensions,
    files,
    library,
    plan_matching,
    prepared_files,
    publishing,
    review,
    submitting,
    summary_templates,
    summary_views,
    tasks,
    unit_changes,
    versions,
)
from domain.summary_files import Wanted
from domain.summary_selection import Selection
from domain.unit_change_plan import NewUnit, Plan
from models import (
    Assignment,
    Attachment,
    CalendarFeed,
    Form,
    OfficeDay,
    Person,
    PlannedRound,
    Question,
    Response,
    ResponseState,
    SummaryTemplate,
    Task,
    TaskFile,
    Unit,
    UnitChangeKind,
)
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
from tests.support import questions
from tests.support.books import template_with
from tests.support.following import follow_up
from tests.support.kept_plan import kept_plan

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de000000"
    "0c4944415478da63f8cfc0000003010100f70341430000000049454e44ae426082"
)
HERE, THERE = "here", "there"
OTHER_STATES = (ResponseState.ACCEPTED, ResponseState.RETURNED, ResponseState.EXEMPT)


@dataclass
class Reports:
    """What one unit owes: a report to fill in, one that counts, one that waits for its leader."""

    open: Assignment
    sent: Assignment
    waiting: Assignment
    attachment: Attachment
    receipts: list[str]


class Department:
    """Two units with the same three reports, and tasks before and after publication.

    Every text that a person can type ends with `said`; what a unit wrote holds `mark(unit)` too.
    """

    def __init__(self, said: str = "") -> None:
        self.said = said
        self._make_people()
        self._make_tasks()
        self.day = OfficeDay(day=clock.today().date(), works=False, name="Ngày hội" + self.said)
        db.session.add(self.day)
        self.planned = self._planned(self.own_task)
        self.feed_secret = calendar_feeds.renew(actor_for(self.person(Role.REPORTER)), self.here)
        self.feed = CalendarFeed.query.one()
        self.reports = {unit.id: self._report(unit) for unit in (self.here, self.there)}
        owed = db.session.query(Assignment).filter_by(form_id=self.few.id)
        for unit, state in zip(self.others, OTHER_STATES, strict=False):
            response_of(owed.filter_by(unit_id=unit.id).one()).state = state
        self._make_summary_files()
        db.session.commit()

    def person(self, role: Role, place: str = HERE) -> Person:
        """Return who has `role` in the unit here or there."""
        return self.people[role, place]

    def mark(self, unit: Unit) -> str:
        """Return the words that nobody but `unit` and the department may read."""
        return f"chỉ-của-{unit.code}"

    def asked(self, form: Form) -> list[Question]:
        """Return the questions of a form in order."""
        return [
            one for section in builder.sections_of(form) for one in builder.questions_of(section)
        ]

    def _make_people(self) -> None:
        self.office = self._unit("Sở Văn hóa, Thể thao và Du lịch", short_name="Sở" + self.said)
        self.here = self._unit("Phòng Văn hóa huyện Hòa An", parent_id=self.office.id)
        self.there = self._unit("Bảo tàng tỉnh", parent_id=self.office.id)
        self.others = [self._unit(f"Trung tâm số {place}") for place in range(1, 5)]
        self.units = [self.here, self.there, *self.others]
        self.group = make_group(*self.units, name="Khối văn hóa" + self.said)
        self.people = {
            (role, place): self._person(f"{role}.{place}", role, unit)
            for role in Role
            for place, unit in ((HERE, self.here), (THERE, self.there))
        }
        self.nobody = self._person("chua.co.vai.tro")
        before = [self._unit("Trạm thông tin cũ"), self._unit("Trạm phát thanh cũ")]
        merged = NewUnit("TRAM-1", "Trạm thông tin và phát thanh" + self.said)
        day = clock.today().date()
        plan = Plan(UnitChangeKind.MERGE, day, before, "Nghị quyết" + self.said, new_units=[merged])
        self.change = unit_changes.record(None, plan)

    def _unit(self, name: str, **values: Any) -> Unit:
        return make_unit(name + self.said, **values)

    def _person(
        self, username: str, role: Role | None = None, unit: Unit | None = None
    ) -> Person:
        return make_person(
            role,
            unit,
            username=username,
            full_name=f"Nông Thị {username}{self.said}",
            job_title="Chuyên viên" + self.said,
        )

    def _make_tasks(self) -> None:
        yesterday, tomorrow = (clock.now() + timedelta(days=days) for days in (-1, 1))
        self.open_task = self._task("Tuyên truyền phòng, chống ma tuý", due_at=yesterday)
        self.sent_task = self._task("Gia đình văn hóa", due_at=tomorrow)
        self.waiting_task = self._task("Bảo vệ di sản", needs_sign_off=True)
        self.own_task = self._task("Việc của riêng một đơn vị")
        self.draft_task = self._task("Chưa công bố")
        self.deleted_task = self._task("Đã xoá")
        every_question = questions.every_question(self.said)
        self.every_type = self._form(self.open_task, *every_question, title="Biểu đủ loại")
        self.few = self._form(self.sent_task, self._question("long_text"), title="Biểu ngắn")
        self.signed = self._form(self.waiting_task, self._question("long_text"), title="Biểu duyệt")
        self.own = self._form(self.own_task, self._question("integer"), title="Biểu riêng")
        self.draft = self._form(self.draft_task, self._question("integer"), title="Biểu nháp")
        self.deleted_form = self._form(self.draft_task, title="Biểu đã xoá")
        self.file = self._file(self.open_task)
        self.own_file = self._file(self.own_task)
        for form in (self.every_type, self.few, self.signed):
            publish(form, *self.units)
        publish(self.own, self.here)
        publishing.set_targets(None, self.draft, groups=[self.group], units=[], excluded=[])
        self.item = library.save_section(None, builder.sections_of(self.every_type)[0])
        self.plan = kept_plan(self.file, said=self.said)
        plan_matching.learn(None, "Các nhà bảo tàng" + self.said, groups=[], units=[self.there])
        self.alias = plan_matching.aliases()[0]
        tasks.delete(None, self.deleted_task)
        tasks.delete_form(None, self.deleted_form)

    def _planned(self, task: Task) -> PlannedRound:
        tomorrow, today = clock.now() + timedelta(days=1), clock.today().date()
        planned = PlannedRound(
            task_id=task.id, period="2026-Q01", name="Kỳ sau" + self.said, data_from=today,
            data_to=today, opens_at=tomorrow, due_at=tomorrow + timedelta(days=9),
        )  # fmt: skip
        db.session.add(planned)
        db.session.flush()
        return planned

    def _task(self, title: str, **values: Any) -> Task:
        return make_task(
            title + self.said,
            doc_type="Kế hoạch" + self.said,
            number="128" + self.said,
            symbol="KH" + self.said,
            issuer="UBND tỉnh" + self.said,
            legal_basis="Luật Di sản văn hóa" + self.said,
            instructions="Gửi đúng hạn" + self.said,
            **values,
        )

    def _question(self, key: str) -> dict[str, Any]:
        return questions.question(key, self.said)

    def _form(self, task: Task, *asked: dict[str, Any], title: str) -> Form:
        form = make_form(task, *asked, title=title + self.said)
        section = builder.sections_of(form)[0]
        section.title += self.said
        section.intro = "Số liệu tính đến hết tháng" + self.said
        return form

    def _file(self, task: Task) -> TaskFile:
        file = tasks.add_file(None, task, io.BytesIO(b"Noi dung"), "Kế hoạch.txt")
        file.name = f"Kế hoạch{self.said}.txt"
        return file

    def _make_summary_files(self) -> None:
        round_, secretary = self.open_task.rounds[0], actor_for(self.person(Role.SECRETARIAT))
        chosen = Selection(groups=frozenset({self.group.name}))
        self.view, self.deleted_view = (
            summary_views.add(secretary, self.open_task, name + self.said, chosen)
            for name in ("Khối văn hóa", "Đã xoá")
        )
        self.template, self.deleted_template = (
            self._template(name + self.said) for name in ("Biểu tháng", "Biểu đã xoá")
        )
        summary_views.delete(secretary, self.deleted_view)
        summary_templates.delete(secretary, self.deleted_template)
        asked = prepared_files.ask(secretary, round_, Wanted(round_.id))
        assert asked is not None
        self.prepared_file = asked
        asked.name = f"tong-hop{self.said}.xlsx"
        prepared_files.finish(asked.id, io.BytesIO(b"Noi dung"))

    def _template(self, name: str) -> SummaryTemplate:
        content = template_with(f"{{{{ nhiem_vu }}}} {{{{ tổng.{self.said} }}}}")
        stored, _name = files.keep(io.BytesIO(content), "mau.xlsx")
        template = SummaryTemplate(
            form_id=self.every_type.id, file_id=stored.id, name=name, uploaded_at=clock.now()
        )
        db.session.add(template)
        db.session.flush()
        return template

    def _report(self, unit: Unit) -> Reports:
        """Fill in what a unit owes: one report was returned and is open again, one counts."""
        place = HERE if unit is self.here else THERE
        writer = Writer(self.person(Role.REPORTER, place), self.mark(unit) + self.said)
        open_, sent, waiting = (
            db.session.query(Assignment).filter_by(form_id=form.id, unit_id=unit.id).one()
            for form in (self.every_type, self.few, self.signed)
        )
        attachment = writer.answer(response_of(open_))
        receipts = [writer.submit(response_of(one)) for one in (open_, sent)]
        secretary = actor_for(self.person(Role.SECRETARIAT))
        said = dict.fromkeys(response_of(open_).answers, f"Xem lại {writer.said}")
        review.return_report(secretary, response_of(open_), f"Còn thiếu {writer.said}", said)
        writer.submit(response_of(waiting))
        tomorrow = clock.now() + timedelta(days=1)
        asked = extensions.ask(writer.actor, response_of(open_), tomorrow, f"Xin thêm {writer.said}")
        followed = follow_up(secretary, open_, f" {writer.said}")
        if unit is self.here:
            self.extension, self.followed = asked, followed
        return Reports(open_, sent, waiting, attachment, receipts)


class Writer:
    """Somebody who fills in reports; every answer in words holds `said`."""

    def __init__(self, person: Person, said: str) -> None:
        self.actor = actor_for(person)
        self.said = said

    def answer(self, report: Response) -> Any:
        """Answer every question; return the file that was attached, if there was a place for one."""
        attachment = None
        for one in versions.definition(report.version_id).questions.values():
            if one.type == "evidence":
                attachment = self._attach(report, one.uid)
            elif one.type in questions.ANSWERS:
                value = questions.answer(one.type, f"Lời {self.said}")
                answering.save_answer(self.actor, report, one.uid, value)
        return attachment

    def submit(self, report: Response) -> str:
        """Answer and submit; return the receipt's number, or nothing where the leader must sign."""
        self.answer(report)
        submission = submitting.submit(self.actor, report)
        return submission.receipt if submission else ""

    def _attach(self, report: Response, uid: str) -> Attachment:
        attachment = evidence.attach(self.actor, report, uid, io.BytesIO(PNG), "anh.png")
        attachment.name = f"{self.said}.png"
        files = [{**one, "name": attachment.name} for one in report.answers[uid]]
        answering.save_answer(self.actor, report, uid, files)
        return attachment
