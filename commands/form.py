"""`python3 app.py form read`: what a ministry's blank workbook would become, without a browser."""

import sys
from pathlib import Path
from typing import Any

import click
import orjson
from flask import current_app

from domain import form_files


@click.group("form")
def command() -> None:
    """Biểu mẫu / Report forms."""


@command.command("read")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="In JSON / Print JSON")
def read(path: Path, *, as_json: bool) -> None:
    """Đọc tệp Excel trắng thành biểu mẫu / Read a blank workbook as a form."""
    try:
        with current_app.test_request_context():
            found = form_files.as_json(form_files.understood(path.read_bytes(), path.name))
    except OSError:
        _refuse(f"Không đọc được tệp “{path}”.")
    except ValueError as error:
        _refuse(str(error))
    if as_json:
        click.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode())
    else:
        _tell(found)


def _refuse(sentence: str) -> None:
    click.echo(sentence, err=True)
    sys.exit(2)


def _tell(found: dict[str, Any]) -> None:
    for section in found["definition"]["sections"]:
        click.echo(section["title"])
        for question in section["questions"]:
            rows = question["settings"].get("rows")
            size = f"{len(rows)} × " if rows else ""
            click.echo(f"  {question['label']} ({size}{len(question['settings']['columns'])})")
    for remark in found["remarks"]:
        click.echo(f"! {remark['sheet']} {remark['cell']}: {remark['message']}")
