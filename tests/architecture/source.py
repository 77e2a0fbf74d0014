"""The source that the house rules are about."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from core.config import ROOT

LAYERS = (
    "blueprints", "commands", "core", "documents", "domain", "forms", "jobs", "models",
    "questionnaire",
)  # fmt: skip
VIETNAMESE = frozenset(
    "ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
    "ĂÂĐÊÔƠƯÁÀẢÃẠẮẰẲẴẶẤẦẨẪẬÉÈẺẼẸẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌỐỒỔỖỘỚỜỞỠỢÚÙỦŨỤỨỪỬỮỰÝỲỶỸỴ"
)


def modules(*folders: str) -> list[Path]:
    """Return the modules in `folders`, or all that the product consists of."""
    found = [path for folder in folders or LAYERS for path in (ROOT / folder).rglob("*.py")]
    return sorted(found if folders else [*found, ROOT / "app.py", ROOT / "bootstrap.py"])


def templates() -> list[Path]:
    """Return all templates."""
    return sorted((ROOT / "templates").rglob("*.html"))


def name_of(path: Path) -> str:
    """Return the path as people write it."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """Return the parsed module."""
    return ast.parse(path.read_text("utf-8"))


def functions(module: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function, methods and inner ones among them."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def is_vietnamese(text: str) -> bool:
    """Tell whether `text` has a letter that English does without."""
    return not VIETNAMESE.isdisjoint(text)
