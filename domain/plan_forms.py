"""The questions that a group's duties ask for: what was done, how much of it, and what shows it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain import plan_bodies, plan_duties, plan_lines

#: The kinds of proposed questions, and the question type that each becomes.
KINDS = {"narrative": "long_text", "figure": "integer", "money": "money", "evidence": "evidence"}
RESULTS = "Kết quả thực hiện nhiệm vụ được giao"
CLOSING = "Đánh giá chung"
CLOSING_QUESTIONS = (
    "Kết quả nổi bật, cách làm hay",
    "Khó khăn, vướng mắc và nguyên nhân",
    "Kiến nghị, đề xuất",
)
FORM_TITLE = "Báo cáo kết quả thực hiện"
#: What duties count: the words, the label, and the measuring unit.
COUNTED = (
    (r"pa\s?nô", "Số pa nô", "tấm"),
    (r"băng\s?[rz]ôn", "Số băng rôn", "chiếc"),
    (r"khẩu\s+hiệu", "Số khẩu hiệu", "khẩu hiệu"),
    (r"áp\s?phích", "Số áp phích", "tờ"),
    (r"tờ\s+(?:rơi|gấp)", "Số tờ rơi, tờ gấp", "tờ"),
    (r"cờ\s+phướn|(?:treo|cắm)\s+cờ", "Số cờ, phướn", "chiếc"),
    (r"biển\s+(?:báo|cảnh\s+báo)", "Số biển báo", "biển"),
    (r"tin,?\s*bài|tin\s+và\s+bài|đưa\s+tin|đăng\s+tin|bài\s+viết", "Số tin, bài", "tin, bài"),
    (r"phóng\s+sự", "Số phóng sự", "phóng sự"),
    (r"chuyên\s+(?:mục|trang)", "Số chuyên mục, chuyên trang", "chuyên mục"),
    (r"video|clip", "Số video, clip", "video"),
    (r"buổi\s+(?:biểu\s+diễn|tuyên\s+truyền|chiếu|nói\s+chuyện|đối\s+thoại|sinh\s+hoạt|truyền\s+thông)",
     "Số buổi", "buổi"),
    (r"(?:mở|tổ\s+chức)\s+(?:các\s+|\d+\s+)?(?:lớp|khóa|khoá)|lớp\s+(?:tập\s+huấn|dạy|chuyên)|tập\s+huấn",
     "Số lớp tập huấn, bồi dưỡng", "lớp"),
    (r"hội\s+(?:thi|diễn)|cuộc\s+thi|kể\s+chuyện", "Số hội thi, hội diễn, cuộc thi", "cuộc"),
    (r"hội\s+(?:nghị|thảo)|tọa\s+đàm|toạ\s+đàm|diễn\s+đàn", "Số hội nghị, hội thảo, diễn đàn", "cuộc"),
    (r"kiểm\s+tra|thanh\s+tra", "Số cuộc kiểm tra", "cuộc"),
    (r"trưng\s+bày|triển\s+lãm", "Số cuộc trưng bày, triển lãm", "cuộc"),
    (r"mô\s+hình", "Số mô hình", "mô hình"),
    (r"công\s+trình\s+thanh\s+niên", "Số công trình thanh niên", "công trình"),
    (r"hiện\s+vật", "Số hiện vật", "hiện vật"),
    (r"đầu\s+sách", "Số đầu sách", "đầu sách"),
    (r"ký\s+(?:bản\s+)?cam\s+kết", "Số bản cam kết đã ký", "bản"),
)  # fmt: skip
MONEY = re.compile(r"kinh\s+phí|dự\s+toán|quyết\s+toán|thanh\s+toán", re.IGNORECASE)
MONEY_LABEL = "Kinh phí thực hiện"
MONEY_MEASURE = "đồng"
#: "số lượt người đọc", "số trẻ em biết bơi": a figure that the duty names itself.
NUMBER_OF = re.compile(
    r"\b(?:số\s+lượng|số)\s+(?!liệu|hóa|hoá|đông|nhiều|ít|điện|hiệu|\d|lượng\b)(?P<what>\w+(?:\s+(?!số\b|và\b)\w+){0,5})",
    re.IGNORECASE,
)
NUMBER_ENDS = re.compile(
    r"\s(?:của|về|tại|trên|trong|được|theo|để|gửi|trước|từng|và|vào|qua|đã)\s.*$|"
    r"\s(?:của|về|tại|trên|trong|và)$", re.IGNORECASE,
)
NUMBER_LABEL = "Số"
PRODUCTS = re.compile(
    r"(?P<what>clip|video|phóng\s+sự|(?:hình\s+)?ảnh|kịch\s+bản|đề\s+cương|danh\s+(?:sách|mục)|tài\s+liệu|"
    r"phương\s+án|hồ\s+sơ|bộ\s+câu\s+hỏi|tờ\s+(?:rơi|gấp)|pa\s?nô|băng\s?[rz]ôn|áp\s?phích|bản\s+cam\s+kết|"
    r"(?:xây\s+dựng|ban\s+hành)\s+(?:\w+\s+){0,2}(?P<plan>kế\s+hoạch|quy\s+chế|văn\s+bản))",
    re.IGNORECASE,
)
EVIDENCE_LABEL = "Tệp, ảnh minh chứng"
SENTENCE = re.compile(r"(?<=[.;])\s")
LONGEST_LABEL, LONGEST_HINT, LONGEST_TITLE = 180, 900, 300
MOST_DUTIES, MOST_FIGURES = 40, 6
#: To report is what the whole form does, and no question of its own.
ONLY_REPORTS = re.compile(
    r"^(?:định kỳ\s[^,.;]{0,40})?(?:tổng hợp(?: kết quả)?,?\s+)?(?:gửi |nộp )?báo cáo\b(?! số)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A proposed question, and the paragraph that it comes from."""

    kind: str
    label: str
    source: str
    hint: str = ""
    measure: str = ""


