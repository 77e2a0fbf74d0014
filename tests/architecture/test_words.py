"""All words that people read go through the catalogue."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.source import is_vietnamese, modules, name_of, templates, tree

CATALOGUE = {"_", "N_", "ngettext"}
LAYERS = ("blueprints", "domain", "forms", "questionnaire")
# The name of the product is the same in every language.
NAME = "Tổng Hợp"
TRANSLATED = re.compile(
    r"""\b(?:_|ngettext)\(\s*(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')(?:\s*,\s*(?:"[^"]*"|'[^']*'))?"""
)


def untranslated_in_code(module: ast.Module) -> list[str]:
    """Return the Vietnamese texts that are neither translated nor descriptions for programmers.

    Constants in capitals hold words that are read from people, such as "không có số liệu".
    """
    allowed: set[ast.AST] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and _called(node) in CATALOGUE:
            allowed.update(ast.walk(node))
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            allowed.add(node.value)
        elif isinstance(node, ast.Assign | ast.AnnAssign) and _is_constant(node):
            allowed.update(ast.walk(node))
    return [
        node.value
        for node in ast.walk(module)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node not in allowed
        and is_vietnamese(node.value.replace(NAME, ""))
    ]


def _called(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def _is_constant(node: ast.Assign | ast.AnnAssign) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return all(isinstance(one, ast.Name) and one.id.isupper() for one in targets)


def untranslated_in_template(text: str) -> list[str]:
    """Return the lines with Vietnamese letters outside _("…") and comments."""
    text = re.sub(r"{#.*?#}", "", text, flags=re.DOTALL)
    text = TRANSLATED.sub("", text).replace(NAME, "")
    return [line.strip()[:80] for line in text.splitlines() if is_vietnamese(line)]


@pytest.mark.parametrize("path", modules(*LAYERS), ids=name_of)
def test_code_has_no_vietnamese_text_outside_the_catalogue(path: Path) -> None:
    assert untranslated_in_code(tree(path)) == []


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_a_template_has_no_vietnamese_text_outside_the_catalogue(path: Path) -> None:
    assert untranslated_in_template(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "code", ['notify("Đã lưu")', 'x = {"a": "Sửa"}', 'raise InvalidError(f"Lỗi {x} ở đây")']
)
def test_untranslated_text_in_code_is_found(code: str) -> None:
    assert untranslated_in_code(ast.parse(code))


@pytest.mark.parametrize(
    "text",
    ["<p>Đã lưu</p>", '<a title="Sửa">x</a>', '{{ button("Lưu") }}', '{{ _("Sửa") }} Xóa'],
)
def test_untranslated_text_in_a_template_is_found(text: str) -> None:
    assert untranslated_in_template(text)


@pytest.mark.parametrize(
    "text", ['{{ _("Đã lưu %(n)s", n=1) }}', "{{ _('Sửa') }}", '{{ ngettext("Một ô", "Các ô", n) }}']
)
def test_translated_text_in_a_template_is_no_fault(text: str) -> None:
    assert untranslated_in_template(text) == []
