"""`python3 app.py plan …`: what a plan document says, and how well that is found out."""

import sys
from pathlib import Path
from typing import Any

import click
import orjson

from domain import plan_files, plan_recipients, plan_score
from domain.plans import Plan

UNREADABLE = 2
SUFFIXES = (".txt", ".docx", ".pdf")


@click.group("plan")
def command() -> None:
    """Đọc văn bản giao việc / Read plan documents."""


@command.command("read")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="In JSON / Print JSON.")
def read(file: Path, as_json: bool) -> None:
    """In những gì văn bản nói / Print what a document says."""
    try:
        found = _told(*plan_files.understood(file.read_bytes()))
    except plan_files.UnreadablePlanError as error:
        click.echo(str(error), err=True)
        sys.exit(UNREADABLE)
    if as_json:
        click.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode())
        return
    for name, value in found.items():
        click.echo(f"{name}: {value}")


@command.command("score")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def score(folder: Path) -> None:
    """Đo độ đúng so với tệp .json cùng tên / Measure precision and recall against the .json beside."""
    scores: dict[str, plan_score.Score] = {}
    count = 0
    for facts_file in sorted(folder.glob("*.json")):
        facts = orjson.loads(facts_file.read_bytes())
        for suffix in SUFFIXES:
            file = facts_file.with_suffix(suffix)
            if file.exists():
                plan_score.add(scores, plan_files.understood(file.read_bytes())[0], facts)
                count += 1
    click.echo(f"{'':16}{'precision':>10}{'recall':>10}{'expected':>10}")
    for name, one in scores.items():
        click.echo(f"{name:16}{one.precision:>10.3f}{one.recall:>10.3f}{one.expected:>10}")
    click.echo(f"{count} văn bản / documents")


def _told(plan: Plan, damage: str) -> dict[str, Any]:
    head = plan.head
    return {
        "doc_type": head.doc_type or None,
        "number_symbol": head.number_symbol or None,
        "issue_date": head.issue_date.isoformat() if head.issue_date else None,
        "issue_date_partial": head.issue_date_partial or None,
        "place": head.place or None,
        "issuer": head.issuer or None,
        "parent_body": head.parent_body or None,
        "title": head.title or None,
        "basis": [{"number_symbol": mark, "date": day} for mark, day in plan.basis],
        "deadlines": [
            {
                "type": one.type,
                "date": one.date or None,
                "rule": one.rule or None,
                "period": one.period or None,
                "kind": one.kind,
                "who": one.who or None,
                "to": one.to or None,
                "inclusive": one.inclusive,
                "sentence": one.sentence,
            }
            for one in plan.deadlines
        ],
        "recipients": [
            {"text": one, "role": plan_recipients.role_of(one)} for one in plan.recipients
        ],
        "duties": [{"group": one.group, "items": one.told} for one in plan.duties],
        "signer_role": plan.signer_role or None,
        "damage": damage or None,
    }