def questions(group: str, duties: Sequence[str]) -> list[Asked]:
    """Return the questions for a group's duties: results, figures, and evidence of products."""
    found: list[Asked] = []
    labels: set[str] = set()
    for duty in duties[:MOST_DUTIES]:
        text = _plain(duty, group)
        told = [] if ONLY_REPORTS.match(text) else [_narrative(text, duty)]
        for one in [*told, *_figures(text, duty), *_evidence(text, duty)]:
            if one.kind == "narrative" or one.label.casefold() not in labels:
                found.append(one)
                labels.add(one.label.casefold())
    return found


def title_of(group: str) -> str:
    """Return the title of the form for a group."""
    return f"{FORM_TITLE} ({group})"[:LONGEST_TITLE]


def _narrative(text: str, duty: str) -> Asked:
    first = SENTENCE.split(text)[0].rstrip(" .;:/")
    label = first if len(first) <= LONGEST_LABEL else first[:LONGEST_LABEL].rsplit(" ", 1)[0] + "…"
    label = label[:1].upper() + label[1:]
    longer = len(text.rstrip(" .;:/")) > len(label.rstrip("…"))
    return Asked("narrative", label, duty, hint=text[:LONGEST_HINT] if longer else "")


def _figures(text: str, duty: str) -> list[Asked]:
    found = []
    for one in NUMBER_OF.finditer(text):
        what = NUMBER_ENDS.sub("", one["what"] + " ").strip()
        if what:
            found.append(Asked("figure", f"{NUMBER_LABEL} {what}", duty))
    named = " ".join(one.label.casefold() for one in found)
    for words, label, measure in COUNTED:
        met = re.search(words, text, re.IGNORECASE)
        if met and met[0].casefold() not in named:
            found.append(Asked("figure", label, duty, measure=measure))
    if MONEY.search(text):
        found.append(Asked("money", MONEY_LABEL, duty, measure=MONEY_MEASURE))
    return found[:MOST_FIGURES]


def _evidence(text: str, duty: str) -> list[Asked]:
    met = (one["plan"] or one["what"] for one in PRODUCTS.finditer(text))
    named = [" ".join(one.casefold().split()) for one in met]
    if not named:
        return []
    return [Asked("evidence", f"{EVIDENCE_LABEL}: {', '.join(dict.fromkeys(named))}", duty)]


def _plain(duty: str, group: str) -> str:
    """Return a duty without its mark, and without the name of whom it is given to."""
    text = plan_lines.SPACES.sub(" ", plan_duties.mark_of(duty)[1]).strip()
    who, does = plan_bodies.parted(text)
    return does if does and who.casefold() == group.casefold() else text
