"""Plans, letters and decisions of our own are understood; damaged text never raises anything."""

import sys
import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import plan_lines, plan_proposals, plan_recipients, plan_score, plans
from domain.plans import Plan
from tests.support.plans import (
    DECISION,
    LETTER,
    PARTY_PLAN,
    STATE_PLAN,
    facts_of,
    facts_of_all,
    text_of,
)  # fmt: skip

ALL = (STATE_PLAN, PARTY_PLAN, LETTER, DECISION)


def read(text: str) -> Plan:
    return plans.understand(plan_lines.paragraphs(text))


def groups(plan: Plan) -> dict[str, int]:
    return {one.group: len(one.told) for one in plan.duties}


def test_a_plan_of_the_state() -> None:
    plan = read(STATE_PLAN)
    head = plan.head
    assert (head.doc_type, head.number_symbol) == ("Kế hoạch", "45/KH-SDL")
    assert head.place == "Hai Sông"
    assert (head.issue_date, head.issue_date_partial) == (date(2026, 3, 9), "")
    assert (head.parent_body, head.issuer) == ("UBND TỈNH HAI SÔNG", "SỞ DU LỊCH")
    assert head.title == "Tổ chức Tuần lễ đọc sách và giới thiệu sản phẩm làng nghề năm 2026"
    assert plan.basis == [("12/QĐ-UBND", "2026-01-05"), ("08-NQ/TU", "2025-12-20")]
    (due,) = plan.deadlines
    assert (due.kind, due.date, due.to) == ("report", "2026-04-30", "Sở Du lịch")
    assert plan.recipients == [
        "UBND tỉnh (b/c)", "Như mục II (t/h)", "Đài Truyền hình (để biết)", "Lưu: VT, VP",
    ]  # fmt: skip
    assert [plan_recipients.role_of(one) for one in plan.recipients] == [
        "report", "execute", "inform", "archive",
    ]  # fmt: skip
    assert groups(plan) == {
        "Thư viện tỉnh": 2, "Phòng Văn hóa - Xã hội các xã, phường": 3, "Văn phòng Sở": 1,
    }  # fmt: skip
    assert plan.signer_role == "KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC"


def test_a_plan_of_the_party_with_its_own_number_and_a_blank_day() -> None:
    plan = read(PARTY_PLAN)
    head = plan.head
    assert head.number_symbol == "17-KH/BTG"
    assert (head.issue_date, head.issue_date_partial) == (None, "2026-06")
    assert (head.parent_body, head.issuer) == ("TỈNH ỦY HAI SÔNG", "BAN TUYÊN GIÁO")
    assert head.title == "học tập chuyên đề quý III năm 2026"
    assert {(one.type, one.period or one.rule) for one in plan.deadlines} == {
        ("period", "2026-07"), ("recurrence", "quarterly, no day given"),
    }  # fmt: skip
    assert plan.recipients == ["Thường trực Tỉnh ủy (để b/c)", "Các chi bộ", "Lưu VP"]


def test_a_letter_with_a_blank_number_and_recipients_on_one_line() -> None:
    plan = read(LETTER)
    head = plan.head
    assert (head.doc_type, head.number_symbol) == ("Công văn", "/NV")
    assert head.title == "rà soát, thống kê đội ngũ cán bộ không chuyên trách"
    assert (head.parent_body, head.issuer) == ("UBND HUYỆN NÚI XA", "PHÒNG NỘI VỤ")
    assert plan.addressees == ["Ủy ban nhân dân các xã", "Trạm Y tế"]
    assert [one.date for one in plan.deadlines if one.kind == "report"] == ["2026-02-15"]
    assert plan.recipients == ["Như trên", "Thường trực Huyện ủy (b/c)", "Lưu: VT"]
    assert groups(plan) == {"Ủy ban nhân dân các xã": 2}


def test_a_decision_whose_parts_stand_in_cells_of_tables() -> None:
    plan = read(DECISION)
    head = plan.head
    assert (head.doc_type, head.number_symbol) == ("Quyết định", "07/QĐ-UBND")
    assert (head.issuer, head.issue_date) == ("ỦY BAN NHÂN DÂN XÃ SUỐI DÀI", date(2026, 5, 5))
    assert head.title == "VỀ VIỆC BAN HÀNH KẾ HOẠCH TRỒNG CÂY"
    assert groups(plan) == {"Trưởng các thôn": 2}
    assert [one.rule for one in plan.deadlines] == ["monthly: 25"]
    assert plan.recipients == ["Như Điều 2", "Đảng ủy xã; (báo cáo)", "Lưu: VT"]
    assert plan.signer_role == "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH"


@pytest.mark.parametrize("text", ALL)
def test_decomposed_letters_and_broken_spaces_change_nothing(text: str) -> None:
    odd = unicodedata.normalize("NFD", text).replace(" năm ", "\u00a0năm ")
    assert read(odd) == read(text)


