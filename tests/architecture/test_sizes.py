"""Modules have one subject and views are thin."""

import ast
from pathlib import Path

import pytest

from tests.architecture.source import functions, modules, name_of, tree

LONGEST_MODULE = 300
LONGEST_VIEW = 25


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def is_view(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tell whether a decorator of a blueprint makes the function answer requests."""
    return any(
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "bp"
        for decorator in function.decorator_list
        for node in ast.walk(decorator)
    )


def long_views(module: ast.Module) -> list[str]:
    return [
        f"{one.name}: {lines_of(one)}"
        for one in functions(module)
        if is_view(one) and lines_of(one) > LONGEST_VIEW
    ]


@pytest.mark.parametrize("path", [*modules(), *modules("tests")], ids=name_of)
def test_a_module_has_at_most_300_lines(path: Path) -> None:
    count = path.read_text("utf-8").count("\n")
    assert count <= LONGEST_MODULE


@pytest.mark.parametrize("path", modules("blueprints"), ids=name_of)
def test_a_view_has_at_most_25_lines(path: Path) -> None:
    assert long_views(tree(path)) == []


def test_the_views_are_recognised() -> None:
    names = {one.name for path in modules("blueprints") for one in functions(tree(path)) if is_view(one)}
    assert {"sign_in", "sign_out", "health"} <= names


def test_a_long_view_is_found() -> None:
    body = "    pass\n" * LONGEST_VIEW
    assert long_views(ast.parse(f"@bp.get('/')\n@public\ndef page():\n{body}")) == ["page: 26"]
