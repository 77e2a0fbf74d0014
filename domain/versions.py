"""Published forms, parsed once: a version never changes, so its definition is kept by its id."""

from sqlalchemy import select

from core.extensions import db
from models import FormVersion
from questionnaire.definition import FormDefinition

MOST_KEPT = 500

_definitions: dict[int, FormDefinition] = {}


def definition(version_id: int) -> FormDefinition:
    """Return the definition of a published version."""
    found = _definitions.get(version_id)
    if found is None:
        stored = db.session.execute(
            select(FormVersion.definition).where(FormVersion.id == version_id)
        ).scalar_one()
        found = FormDefinition.from_json(stored)
        if len(_definitions) >= MOST_KEPT:
            _definitions.clear()
        _definitions[version_id] = found
    return found


def forget() -> None:
    """Drop every kept definition; needed only where ids start anew, as in tests."""
    _definitions.clear()
