"""The structure in which a page shows units: that of then, or that of now where it is asked for."""

from flask import request

from domain.successors import Structure


def structure_asked() -> Structure:
    """Return the structure that the address asks for."""
    return Structure.NOW if request.args.get("structure") == Structure.NOW else Structure.THEN
