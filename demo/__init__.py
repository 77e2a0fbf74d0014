"""The demo department: an office of 2023 with its units, people and two campaigns, all invented."""

from core import clock
from core.extensions import db
from demo import campaigns, department
from demo.department import Account

__all__ = ["Account", "load"]


def load(password: str = "") -> list[Account]:
    """Fill an empty database with the demo department; return its accounts with passwords.

    Everybody gets `password` where it is given, else staff get one each and units share one.
    """
    with clock.stopped_at(campaigns.BEGINNING):
        office = department.found(password)
        db.session.commit()
    parts = campaigns.run_2023(office)
    db.session.commit()
    campaigns.run_this_year(office, parts)
    campaigns.draft_next(office)
    db.session.commit()
    return office.accounts
