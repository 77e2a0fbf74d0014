"""From an uploaded plan to a drafted task: read, checked, made once, and nothing published."""

import io
from datetime import UTC, datetime

import pytest
from flask import Flask

from core.errors import ConflictError, InvalidError
from core.extensions import db
from core.permissions import Role
from documents.legacy_text import Encoding
from domain import builder, files, plan_drafts, plan_matching
from domain.plan_drafts import ChosenForm, ChosenQuestion
from models import AuditEntry, Form, PlanDraft, UnitAlias
from tests.factories import actor_for, make_group, make_person, make_unit
from tests.support.old_fonts import in_old_font
from tests.support.plan_files import as_pdf, as_word
from tests.support.plans import PARTY_PLAN, STATE_PLAN, text_of

# Reading takes a process of its own, and keeping the draft nothing that engines differ in.
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


def begun(content: bytes | str, name: str = "ke-hoach.txt") -> PlanDraft:
    sent = content.encode() if isinstance(content, str) else content
    return plan_drafts.begin(None, io.BytesIO(sent), name)


def test_a_plan_proposes_fields_deadline_and_a_form_for_each_group(app: Flask) -> None:
    draft = begun(STATE_PLAN)
    fields = {name: one["value"] for name, one in draft.proposals["fields"].items()}
    assert fields == {
        "doc_type": "Kế hoạch", "number": "45", "symbol": "KH-SDL", "issuer": "SỞ DU LỊCH",
        "title": "Tổ chức Tuần lễ đọc sách và giới thiệu sản phẩm làng nghề năm 2026",
        "issued_on": "2026-03-09",
        "legal_basis": (
            "Quyết định số 12/QĐ-UBND ngày 05/01/2026 của Ủy ban nhân dân tỉnh về công tác năm\n"
            "Nghị quyết số 08-NQ/TU ngày 20 tháng 12 năm 2025 của Ban Thường vụ Tỉnh ủy"
        ),
    }  # fmt: skip
    (due,) = plan_drafts.deadlines_of(draft)
    assert (str(due["day"]), str(due["before"])) == ("2026-04-30", "2026-04-29")
    assert draft.proposals["due"] == 0
    assert [one["name"] for one in draft.proposals["groups"]] == [
        "Thư viện tỉnh", "Phòng Văn hóa - Xã hội các xã, phường", "Văn phòng Sở",
    ]  # fmt: skip


def test_every_proposal_stands_beside_its_paragraph(app: Flask) -> None:
    draft = begun(STATE_PLAN)
    fields = draft.proposals["fields"]
    for name, words in (("title", "Tuần lễ"), ("symbol", "45/KH-SDL"), ("issued_on", "ngày 09 tháng 3"),
                        ("issuer", "SỞ DU LỊCH"), ("legal_basis", "12/QĐ-UBND")):  # fmt: skip
        assert words in draft.lines[fields[name]["line"]], name
    assert "30/4/2026" in draft.lines[draft.proposals["deadlines"][0]["line"]]
    for group in draft.proposals["groups"]:
        assert group["name"] in draft.lines[group["line"]]
        for asked in group["questions"]:
            assert draft.lines[asked["line"]]
            assert asked["kind"] != "narrative" or asked["label"][1:20] in draft.lines[asked["line"]]


def test_a_number_of_the_party_is_parted_where_the_page_joins_it_again(app: Flask) -> None:
    fields = begun(PARTY_PLAN).proposals["fields"]
    assert (fields["number"]["value"], fields["symbol"]["value"]) == ("17-KH", "BTG")


def test_the_deadline_due_at_the_issuer_is_the_units_own(app: Flask) -> None:
    proposals = begun(text_of("kh-xa")).proposals
    dates = [one["date"] for one in proposals["deadlines"]]
    assert dates == ["2026-11-25", "2026-11-20"]


def test_without_duties_those_who_carry_the_plan_out_get_the_forms(app: Flask) -> None:
    text = STATE_PLAN[: STATE_PLAN.index("II. TỔ CHỨC")] + STATE_PLAN[STATE_PLAN.index("Nơi nhận") :]
    groups = begun(text.replace("- Như mục II (t/h);", "- Các xã, phường;")).proposals["groups"]
    assert [one["name"] for one in groups] == ["Các xã, phường"]


