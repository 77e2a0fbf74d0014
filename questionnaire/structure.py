"""What is wrong with a form before it can be published."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import orjson

from core.words import _
from questionnaire.checks import numbered
from questionnaire.definition import FormDefinition, Question
from questionnaire.types import BadSettings, UnknownQuestionType, get


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a form; `question` or `section` is the uid of what it is about."""

    message: str
    section: str = ""
    question: str = ""


def flaws(definition: FormDefinition) -> list[Flaw]:
    """Return everything that keeps a form from being published."""
    if not definition.sections:
        return [Flaw(_("Biểu mẫu chưa có mục nào."))]
    found: list[Flaw] = []
    for section in definition.sections:
        if not section.title:
            found.append(Flaw(_("Có mục chưa đặt tên."), section=section.uid))
        if not section.questions:
            found.append(
                Flaw(_("Mục “%(title)s” chưa có câu hỏi.", title=section.title), section=section.uid)
            )
    for number, question in numbered(definition):
        found += _question_flaws(number, question)
    codes = Counter(one.code for one in definition.questions.values() if one.code)
    found += [
        Flaw(_("Mã “%(code)s” dùng cho nhiều câu hỏi.", code=code))
        for code, times in codes.items()
        if times > 1
    ]
    return found


@lru_cache(maxsize=8192)
def _check_settings(type_key: str, settings_json: bytes) -> None:
    """Raise UnknownQuestionType or BadSettings, which aren't kept, unless settings are sound."""
    kind, settings = get(type_key), orjson.loads(settings_json)
    kind.clean_settings(kind.form_settings(settings), settings)


def _question_flaws(number: str, question: Question) -> list[Flaw]:
    if not question.label:
        text = _("Câu %(number)s chưa có nội dung.", number=number)
        # What is only read has no number.
        text = text if number else _("Có ghi chú hoặc tiêu đề phụ chưa có nội dung.")
        return [Flaw(text, question=question.uid)]
    try:
        # What was sound once stays sound: a long form is looked over with every change.
        _check_settings(question.type, orjson.dumps(question.settings))
    except UnknownQuestionType:
        text = _("Câu %(number)s thuộc loại không còn dùng được.", number=number)
        return [Flaw(text, question=question.uid)]
    except BadSettings as error:
        text = _("Câu %(number)s: %(problem)s", number=number, problem=error)
        return [Flaw(text, question=question.uid)]
    return []
