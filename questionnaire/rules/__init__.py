"""The rule language: what a form computes, shows and checks, in the notation of spreadsheets."""

from questionnaire.rules.evaluation import Result, evaluate
from questionnaire.rules.grammar import RuleSyntaxError
from questionnaire.rules.kinds import kind_of
from questionnaire.rules.names import Names
from questionnaire.rules.order import cycles, in_order
from questionnaire.rules.parsing import parse
from questionnaire.rules.showing import show
from questionnaire.rules.tree import Reference, Rule, RuleError, uses
from questionnaire.rules.values import Value
from questionnaire.rules.words import Kind

__all__ = [
    "Kind",
    "Names",
    "Reference",
    "Result",
    "Rule",
    "RuleError",
    "RuleSyntaxError",
    "Value",
    "cycles",
    "evaluate",
    "in_order",
    "kind_of",
    "parse",
    "show",
    "uses",
]