def test_the_task_is_a_draft_with_file_forms_and_units(app: Flask) -> None:
    secretary = actor_for(make_person(Role.SECRETARIAT))
    group, unit = make_group(make_unit("Xã Một"), name="Các xã"), make_unit("Thư viện tỉnh")
    draft = plan_drafts.begin(secretary, io.BytesIO(STATE_PLAN.encode()), "Kế hoạch.txt")
    due_at = datetime(2036, 4, 29, 16, 59, 59, tzinfo=UTC)
    task = plan_drafts.make_task(
        secretary, draft, title="Tuần lễ đọc sách", due_at=due_at,
        chosen=[
            ChosenForm("Các xã", "Biểu xã", groups=[group],
                       questions=[ChosenQuestion("figure", "Số băng rôn", measure="chiếc"),
                                  ChosenQuestion("evidence", "Ảnh")]),
            ChosenForm("Thư viện tỉnh", "Biểu thư viện", units=[unit]),
        ],
    )  # fmt: skip
    assert (task.rounds[0].due_at, task.rounds[0].published_at) == (due_at, None)
    with files.open_stored(task.files[0].file) as kept:
        assert kept.read() == STATE_PLAN.encode()
    first, second = task.forms
    assert [one.title for one in (first, second)] == ["Biểu xã", "Biểu thư viện"]
    assert (first.targets[0].group, second.targets[0].unit) == (group, unit)
    asked = [
        (section.title, [(one.type, one.label, one.measure) for one in builder.questions_of(section)])
        for section in builder.sections_of(first)
    ]
    assert asked[0] == (
        "Kết quả thực hiện nhiệm vụ được giao",
        [("integer", "Số băng rôn", "chiếc"), ("evidence", "Ảnh", "")],
    )
    assert [label for _type, label, _measure in asked[1][1]] == [
        "Kết quả nổi bật, cách làm hay", "Khó khăn, vướng mắc và nguyên nhân", "Kiến nghị, đề xuất",
    ]  # fmt: skip
    assert plan_drafts.open_drafts(secretary) == []
    with pytest.raises(ConflictError):
        plan_drafts.make_task(secretary, draft, title="Lần nữa", chosen=[])
    actions = {one.action for one in db.session.query(AuditEntry)}
    assert {"plan.read", "plan.task_made", "task.created", "task_file.added"} <= actions


def test_whom_a_name_means_is_learnt_only_where_it_was_corrected(app: Flask) -> None:
    group = make_group(make_unit("Xã Một"), name="Các xã")
    right = ChosenForm("Các xã", "Một", groups=[group])
    wrong = ChosenForm("Khối cơ sở", "Hai", groups=[group])
    nobody = ChosenForm("Công an tỉnh", "Ba")
    plan_drafts.make_task(None, begun(STATE_PLAN), title="x", chosen=[right, wrong, nobody])
    assert [one.name for one in db.session.query(UnitAlias)] == ["Khối cơ sở"]
    found = plan_matching.match("các khối cơ sở", plan_matching.names())
    assert found.group_ids == [group.id]


@pytest.mark.parametrize("encoding", list(Encoding))
def test_old_fonts_are_made_unicode_only_when_that_is_agreed_to(app: Flask, encoding: Encoding) -> None:
    draft = begun(in_old_font(text_of("kh-xa"), encoding).encode())
    assert (draft.reason, draft.encoding, draft.proposals) == ("legacy", encoding, {})
    assert plan_drafts.sentence_of(draft) == "Văn bản dùng phông chữ cũ, chưa phải Unicode."
    shown = [after for _before, after in plan_drafts.sample(draft)]
    assert "Tổ chức Ngày hội Đại đoàn kết toàn dân" in shown
    plan_drafts.convert(None, draft)
    assert (draft.reason, draft.encoding) == ("", "")
    assert len(draft.proposals["groups"]) == 6


@pytest.mark.parametrize(
    ("encoding", "font"), [(Encoding.TCVN3, ".VnTime"), (Encoding.VNI, "VNI-Times")]
)
def test_old_fonts_of_a_word_file_are_known_by_name(app: Flask, encoding: Encoding, font: str) -> None:
    old = in_old_font(text_of("cv-dinh-ky"), encoding)
    draft = begun(as_word(old, font=font), "cv.docx")
    assert (draft.reason, draft.encoding) == ("legacy", encoding)
    plan_drafts.convert(None, draft)
    assert draft.proposals["fields"]["symbol"]["value"] == "CDS-TH"


@pytest.mark.parametrize(
    ("content", "reason", "said"),
    [
        ("Trng ph th cng ho x hi ch ngha vit nam nm hoc moi kinh gui " * 8, "damaged", "mất dấu"),
        ("T H N G T K H O C H N M " * 20, "damaged", "mất dấu"),
        ("Số: 12", "empty", "quá ít chữ"),
        (as_pdf("\n\n"), "scan", "ảnh chụp"),
    ],
)
def test_what_can_t_be_trusted_proposes_nothing_and_says_why(
    app: Flask, content: str | bytes, reason: str, said: str
) -> None:
    draft = begun(content, "x.pdf" if isinstance(content, bytes) else "x.txt")
    assert (draft.reason, draft.proposals) == (reason, {})
    assert said in plan_drafts.sentence_of(draft)
    task = plan_drafts.make_task(None, draft, title="Nhập bằng tay", chosen=[])
    assert (len(task.files), task.forms) == (1, [])


def test_a_file_that_is_no_document_is_not_kept(app: Flask) -> None:
    with pytest.raises(InvalidError, match="Không nhận loại tệp"):
        begun(b"\x7fELF" + bytes(range(256)) * 4, "a.exe")
    assert db.session.query(PlanDraft).count() == 0
    assert db.session.query(Form).count() == 0
