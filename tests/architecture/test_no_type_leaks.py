"""Nobody outside questionnaire/types and its templates asks which type a question is of."""

import ast
import re
from pathlib import Path

import pytest

from core.config import ROOT
from questionnaire.types import all_types
from tests.architecture.source import modules, name_of, templates, tree

KEYS = {kind.key for kind in all_types()}
EVERYDAY_KEYS = {"date", "evidence", "heading", "note"}
TYPES = ROOT / "questionnaire" / "types"
MACROS = ROOT / "templates" / "questions"
COMPARED = re.compile(
    r"""(?:==|!=|\bin\b)\s*[(\[{]?\s*(["'])(?P<after>\w+)\1|(["'])(?P<before>\w+)\3\s*(?:==|!=|in\b)"""
)
ASKED_TYPE = re.compile(r"""\btype\s*(?:==|!=|in)\s*[("'\[{]""")
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
# Fields of forms have a type too: WTForms names the class of the field.
FIELD_TYPES = re.compile(r"\b(field|item|option)\.type\b")


def comparisons_with_a_type(module: ast.Module) -> list[int]:
    """Return the lines that compare anything with a type's key, by ==, in, match or a dict."""
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            if any(_is_type(one) for one in sides) or any(
                _is_key(leaf) and _asks_type(sides) for one in sides for leaf in ast.walk(one)
            ):
                found.append(node.lineno)
        elif isinstance(node, ast.MatchValue) and _is_key(node.value):
            found.append(node.lineno)
    return found


def _is_key(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value in KEYS


def _is_type(node: ast.AST) -> bool:
    """Tell whether this is a key that can't be anything else in this product."""
    return isinstance(node, ast.Constant) and node.value in KEYS - EVERYDAY_KEYS


def _asks_type(sides: list[ast.expr]) -> bool:
    names = {
        node.attr if isinstance(node, ast.Attribute) else node.id
        for side in sides
        for node in ast.walk(side)
        if isinstance(node, ast.Attribute | ast.Name)
    }
    return bool(names & {"type", "key", "kind"})


def leaks_in_template(text: str) -> list[str]:
    """Return the template tags that compare with a type's key or ask for a question's type."""
    found = []
    for tag in TAG.findall(text):
        words = {match["after"] or match["before"] for match in COMPARED.finditer(tag)}
        if words & KEYS or ASKED_TYPE.search(FIELD_TYPES.sub("", tag)):
            found.append(tag)
    return found


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_code_never_asks_for_a_type_by_its_key(path: Path) -> None:
    if not path.is_relative_to(TYPES):
        assert comparisons_with_a_type(tree(path)) == []


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_templates_never_ask_for_a_type_by_its_key(path: Path) -> None:
    if not path.is_relative_to(MACROS):
        assert leaks_in_template(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "code",
    [
        'if question.type == "integer": pass',
        'if "money" != kind: pass',
        'x = one.type in {"date", "note"}',
        'match one.type:\n    case "percent": pass',
    ],
)
def test_a_leak_in_code_is_found(code: str) -> None:
    assert comparisons_with_a_type(ast.parse(code))


@pytest.mark.parametrize(
    "text",
    [
        '{% if question.type == "integer" %}x{% endif %}',
        "{{ 'a' if q.type in ('free_table', 'note') }}",
        "{% if question.type == wanted_before or 'money' == question.type %}",
    ],
)
def test_a_leak_in_a_template_is_found(text: str) -> None:
    assert leaks_in_template(text)
