"""What sets two versions of a form apart, in words, and which changes reports forbid."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from core.vietnamese import search_key
from core.words import _
from questionnaire.checks import numbered
from questionnaire.definition import FormDefinition, Question
from questionnaire.tally import NAMED_PARTS
from questionnaire.types import UnknownQuestionType, get

Answers = Mapping[str, Any]
Part = Mapping[str, Any]


class ChangeKind(StrEnum):
    """What happened to a question, a section or the form."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: `number` and `label` name the question, `details` say what about it."""

    kind: ChangeKind
    label: str
    number: str = ""
    question: str = ""
    details: tuple[str, ...] = ()


def changes(old: FormDefinition, new: FormDefinition) -> list[Change]:
    """Return the differences from `old` to `new`: in the order of `new`, what is gone at the end."""
    found = _form_changes(old, new)
    for number, question in numbered(new):
        before = old.questions.get(question.uid)
        if before is None:
            found.append(Change(ChangeKind.ADDED, question.label, number, question.uid))
        elif details := _details(before, question):
            found.append(
                Change(ChangeKind.CHANGED, question.label, number, question.uid, tuple(details))
            )
    found += [
        Change(ChangeKind.REMOVED, question.label, number, question.uid)
        for number, question in numbered(old)
        if question.uid not in new.questions
    ]
    return found


def refusals(
    old: FormDefinition, new: FormDefinition, submitted: Sequence[Answers]
) -> list[Change]:
    """Return the changes that would make sent answers mean something else.

    They are those of a type or measuring unit, and of options, rows and columns that somebody
    has answered with. Nothing is refused while `submitted` is empty.
    """
    if not submitted:
        return []
    found = []
    for number, question in numbered(new):
        before = old.questions.get(question.uid)
        if before is None:
            continue
        used = {
            name for answers in submitted for name in _names_in(answers.get(question.uid))
        }
        if details := [*_changed_nature(before, question), *_changed_parts(before, question, used)]:
            found.append(
                Change(ChangeKind.CHANGED, question.label, number, question.uid, tuple(details))
            )
    return found


def _form_changes(old: FormDefinition, new: FormDefinition) -> list[Change]:
    before = {one.uid: one for one in old.sections}
    after = {one.uid for one in new.sections}
    found = []
    if (old.title, old.intro) != (new.title, new.intro):
        found.append(Change(ChangeKind.CHANGED, _("Tên hoặc lời dẫn của biểu mẫu")))
    for section in new.sections:
        label = _("Mục “%(title)s”", title=section.title)
        if section.uid not in before:
            found.append(Change(ChangeKind.ADDED, label))
        elif (before[section.uid].title, before[section.uid].intro) != (
            section.title,
            section.intro,
        ):
            found.append(Change(ChangeKind.CHANGED, label, details=(_("sửa lời"),)))
    found += [
        Change(ChangeKind.REMOVED, _("Mục “%(title)s”", title=one.title))
        for one in old.sections
        if one.uid not in after
    ]
    order = [uid for uid in old.questions if uid in new.questions]
    if order != [uid for uid in new.questions if uid in old.questions]:
        found.append(Change(ChangeKind.CHANGED, _("Thứ tự câu hỏi")))
    return found


def _details(old: Question, new: Question) -> list[str]:
    """Return what of a question is not as it was, in words."""
    found = _changed_nature(old, new)
    found += [
        text
        for text, of in (
            (_("sửa nội dung câu hỏi"), lambda one: one.label),
            (_("sửa hướng dẫn"), lambda one: one.hint),
            (_("sửa mã"), lambda one: one.code),
            (_("đổi cách cộng"), lambda one: str(one.summing)),
        )
        if _differs(of, old, new)
    ]
    if old.required != new.required:
        found.append(_("thành bắt buộc") if new.required else _("thành không bắt buộc"))
    if old.visible != new.visible:
        found.append(_("đổi điều kiện hỏi"))
    if list(old.checks) != list(new.checks):
        found.append(_("đổi kiểm tra thêm"))
    if old.type == new.type and old.settings != new.settings:
        found += _part_details(old, new) or [_("đổi thiết lập")]
    return found


def _differs(of: Callable[[Question], str], old: Question, new: Question) -> bool:
    return of(old) != of(new)


def _part_details(old: Question, new: Question) -> list[str]:
    before, after = dict(_parts(old.settings)), dict(_parts(new.settings))
    found = [_("bỏ “%(label)s”", label=before[id_]["label"]) for id_ in before if id_ not in after]
    found += [_("thêm “%(label)s”", label=after[id_]["label"]) for id_ in after if id_ not in before]
    found += [
        _("“%(old)s” thành “%(new)s”", old=before[id_]["label"], new=part["label"])
        for id_, part in after.items()
        if id_ in before and before[id_]["label"] != part["label"]
    ]
    return found


def _changed_nature(old: Question, new: Question) -> list[str]:
    """Return what gives every answer another meaning."""
    found = []
    if old.type != new.type:
        found.append(
            _("đổi loại từ “%(old)s” thành “%(new)s”", old=_kind(old.type), new=_kind(new.type))
        )
    if old.measure != new.measure:
        found.append(
            _(
                "đổi đơn vị tính từ “%(old)s” thành “%(new)s”",
                old=old.measure or _("không có"),
                new=new.measure or _("không có"),
            )
        )
    return found


def _changed_parts(old: Question, new: Question, used: set[str]) -> list[str]:
    """Return which options, rows and columns in use are gone or mean something else."""
    before, after = dict(_parts(old.settings)), dict(_parts(new.settings))
    options = {one["id"] for one in _all_options(old.settings)}
    found = []
    for id_ in before.keys() & used:
        was, now = before[id_], after.get(id_)
        if now is None:
            if id_ in options:
                found.append(_("bỏ lựa chọn “%(label)s” đã có đơn vị chọn", label=was["label"]))
        elif _plain(was["label"]) != _plain(now["label"]):
            found.append(
                _(
                    "đổi “%(old)s” đã có đơn vị dùng thành “%(new)s”",
                    old=was["label"],
                    new=now["label"],
                )
            )
        elif (was.get("type"), was.get("measure")) != (now.get("type"), now.get("measure")):
            found.append(
                _("đổi kiểu hoặc đơn vị tính của cột “%(label)s”", label=was["label"])
            )
    return sorted(found)


def _parts(settings: Part) -> Iterator[tuple[str, Part]]:
    """Yield the options, rows and columns of a question by id, options of columns too."""
    for name in NAMED_PARTS:
        for part in settings.get(name) or ():
            yield part["id"], part
            yield from _parts(part.get("settings") or {})


def _all_options(settings: Part) -> Iterator[Part]:
    yield from settings.get("options") or ()
    for column in settings.get("columns") or ():
        yield from (column.get("settings") or {}).get("options") or ()


def _names_in(value: Any) -> Iterator[str]:
    """Yield every text and key in a stored answer; ids of parts are among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield key
            yield from _names_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _names_in(inner)


def _plain(label: str) -> str:
    """Return what stays of a label when its spelling is corrected."""
    return "".join(letter for letter in search_key(label) if letter.isalnum())


def _kind(key: str) -> str:
    try:
        return _(get(key).label)
    except UnknownQuestionType:
        return key
