"""What others made is here byte for byte as listed, and nothing comes from other hosts."""

import hashlib
import re
from pathlib import Path

import pytest

from core.config import ROOT
from tests.architecture.source import name_of

STATIC = ROOT / "static"
LIST = STATIC / "vendor" / "VENDORED.md"
ROW = re.compile(r"^\| (?P<path>\S+) \| .* \| `(?P<sum>[0-9a-f]{64})` \|$", re.MULTILINE)
OURS = {"css/app.css", "icon.svg", "vendor/VENDORED.md"}
LOADED = re.compile(
    r"""url\(\s*["']?(?:https?:)?//|@import|(?:src|href)\s*=\s*["'](?:https?:)?//|sourceMappingURL"""
)


def listed() -> dict[str, str]:
    return {row["path"]: row["sum"] for row in ROW.finditer(LIST.read_text("utf-8"))}


def test_every_file_of_others_is_as_listed() -> None:
    found = {
        path: hashlib.sha256((STATIC / path).read_bytes()).hexdigest()
        if (STATIC / path).exists()
        else "missing"
        for path in listed()
    }
    assert found == listed()


def test_every_file_is_ours_or_listed() -> None:
    files = {path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.is_file()}
    unknown = {
        path
        for path in files - OURS - set(listed())
        if not path.startswith(("js/", "vendor/licences/"))
    }
    assert unknown == set()


@pytest.mark.parametrize("path", sorted(STATIC.rglob("*.[cjs][sv]*")), ids=name_of)
def test_a_file_loads_nothing_from_other_hosts(path: Path) -> None:
    assert LOADED.findall(path.read_text("utf-8")) == []


def test_a_load_from_another_host_is_found() -> None:
    assert LOADED.search("@font-face { src: url(https://fonts.example.com/a.woff2) }")
    assert LOADED.search("a { background: url('//example.com/a.png') }")
