"""Two versions of a form side by side: what each change was before, and what it is now."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from core.words import _
from questionnaire.changes import Change, changes
from questionnaire.definition import FormDefinition, Question
from questionnaire.rules import Names, Rule, RuleError, show
from questionnaire.tally import NAMED_PARTS
from questionnaire.types import UnknownQuestionType, get


@dataclass(frozen=True, slots=True)
class Line:
    """One part of a question: what it was, and what it is; blank for nothing."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A change, part by part; without parts, its details say it all."""

    change: Change
    lines: tuple[Line, ...]


def compare(old: FormDefinition, new: FormDefinition) -> list[Comparison]:
    """Return all changes from `old` to `new`, in the order of `changes`."""
    return [Comparison(one, tuple(_lines(one, old, new))) for one in changes(old, new)]


def _lines(change: Change, old: FormDefinition, new: FormDefinition) -> Iterator[Line]:
    before, after = old.questions.get(change.question), new.questions.get(change.question)
    if before is None or after is None:
        return
    told = zip(_words(before, old), _words(after, new), strict=True)
    for (name, was), (_same, now) in told:
        if was != now:
            yield Line(name, was, now)
    for kind, words in (("options", _("lựa chọn")), ("rows", _("dòng")), ("columns", _("cột"))):
        yield from _parts(words, before.settings.get(kind) or (), after.settings.get(kind) or ())
    if before.type == after.type:
        yield from _settings(before, after)


def _words(question: Question, definition: FormDefinition) -> Iterator[tuple[str, str]]:
    names = Names.of(definition)
    yield _("Nội dung câu hỏi"), question.label
    yield _("Hướng dẫn"), question.hint
    yield _("Mã chỉ tiêu"), question.code
    yield _("Đơn vị tính"), question.measure
    yield _("Loại"), _type(question.type)
    yield _("Bắt buộc trả lời"), _truth(question.required)
    yield _("Khi nào hỏi câu này"), _rule(question.visible, names)
    yield _("Cách tính"), _rule(question.settings.get("rule"), names)
    yield (
        _("Kiểm tra thêm"),
        "\n".join(f"{_rule(one['rule'], names)}: {one['message']}" for one in question.checks),
    )


def _parts(words: str, before: Any, after: Any) -> Iterator[Line]:
    """Yield the options, rows or columns that have come, gone, or been renamed."""
    was = {one["id"]: _named(one) for one in before}
    now = {one["id"]: _named(one) for one in after}
    name = words.capitalize()
    for id_ in [*was, *(one for one in now if one not in was)]:
        if was.get(id_) != now.get(id_):
            yield Line(name, was.get(id_, ""), now.get(id_, ""))
    if [one for one in was if one in now] != [one for one in now if one in was]:
        yield Line(_("Thứ tự %(parts)s", parts=words), "", _("đã xếp lại"))


def _named(part: Mapping[str, Any]) -> str:
    groups = part.get("groups") or filter(None, [part.get("group", "")])
    path = " – ".join([*groups, part["label"]])
    given = [part.get("number", ""), path, part.get("measure", "")]
    return " ".join(filter(None, [*given[:2], f"({given[2]})" if given[2] else ""]))


def _settings(before: Question, after: Question) -> Iterator[Line]:
    """Yield the other settings of a type, by the names that the editor gives them."""
    fields = get(before.type).SettingsFields
    for key in before.settings.keys() | after.settings.keys():
        field = getattr(fields, key, None)
        if key in NAMED_PARTS or key == "rule" or field is None:
            continue
        was, now = before.settings.get(key), after.settings.get(key)
        if was != now:
            yield Line(_(field.args[0]), _shown(was), _shown(now))


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _truth(value)
    return "" if value is None else str(value)


def _truth(value: bool) -> str:
    return _("Có") if value else _("Không")


def _rule(stored: Any, names: Names) -> str:
    with suppress(RuleError, KeyError, TypeError):
        return show(Rule.from_json(stored), names) if stored else ""
    return _("không còn đọc được")


def _type(key: str) -> str:
    try:
        return _(get(key).label)
    except UnknownQuestionType:
        return key
