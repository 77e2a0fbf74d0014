"""What ours is measured against: Flask and SQLAlchemy with one view each, and nothing else."""

from pathlib import Path

from flask import Flask, render_template_string, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from core import database
from core.config import ROOT

TEMPLATE = ROOT / "bench" / "form_page.html"


class Base(DeclarativeBase):
    """The parent of the one table."""


db = SQLAlchemy(model_class=Base)


class Answer(db.Model):  # type: ignore[name-defined]
    """One answer."""

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)


def writing(folder: Path) -> Flask:
    """Return an app whose one view writes one row, in a database opened as ours is."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder / 'bare.sqlite3'}"
    db.init_app(app)
    with app.app_context():
        database.prepare_engine(db.engine)
        db.create_all()

    @app.post("/answer")
    def _write() -> str:
        db.session.add(Answer(text=request.form["text"]))
        db.session.commit()
        return "ok"

    return app


def showing(_folder: Path) -> Flask:
    """Return an app whose one view shows a page of forty questions from one template."""
    app = Flask(__name__)
    source = TEMPLATE.read_text("utf-8")
    kinds = ("number", "lines", "number", "choice", "number", "choice", "number", "date")
    questions = [
        {"uid": f"q{place}", "number": f"1.{place + 1}", "label": f"Chỉ tiêu số {place + 1}",
         "kind": kinds[place % len(kinds)], "value": str(place)}
        for place in range(40)
    ]  # fmt: skip

    @app.get("/page")
    def _show() -> str:
        return render_template_string(source, questions=questions)

    return app
