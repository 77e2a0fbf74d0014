"""Things by id, for those who may see all of their kind."""

from typing import TypeVar

from blueprints._access import actor
from core.errors import NotFoundError
from core.extensions import db
from core.permissions import Permission

Model = TypeVar("Model", bound=db.Model)  # type: ignore[name-defined]


def get(model: type[Model], id_: int, permission: Permission) -> Model:
    """Return the row with this id for whoever holds `permission` somewhere."""
    found = db.session.get(model, id_) if actor().has(permission) else None
    if found is None:
        raise NotFoundError
    return found
