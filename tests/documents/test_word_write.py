"""Word files, value by value as Decree 30/2020/NĐ-CP lays documents out."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from documents import word_write
from documents.blocks import Blank, Block, HeadCell, Heading, Paragraph, Table
from documents.official import OfficialDocument, OfficialFrame
from tests.support import papers

FRAME = OfficialFrame(
    issuer="Sở Văn hóa, Thể thao và Du lịch",
    parent="UBND tỉnh Cao Bằng",
    place="Cao Bằng",
    symbol="BC-SVHTTDL",
    doc_type="Báo cáo",
    title="Kết quả phòng, chống ma tuý năm 2026",
    addressees=("Bộ Văn hóa", "Ủy ban nhân dân tỉnh"),
    recipients=("Như trên", "Giám đốc Sở", "Lưu: VT, QLVHGD"),
    signer_title="KT. Giám đốc\nPhó Giám đốc",
    signer="Nông Văn An",
)
LETTER = OfficialFrame(issuer="Sở Văn hóa", symbol="SVHTTDL-VP", title="V/v đôn đốc báo cáo",
                       addressees=("Bảo tàng tỉnh",))  # fmt: skip
CENTRE, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
SMALL = Table(((HeadCell("STT"), HeadCell("Nội dung"), HeadCell("Số lượng")),),
              (("1", "Tuyên truyền", 1200), ("2", "Hội nghị", "x")),
              frozenset({1}), frozenset({2}))  # fmt: skip
NARROW = Table(
    ((HeadCell("Nội dung"), *(HeadCell(text) for _part in range(2) for text in ("Số lượng", "Kinh phí")),
      HeadCell("Ghi chú")),),
    (("Băng rôn, khẩu hiệu", 6, 21_000_000, 9, 31_500_000, ""),),
)  # fmt: skip
WIDE = Table(
    (
        (HeadCell("Nội dung", 1, 2), *(HeadCell(f"Nhóm {one}", 2) for one in range(6))),
        tuple(HeadCell(text) for _group in range(6) for text in ("Kế hoạch", "Thực hiện")),
    ),
    tuple((f"Dòng {row}", *[Decimal(1234567)] * 12) for row in range(60)),
)


def opened(*body: Block, frame: OfficialFrame = FRAME) -> Any:
    return papers.written(OfficialDocument(frame, body))


def cell_lines(document: Any, row: int, column: int, table: int = 0) -> list[Any]:
    return [one for one in document.tables[table].cell(row, column).paragraphs if one.text]


def look(paragraph: Any) -> tuple[str, float, bool, bool]:
    run = paragraph.runs[0]
    return paragraph.text, papers.size_of(paragraph), bool(run.bold), bool(run.italic)


def find(document: Any, text: str) -> Any:
    return next(one for one in document.paragraphs if text in one.text)


def test_the_page_is_a4_with_the_margins_of_the_decree() -> None:
    (section,) = opened().sections
    sides = (section.page_width, section.page_height)
    assert [papers.millimetres(side) for side in sides] == [210, 297]
    edges = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [papers.millimetres(edge) for edge in edges] == [20, 20, 30, 15]
    assert section.orientation == WD_ORIENT.PORTRAIT


def test_every_style_in_use_is_black_times_new_roman() -> None:
    document = opened(Heading("Mục", 1), Paragraph("Lời"))
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3", "Header", "Footer"):
        style = document.styles[name]
        assert papers.font_of(style) == {"Times New Roman"}
        assert str(style.font.color.rgb) == "000000"
        assert style.font.size.pt == 14


def test_the_head_stands_in_two_columns() -> None:
    document = opened()
    head = document.tables[0]
    assert len(head.columns) == 2
    assert [look(one) for one in cell_lines(document, 0, 0)] == [
        ("UBND TỈNH CAO BẰNG", 12, False, False),
        ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", 12, True, False),
    ]
    assert [look(one) for one in cell_lines(document, 0, 1)] == [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, True, False),
        ("Độc lập - Tự do - Hạnh phúc", 13, True, False),
    ]
    assert look(cell_lines(document, 1, 0)[0]) == ("Số: ………/BC-SVHTTDL", 13, False, False)
    place = "Cao Bằng, ngày …… tháng …… năm ………"
    assert look(cell_lines(document, 1, 1)[0]) == (place, 13, False, True)
    lines = [one for row in head.rows for cell in row.cells for one in cell.paragraphs]
    assert {one.alignment for one in lines} == {CENTRE}


def test_lines_stand_below_the_issuer_and_the_motto() -> None:
    head = opened().tables[0]
    widths = []
    for column, room in ((0, 70.0), (1, 95.0)):
        line = head.cell(0, column).paragraphs[-1]
        assert line._p.pPr.find(qn("w:pBdr")).find(qn("w:top")).get(qn("w:val")) == "single"
        layout = line.paragraph_format
        widths.append(room - layout.left_indent.mm - layout.right_indent.mm)
    issuer, motto = widths
    assert 70 / 3 < issuer < 70 / 2
    assert 54 < motto < 57


def test_a_given_number_and_day_are_written_as_the_decree_says() -> None:
    frame = OfficialFrame("Sở", place="Cao Bằng", day=date(2026, 2, 5), number="7", symbol="BC-S")
    document = opened(frame=frame)
    assert cell_lines(document, 1, 0)[0].text == "Số: 07/BC-S"
    assert cell_lines(document, 1, 1)[0].text == "Cao Bằng, ngày 05 tháng 02 năm 2026"


def test_a_report_is_named_below_its_head() -> None:
    document = opened()
    name, title, line = document.paragraphs[:3]
    assert look(name) == ("BÁO CÁO", 14, True, False)
    assert look(title) == ("Kết quả phòng, chống ma tuý năm 2026", 14, True, False)
    assert {name.alignment, title.alignment} == {CENTRE}
    assert line._p.pPr.find(qn("w:pBdr")) is not None


def test_a_letter_says_its_subject_below_the_number() -> None:
    document = opened(frame=LETTER)
    number, subject = cell_lines(document, 1, 0)
    assert number.text == "Số: ………/SVHTTDL-VP"
    assert look(subject) == ("V/v đôn đốc báo cáo", 12, False, False)
    assert subject.paragraph_format.space_before.pt == 6
    assert find(document, "Kính gửi:").text == "Kính gửi: Bảo tàng tỉnh"


def test_several_addressees_have_lines_of_their_own() -> None:
    document = opened()
    assert look(find(document, "Kính gửi:")) == ("Kính gửi:", 14, False, False)
    assert find(document, "Bộ Văn hóa").text == "- Bộ Văn hóa;"
    assert find(document, "Ủy ban").text == "- Ủy ban nhân dân tỉnh."


def test_the_body_is_justified_with_gaps_and_indents() -> None:
    document = opened(Paragraph("Dòng một\nDòng hai", lead="1. Câu: "))
    first, second = find(document, "Dòng một"), find(document, "Dòng hai")
    assert first.text == "1. Câu: Dòng một"
    assert [bool(run.bold) for run in first.runs] == [True, False]
    for one in (first, second):
        assert one.alignment == JUSTIFY
        assert papers.millimetres(one.paragraph_format.first_line_indent) == 10
        assert papers.size_of(one) == 14
    normal = document.styles["Normal"].paragraph_format
    assert (normal.space_after.pt, normal.line_spacing) == (6, 1.0)


def test_headings_are_bold_and_the_first_level_in_capitals() -> None:
    document = opened(Heading("I. Kết quả", 1), Heading("1. Tuyên truyền", 2), Heading("Nhỏ", 7))
    found = [(one.text, one.style.name) for one in document.paragraphs if "Heading" in one.style.name]
    assert found == [("I. KẾT QUẢ", "Heading 1"), ("1. Tuyên truyền", "Heading 2"), ("Nhỏ", "Heading 3")]
    for _text, name in found:
        assert document.styles[name].font.bold
        assert document.styles[name].paragraph_format.keep_with_next


def test_the_end_names_recipients_and_signer() -> None:
    document = opened()
    words, *recipients = cell_lines(document, 0, 0, table=-1)
    assert look(words) == ("Nơi nhận:", 12, True, True)
    assert [look(one) for one in recipients] == [
        ("- Như trên;", 11, False, False),
        ("- Giám đốc Sở;", 11, False, False),
        ("- Lưu: VT, QLVHGD.", 11, False, False),
    ]
    assert [look(one) for one in cell_lines(document, 0, 1, table=-1)] == [
        ("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", 14, True, False),
        ("Nông Văn An", 14, True, False),
    ]


def test_pages_are_numbered_from_the_second_in_the_middle_of_the_top() -> None:
    (section,) = opened().sections
    assert section.different_first_page_header_footer
    (number,) = section.header.paragraphs
    assert number.alignment == CENTRE
    instructions = [one.text for one in number._p.iter(qn("w:instrText"))]
    assert instructions == ["PAGE"]
    assert {run.font.size.pt for run in number.runs} == {14}
    assert not section.first_page_header.paragraphs[0].text


def test_a_wide_table_lies_on_its_side_with_what_leads_to_it() -> None:
    document = opened(Paragraph("Trước"), Heading("Bảng lớn", 2), WIDE, Paragraph("Sau"))
    first, wide, last = document.sections
    assert [one.orientation for one in (first, wide, last)] == [
        WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT,
    ]  # fmt: skip
    assert (papers.millimetres(wide.page_width), papers.millimetres(wide.page_height)) == (297, 210)
    assert papers.millimetres(wide.left_margin) == 30
    assert not wide.different_first_page_header_footer
    order = papers.texts(document)
    places = [order.index(text) for text in ("Trước", "Bảng lớn", "Nhóm 0", "Dòng 59", "Sau")]
    assert places == sorted(places)


def test_heads_of_tables_repeat_and_rows_stay_whole() -> None:
    table = opened(WIDE).tables[1]
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert heads == [True, True] + [False] * 60
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert table.cell(0, 0)._tc is table.cell(1, 0)._tc
    assert table.cell(0, 1)._tc is table.cell(0, 2)._tc
    assert [table.cell(1, column).text for column in (1, 2)] == ["Kế hoạch", "Thực hiện"]


def test_figures_stand_on_the_right_as_the_office_writes_them() -> None:
    table = opened(SMALL).tables[1]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["STT", "Nội dung", "Số lượng"], ["1", "Tuyên truyền", "1.200"], ["2", "Hội nghị", "x"],
    ]  # fmt: skip
    sides = [cell.paragraphs[0].alignment for cell in table.columns[2].cells]
    assert sides == [CENTRE, WD_ALIGN_PARAGRAPH.RIGHT, CENTRE]
    bold = [bool(row.cells[1].paragraphs[0].runs[0].bold) for row in table.rows]
    assert bold == [True, False, True]
    assert round(sum(column.width.mm for column in table.columns)) == 165


def test_blank_lines_are_dots_up_to_the_margin() -> None:
    document = opened(Blank(2, lead="Họ tên: ", after="%"))
    first, second = [one for one in document.paragraphs if "\t" in one.text]
    assert (first.text, second.text) == ("Họ tên: \t", "\t %")
    for one in (first, second):
        (stop,) = one.paragraph_format.tab_stops
        assert (papers.millimetres(stop.position), stop.leader.name) == (165, "DOTS")


@pytest.mark.parametrize(
    "text", ["=1+1", "{ PAGE }", "<w:br/>", "a & b < c", "MERGEFIELD x", "  hai  cách ", "‘’“”…–"]
)
def test_what_people_wrote_stays_as_it_is(text: str) -> None:
    document = opened(Paragraph(text), Table(((HeadCell(text),),), ((text,),)))
    assert text in [one.text for one in document.paragraphs]
    assert [row.cells[0].text for row in document.tables[1].rows] == [text, text]
    assert not list(document.element.body.iter(qn("w:instrText")))


def test_control_characters_are_left_out() -> None:
    table = Table(((HeadCell("\x07g"),),), (("h\x01",),))
    document = opened(Paragraph("a\x00b\x1f\ud800c\x0bd\r\ne"), table)
    lines = [one.text for one in document.paragraphs if one.text[:1] in {"a", "b", "c", "d", "e"}]
    assert lines == ["abc", "d", "e"]
    assert [row.cells[0].text for row in document.tables[1].rows] == ["g", "h"]


def test_the_file_says_nothing_of_the_library(tmp_path: Path) -> None:
    target = tmp_path / "paper.docx"
    word_write.write(OfficialDocument(FRAME), target)
    about = papers.read(target.read_bytes()).core_properties
    assert about.author == "Sở Văn hóa, Thể thao và Du lịch"
    assert about.title == "Báo cáo Kết quả phòng, chống ma tuý năm 2026"
    assert "python" not in f"{about.comments}{about.last_modified_by}{about.keywords}"


def test_libreoffice_prints_the_parts_in_order(tmp_path: Path) -> None:
    file = BytesIO()
    body = (
        Heading("I. Kết quả", 1), Paragraph("Lời đầu"), NARROW, WIDE, Paragraph("Lời cuối./."),
    )  # fmt: skip
    word_write.write(OfficialDocument(FRAME, body), file)
    first, *others = papers.pages(file.getvalue(), tmp_path)
    order = ["UBND TỈNH CAO BẰNG", "Độc lập - Tự do - Hạnh phúc", "Số: ………/BC-SVHTTDL", "BÁO CÁO",
             "Kính gửi:", "I. KẾT QUẢ", "Lời đầu"]  # fmt: skip
    places = [first.index(text) for text in order]
    assert places == sorted(places)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in first
    assert first.count("lượng") == 2
    assert first.lstrip()[0] != "1"
    assert [page.split()[0] for page in others] == [str(number) for number in range(2, 2 + len(others))]
    wide = [page for page in others if "1.234.567" in page]
    assert len(wide) > 1
    assert all("Kế hoạch" in page and "Nhóm 0" in page for page in wide)
    assert "Nơi nhận:" in others[-1]
    assert "Nông Văn An" in others[-1]
