"""The library of own questions and sections: kept from a form, found again, copied into another."""

from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from htmx_flask import make_response

from blueprints import _load
from blueprints._access import actor, requires
from blueprints._htmx import notify, redirect_to, wants_piece
from core.errors import InvalidError
from core.extensions import db
from core.permissions import Permission
from core.words import _, ngettext
from domain import builder, library
from forms.library import ItemForm, PickForm
from models import Form, LibraryItem, Section

bp = Blueprint("library", __name__)

EDIT = Permission.TASKS_EDIT
NAMED_AT_MOST = 5


@bp.get("/library")
@requires(EDIT)
def list_items() -> str:
    """List the library, or what of it holds the words that are looked for."""
    words = request.args.get("q", "")[:200]
    page = library.list_items(words, request.args.get("page", 1, type=int))
    return render_template("library/list.html", page=page, words=words, part_of=library.part_of)


@bp.route("/library/<int:item_id>", methods=["GET", "POST"])
@requires(EDIT)
def edit(item_id: int) -> Any:
    """Show what an item holds, and change its name."""
    item = _load.library_item_or_404(item_id, EDIT)
    form = ItemForm(obj=item)
    if form.validate_on_submit():
        library.rename(actor(), item, form.name.data)
        db.session.commit()
        notify(_("Đã lưu tên “%(name)s”.", name=item.name[:80]))
        return redirect_to(url_for(".list_items"))
    status = 422 if form.is_submitted() else 200
    part = library.part_of(item)
    return render_template("library/item.html", item=item, part=part, form=form), status


@bp.post("/library/<int:item_id>/delete")
@requires(EDIT)
def delete(item_id: int) -> Any:
    """Take an item out of the library, with a way back."""
    item = _load.library_item_or_404(item_id, EDIT)
    library.delete(actor(), item)
    db.session.commit()
    undo_url = url_for(".restore", item_id=item_id)
    notify(_("Đã xoá “%(name)s” khỏi thư viện.", name=item.name[:80]), undo_url=undo_url)
    return redirect_to(url_for(".list_items"))


@bp.post("/library/<int:item_id>/restore")
@requires(EDIT)
def restore(item_id: int) -> Any:
    """Bring a deleted item back."""
    item = _load.library_item_or_404(item_id, EDIT)
    library.restore(actor(), item)
    db.session.commit()
    notify(_("Đã khôi phục “%(name)s” trong thư viện.", name=item.name[:80]))
    return redirect_to(url_for(".list_items"))


@bp.post("/questions/<int:question_id>/library")
@requires(EDIT)
def save_question(question_id: int) -> Any:
    """Keep a copy of a question in the library."""
    question = _load.question_or_404(question_id, EDIT)
    item = library.save_question(actor(), question)
    db.session.commit()
    return _kept(question.section.form, f"r-{question.uid}", item)


@bp.post("/sections/<int:section_id>/library")
@requires(EDIT)
def save_section(section_id: int) -> Any:
    """Keep a copy of a section with its questions in the library."""
    section = _load.section_or_404(section_id, EDIT)
    item = None
    try:
        item = library.save_section(actor(), section)
    except InvalidError as error:
        notify(error.message, "warning")
    db.session.commit()
    return _kept(section.form, f"s-{section.uid}", item)


@bp.get("/forms/<int:form_id>/library")
@requires(EDIT)
def choose(form_id: int) -> Any:
    """Show the library to choose what to copy into a form."""
    form = _load.form_or_404(form_id, EDIT)
    return _show_choice(form, _pick_form(form, request.args.get("section", type=int)))


@bp.post("/forms/<int:form_id>/library")
@requires(EDIT)
def add(form_id: int) -> Any:
    """Copy what was chosen into the form, or look for more of it."""
    form = _load.form_or_404(form_id, EDIT)
    pick = _pick_form(form)
    if pick.find.data is not None:
        return _show_choice(form, pick)
    if not pick.validate():
        return _show_choice(form, pick, 422)
    section = _load.section_or_404(pick.section.data, EDIT) if pick.section.data else None
    try:
        added = library.add_to_form(actor(), form, library.items_of(pick.items.data), section)
    except InvalidError as error:
        pick.refuse(error.message, error.fields)
        return _show_choice(form, pick, 422)
    db.session.commit()
    _tell(added)
    return redirect_to(url_for("builder.show_form", form_id=form_id) + _place_of(added))


def _pick_form(form: Form, section_id: int | None = None) -> PickForm:
    """Return the form to choose with; the last section stands ready unless one is asked for."""
    sections: list[Section] = builder.sections_of(form)
    known = [one.id for one in sections]
    ready = section_id if section_id in known else next(reversed(known), None)
    pick = PickForm(section=ready)
    pick.section.choices = [
        (one.id, f"{place}. {one.title}") for place, one in enumerate(sections, start=1)
    ] or [("", _("Cuối biểu mẫu"))]
    return pick


def _show_choice(form: Form, pick: PickForm, status: int = 200) -> Any:
    page = library.list_items(pick.q.data or "", pick.find.data or 1)
    chosen = library.items_of(pick.items.data or [])
    shown = {item.id for (item,) in page.rows}
    return render_template(
        "library/choose.html",
        form=form,
        pick=pick,
        page=page,
        kept=[one for one in chosen if one.id not in shown],
        chosen={one.id for one in chosen},
        part_of=library.part_of,
    ), status


def _kept(form: Form, place: str, item: LibraryItem | None) -> Response:
    """Say that an item was kept, without leaving the builder."""
    if item is not None:
        words = _("Đã lưu “%(name)s” vào thư viện.", name=item.name[:80])
        if item.outside:
            words += " " + _(
                "Có quy tắc dùng câu hỏi ở ngoài: %(labels)s. Khi thêm vào biểu mẫu không có các câu "
                "này, quy tắc đó được bỏ.",
                labels=_listed(item.outside.values()),
            )
        notify(words)
    if wants_piece():
        response: Response = make_response(render_template("layout/_new_toasts.html"))
        return response
    return redirect_to(f"{url_for('builder.show_form', form_id=form.id)}#{place}")


def _tell(added: library.Added) -> None:
    notify(
        ngettext(
            "Đã thêm %(num)d câu hỏi từ thư viện.",
            "Đã thêm %(num)d câu hỏi từ thư viện.",
            added.questions,
        )
    )
    if added.dropped:
        outside = {label for labels in added.dropped.values() for label in labels}
        notify(
            _(
                "Đã bỏ quy tắc của %(labels)s vì dùng câu hỏi không có trong biểu mẫu này: "
                "%(outside)s. Hãy đặt lại quy tắc nếu cần.",
                labels=_listed(added.dropped),
                outside=_listed(sorted(outside)),
            ),
            "warning",
        )


def _place_of(added: library.Added) -> str:
    """Return the place on the builder's page of what was added first."""
    if added.first is None:
        return ""
    return f"#{'s' if isinstance(added.first, Section) else 'r'}-{added.first.uid}"


def _listed(labels: Any) -> str:
    """Return labels in quotes, the first few of many."""
    named = [f"“{label[:80]}”" for label in labels]
    more = ["…"] if len(named) > NAMED_AT_MOST else []
    return ", ".join(named[:NAMED_AT_MOST] + more)
