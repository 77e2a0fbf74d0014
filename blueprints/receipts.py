"""Checking receipts: whoever holds a printed one can ask whether it is genuine."""

from flask import Blueprint, render_template, request

from blueprints._access import signed_in
from domain import receipts

bp = Blueprint("receipts", __name__)

LONGEST = 100


@bp.get("/receipts")
@signed_in
def check() -> str:
    """Ask for the number and mark of a receipt, and say whether it is genuine."""
    number, mark = (request.args.get(name, "")[:LONGEST].strip() for name in ("number", "mark"))
    asked = bool(number or mark)
    return render_template(
        "receipts/check.html",
        number=number,
        mark=mark,
        checked=receipts.check(number, mark) if asked else None,
    )
