"""Reports that were carried on to a newer version of their form while they were being filled in."""

from core.extensions import db
from domain import versions
from models import Response
from questionnaire.changes import Change, changes


def changes_of(report: Response) -> list[Change] | None:
    """Return what is new since the unit last knew the form; None where it knows it as it is."""
    if report.carried_from_id is None:
        return None
    before = versions.definition(report.carried_from_id)
    return changes(before, versions.definition(report.version_id))


def acknowledge(report: Response) -> None:
    """Take it that the unit knows the form as it is now."""
    report.carried_from_id = None
    db.session.flush()
