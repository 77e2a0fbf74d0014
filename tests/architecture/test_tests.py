"""The tests are real: none is skipped, and nothing stands in for what they test."""

import ast
from pathlib import Path

import pytest

from tests.architecture.source import modules, name_of, tree
from tests.architecture.test_names import imported_by

EVASIONS = {"skip", "skipif", "xfail", "importorskip", "skipTest"}


def evasions(module: ast.Module) -> list[int]:
    """Return the lines where a test is left out or expected to fail."""
    return [
        node.lineno
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and node.attr in EVASIONS
    ]


def mocks(module: ast.Module) -> set[str]:
    return {one for one in imported_by(module) if "mock" in one.lower().split(".")}


@pytest.mark.parametrize("path", modules("tests"), ids=name_of)
def test_no_test_is_skipped_and_nothing_is_mocked(path: Path) -> None:
    assert (evasions(tree(path)), mocks(tree(path))) == ([], set())


@pytest.mark.parametrize("path", modules("tests"), ids=name_of)
def test_every_test_can_fail(path: Path) -> None:
    """A test without an assertion of its own or an expected refusal can't."""
    unable = [
        node.name
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not _judges(node)
    ]
    assert unable == []


def _judges(function: ast.FunctionDef) -> bool:
    return any(
        isinstance(node, ast.Assert)
        or (isinstance(node, ast.Attribute) and node.attr in {"raises", "warns"})
        or (isinstance(node, ast.Call) and "check" in getattr(node.func, "id", ""))
        for node in ast.walk(function)
    )


def test_an_evasion_is_found() -> None:
    assert evasions(ast.parse("@pytest.mark.skip\ndef test_x(): ..."))
    assert mocks(ast.parse("from unittest import mock"))
    assert mocks(ast.parse("import unittest.mock"))
