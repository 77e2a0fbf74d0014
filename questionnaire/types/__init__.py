"""Every kind of question; importing this package registers them all."""

from questionnaire.types.base import AnswerField, BadCell, BadSettings, BadValue, QuestionType
from questionnaire.types.figures import Share, Summary
from questionnaire.types.registry import UnknownQuestionType, all_types, discover, get
from questionnaire.types.table_merging import ApartError

discover(__name__)

__all__ = [
    "AnswerField",
    "ApartError",
    "BadCell",
    "BadSettings",
    "BadValue",
    "QuestionType",
    "Share",
    "Summary",
    "UnknownQuestionType",
    "all_types",
    "get",
]
