"""A plan of two hundred pages read for what it says, beside ten times one of twenty pages."""

from statistics import median
from time import process_time

from domain import plan_lines, plan_proposals, plans

TURNS, GOAL = 5, 1.2
LINES_A_PAGE = 42
HEAD = """UBND TỈNH HAI SÔNG
SỞ DU LỊCH
Số: 45/KH-SDL
Hai Sông, ngày 09 tháng 3 năm 2026

KẾ HOẠCH
Tổ chức Tuần lễ đọc sách năm 2026

Căn cứ Quyết định số 12/QĐ-UBND ngày 05/01/2026 của Ủy ban nhân dân tỉnh;
I. TỔ CHỨC THỰC HIỆN
"""
DUTY = """{place}. Ủy ban nhân dân xã số {place}
- Tổ chức tuyên truyền bằng pa nô, băng rôn tại nhà văn hóa các thôn; thống kê số lượt người
tham gia, báo cáo Sở Du lịch trước ngày {day:02d}/4/2026 để tổng hợp.
"""
FOOT = """
Nơi nhận:
- UBND tỉnh (b/c);
- Lưu: VT.
GIÁM ĐỐC
"""


def run() -> dict[str, object]:
    """Measure both in turn."""
    long, short = _text(200), _text(20)
    ours, reference = [], []
    for _turn in range(TURNS):
        ours.append(_seconds(long))
        reference.append(10 * _seconds(short))
    return {
        "bench": "plan",
        "ratio": round(median(ours) / median(reference), 3),
        "goal": GOAL,
        "ours": round(median(ours), 3),
        "reference": round(median(reference), 3),
        "unit": "s",
    }


def _text(pages: int) -> str:
    count = pages * LINES_A_PAGE // DUTY.count("\n")
    duties = (DUTY.format(place=one % 99 + 1, day=one % 30 + 1) for one in range(count))
    return HEAD + "".join(duties) + FOOT


def _seconds(text: str) -> float:
    start = process_time()
    lines = plan_lines.paragraphs(text)
    plan_proposals.of(plans.understand(lines), lines)
    return process_time() - start
