"""Every address of the product, filled in with things that are there, and what a page would send."""

from itertools import product
from typing import Any

from flask import Flask, url_for
from sqlalchemy import select
from werkzeug.routing import Rule

from core.extensions import db
from models import (
    Assignment,
    Attachment,
    CalendarFeed,
    Extension,
    Form,
    Job,
    LibraryItem,
    OfficeDay,
    OutgoingMail,
    Person,
    PlanDraft,
    PlannedRound,
    PreparedFile,
    Question,
    Reminder,
    Round,
    Section,
    SummaryTemplate,
    SummaryView,
    Task,
    TaskFile,
    Unit,
    UnitAlias,
    UnitChange,
    UnitGroup,
)
from tests.support.department import Department

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# The things that the arguments of addresses are ids of.
KINDS: dict[str, Any] = {
    "task_id": Task,
    "form_id": Form,
    "round_id": Round,
    "file_id": TaskFile,
    "section_id": Section,
    "question_id": Question,
    "assignment_id": Assignment,
    "attachment_id": Attachment,
    "unit_id": Unit,
    "group_id": UnitGroup,
    "item_id": LibraryItem,
    "person_id": Person,
    "extension_id": Extension,
    "draft_id": PlanDraft,
    "alias_id": UnitAlias,
    "change_id": UnitChange,
    "view_id": SummaryView,
    "template_id": SummaryTemplate,
    "prepared_id": PreparedFile,
    "day_id": OfficeDay,
    "planned_id": PlannedRound,
    "feed_id": CalendarFeed,
    "reminder_id": Reminder,
    "mail_id": OutgoingMail,
    "job_id": Job,
}
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def methods_of(app: Flask) -> dict[str, set[str]]:
    """Return the methods of every endpoint, without those that answer by themselves."""
    found: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        found.setdefault(rule.endpoint, set()).update((rule.methods or set()) - {"HEAD", "OPTIONS"})
    return found


def rules(app: Flask, methods: frozenset[str]) -> list[Rule]:
    """Return the rules that answer to one of `methods`, without the files of the pages."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and (rule.methods or set()) & methods
    ]


class Addresses:
    """The address of every endpoint, leading to what belongs to the unit `here`."""

    def __init__(self, department: Department) -> None:
        reports = department.reports[department.here.id]
        section = _section(department.every_type.id)
        uids = {one.type: one.uid for one in department.asked(department.every_type)}
        self._usual: dict[str, Any] = {
            "filename": "css/app.css",
            "task_id": department.open_task.id,
            "form_id": department.every_type.id,
            "round_id": _round(department.open_task).id,
            "file_id": department.file.id,
            "section_id": section.id,
            "question_id": department.asked(department.every_type)[0].id,
            "assignment_id": reports.open.id,
            "attachment_id": reports.attachment.id,
            "number": 1,
            "uid": uids["short_text"],
            "unit_id": department.others[-1].id,
            "group_id": department.group.id,
            "item_id": department.item.id,
            "person_id": department.nobody.id,
            "extension_id": department.extension.id,
            "draft_id": department.plan.id,
            "alias_id": department.alias.id,
            "change_id": department.change.id,
            "view_id": department.view.id,
            "template_id": department.template.id,
            "prepared_id": department.prepared_file.id,
            "day_id": department.day.id,
            "planned_id": department.planned.id,
            "feed_id": department.feed.id,
            "secret": department.feed_secret,
            "name": "due",
            "reminder_id": department.followed.reminder.id,
            "mail_id": department.followed.mail.id,
            "job_id": department.followed.job.id,
        }
        self._own: dict[str, dict[str, Any]] = {
            "tasks.restore_task": {"task_id": department.deleted_task.id},
            "tasks.download_file": {
                "task_id": department.own_task.id,
                "file_id": department.own_file.id,
            },
            "tasks.delete_form": {"form_id": department.draft.id},
            "tasks.restore_form": {"form_id": department.deleted_form.id},
            "publishing.publish": {"task_id": department.draft_task.id},
            "answering.show_section": {"uid": section.uid},
            "answering.save_section": {"uid": section.uid},
            "taking.take_in_section": {"uid": section.uid},
            "submitting.send_back": {"assignment_id": reports.waiting.id},
            "submitting.withdraw": {"assignment_id": reports.sent.id},
            "review.accept": {"assignment_id": reports.sent.id},
            "review.return_report": {"assignment_id": reports.sent.id},
            "summary_views.restore_view": {"view_id": department.deleted_view.id},
            "summary_templates.restore_template": {
                "template_id": department.deleted_template.id
            },
            "evidence.upload": {"uid": uids["evidence"]},
            "evidence.upload_part": {"uid": uids["evidence"]},
            "punctuality.show_unit": {"unit_id": department.here.id},
        }
        chosen: dict[str, Any] = {"report": reports.open.id}
        self._asked = {"extensions.extend": chosen, "extensions.exempt": chosen,
                       "reminding.remind": chosen}  # fmt: skip

    def of(self, endpoint: str, arguments: set[str]) -> str:
        """Return the address of an endpoint whose places are `arguments`."""
        values = {**self._usual, **self._own.get(endpoint, {})}
        asked = self._asked.get(endpoint, {})
        return url_for(endpoint, **{name: values[name] for name in arguments}, **asked)

    def with_all_ids(self, endpoint: str, arguments: set[str]) -> set[str]:
        """Return the addresses of an endpoint with every id that some thing has."""
        places = _places_of_forms() if "uid" in arguments else [{}]
        found = set()
        for place in places:
            known = {name: [place[name]] for name in arguments & place.keys()}
            others = {name: self._all_ids(name) for name in arguments - known.keys()}
            choices = known | others
            found |= {
                url_for(endpoint, **dict(zip(choices, values, strict=True)))
                for values in product(*choices.values())
            }
        return found

    def _all_ids(self, name: str) -> list[Any]:
        if name not in KINDS:
            return [self._usual[name]]
        return list(db.session.scalars(select(KINDS[name].id)))


def _places_of_forms() -> list[dict[str, Any]]:
    """Return the uid of every section and question, with its form and round."""
    rows = db.session.execute(
        select(Section.uid, Question.uid, Section.form_id, Round.id)
        .join(Question, Question.section_id == Section.id)
        .join(Form, Form.id == Section.form_id)
        .join(Round, Round.task_id == Form.task_id)
    )
    return [
        {"uid": uid, "form_id": form_id, "round_id": round_id}
        for section, question, form_id, round_id in rows
        for uid in (section, question)
    ]


def _section(form_id: int) -> Section:
    found: Section = Section.query.filter_by(form_id=form_id).one()
    return found


def _round(task: Task) -> Round:
    return task.rounds[0]
