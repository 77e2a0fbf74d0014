"""A name tells the subject, and imports go where the layers allow."""

import ast
from pathlib import Path

import pytest

from core.config import ROOT
from tests.architecture.source import functions, modules, name_of, tree

EMPTY_NAMES = {"common", "data", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}


def imported_by(module: ast.AST) -> set[str]:
    """Return the full names of all that `module` imports, its members among them."""
    found = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def foreign_views(name: str, imported: set[str]) -> set[str]:
    """Return what a module of blueprints imports from one that isn't private to all of them."""
    parts = (one.split(".") for one in imported)
    return {
        ".".join(one)
        for one in parts
        if one[0] == "blueprints" and len(one) > 1 and not one[1].startswith("_") and one[1] != name
    }


@pytest.mark.parametrize("path", [*modules(), *modules("tests")], ids=name_of)
def test_a_module_is_named_by_its_subject(path: Path) -> None:
    words = set(path.stem.split("_")) | set(path.relative_to(ROOT).parent.parts)
    assert not words & EMPTY_NAMES


@pytest.mark.parametrize("path", modules("blueprints"), ids=name_of)
def test_blueprints_import_nothing_of_each_other_but_what_is_private_to_all(path: Path) -> None:
    if path.stem != "__init__":
        assert foreign_views(path.stem, imported_by(tree(path))) == set()


def test_an_import_from_another_blueprint_is_found() -> None:
    module = ast.parse("from blueprints.tasks import bp\nfrom blueprints import _load, home")
    assert foreign_views("board", imported_by(module)) == {"blueprints.tasks.bp", "blueprints.home"}


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_imports_stand_at_the_top_and_are_absolute(path: Path) -> None:
    module = tree(path)
    inner = [
        node.lineno
        for function in functions(module)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    relative = [
        node.lineno for node in ast.walk(module) if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert (inner, relative) == ([], [])
    assert "app" not in {one.partition(".")[0] for one in imported_by(module)}
