"""`python3 app.py bench`: ratios against a reference, each taken in one run."""

import sys
from importlib import import_module

import click
import orjson

from core.config import ROOT

NAMES = (
    "autosave", "submit", "form_page", "builder", "board", "workbook", "workbook_small",
    "workbook_memory", "export_3000x40", "tail", "plan",
)  # fmt: skip

#: What must never happen, tried long enough to be believed; only run when they are named.
LONG = ("crash", "storm", "starts", "migrations", "backup")


@click.command("bench")
@click.argument("names", nargs=-1, type=click.Choice((*NAMES, *LONG)))
def command(names: tuple[str, ...]) -> None:
    """Đo tốc độ, mỗi dòng một kết quả JSON / Measure speed, one line of JSON each."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    for name in names or NAMES:
        found = import_module(f"bench.{name}").run()
        for line in [found] if isinstance(found, dict) else found:
            click.echo(orjson.dumps(line).decode())