def test_damage_is_told_from_a_sound_text() -> None:
    lines = plan_lines.paragraphs(STATE_PLAN)
    assert plans.damage(lines) == ""
    bare = "".join(one for one in unicodedata.normalize("NFD", STATE_PLAN) if one.isascii())
    assert plans.damage(plan_lines.paragraphs(bare)) == "damaged"
    assert plans.damage(["Tr\u00adêng ®¹i häc v¨n ho¸ c«ng t¸c n¨m häc míi ®¬n vÞ"] * 5) == "legacy"
    assert plans.damage(["Số: 12"]) == "empty"


DAMAGES = st.sampled_from(
    ("cut", "double", "shuffle", "", "|", "Số:", "ngày 99/99/9999", "trước ngày 31/02")
)


@given(
    text=st.sampled_from(ALL),
    damages=st.lists(st.tuples(DAMAGES, st.integers(0, 10_000)), max_size=30),
)
@settings(max_examples=150, deadline=None)
def test_cut_doubled_and_shuffled_text_never_raises(text: str, damages: list[tuple[str, int]]) -> None:
    lines = text.split("\n")
    for damage, number in damages:
        place = number % len(lines)
        line = lines[place]
        if damage == "cut":
            lines[place] = line[: number % (len(line) + 1)]
        elif damage == "double":
            lines.insert(number * 7 % len(lines), line)
        elif damage == "shuffle":
            lines[place] = " ".join(sorted(line.split()))
        else:
            lines[place] = damage * (1 + number % 40)
    plan = read("\n".join(lines))
    assert isinstance(plan, Plan)
    assert len(plan.recipients) <= plan_recipients.MOST


def test_long_texts_are_read_in_bounded_steps() -> None:
    again = "- Việc cần làm trước ngày 01/6/2026, " * 8_000
    plan = read(STATE_PLAN.replace("III. CHẾ ĐỘ", f"{again}\nIII. CHẾ ĐỘ"))
    assert plan.head.number_symbol == "45/KH-SDL"
    assert plan.deadlines[-1].date == "2026-04-30"


DUTY = "- Treo băng rôn tại thôn {place}; báo cáo Sở Du lịch trước ngày 05/4/2026 để tổng hợp.\n"


def steps(pages: int) -> int:
    """Return how many calls it takes to read and propose from a plan of so many pages."""
    duties = "".join(DUTY.format(place=one) for one in range(pages * 40))
    text = STATE_PLAN.replace("2. Phòng Văn hóa", f"{duties}2. Phòng Văn hóa")
    made = 0

    def count(_frame: object, _event: str, _argument: object) -> None:
        nonlocal made
        made += 1

    sys.setprofile(count)
    lines = plan_lines.paragraphs(text)
    plan_proposals.of(plans.understand(lines), lines)
    sys.setprofile(None)
    return made


def test_the_work_grows_as_the_text_does() -> None:
    assert steps(40) < 4.4 * steps(10)


@pytest.mark.parametrize(
    "hostile",
    [
        "trước ngày " * 3000, "1." * 20_000, "a" * 200_000, " " * 100_000 + ".", "- " * 20_000,
        "Căn cứ Quyết định số " * 3000, "giao Sở " * 5000, "số " * 20_000, "(" * 20_000, "|" * 20_000,
        "Nơi nhận: " * 5000, "Sở, " * 10_000 + "chủ trì", "I. " * 10_000, "Số: " + "/-" * 10_000,
        "ngày 1 tháng 1 " * 5000, "và Phòng " * 5000, "\u0323" * 50_000,
    ],
)  # fmt: skip
def test_hostile_lines_are_read_through(hostile: str) -> None:
    text = STATE_PLAN.replace("II. TỔ CHỨC", f"{hostile}\nII. TỔ CHỨC") + hostile
    lines = plan_lines.paragraphs(text)
    assert plan_proposals.of(plans.understand(lines), lines)["fields"]["number"]["value"] == "45"
    assert plan_lines.paragraphs(hostile) is not None


def test_the_score_counts_what_is_right_said_and_expected() -> None:
    scores: dict[str, plan_score.Score] = {}
    facts = {
        "number_symbol": "45/kh-sdl", "issue_date": "2026-03-09", "title": "Một tên khác",
        "recipients": ["UBND tỉnh (b/c)", "Ai đó"],
        "deadlines": [{"type": "date", "date": "2026-04-30", "kind": "report"}],
        "duties_by_group": {"Thư viện tỉnh": 2},
    }  # fmt: skip
    plan_score.add(scores, read(STATE_PLAN), facts)
    assert (scores["number_symbol"].precision, scores["number_symbol"].recall) == (1, 1)
    assert (scores["title"].precision, scores["title"].recall) == (0, 0)
    assert (scores["recipients"].precision, scores["recipients"].recall) == (0.25, 0.5)
    assert (scores["deadlines"].right, scores["duties"].said) == (1, 3)


@pytest.mark.parametrize("name", facts_of_all())
def test_a_document_says_what_was_read_in_it_by_hand(name: str) -> None:
    scores: dict[str, plan_score.Score] = {}
    facts = facts_of(name)
    plan = read(text_of(name))
    plan_score.add(scores, plan, facts)
    found = {field: (one.precision, one.recall) for field, one in scores.items()}
    assert found == dict.fromkeys(scores, (1, 1))
    assert groups(plan) == facts["duties_by_group"]
