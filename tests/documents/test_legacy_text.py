"""Old fonts are known by their names or by the bytes of a text, and become Unicode."""

import pytest

from documents.legacy_text import Encoding, converted, guessed, of_font

TCVN3 = "§iÒu 1. Tr\u00adêng ®¹i häc v¨n ho¸ c«ng t¸c n¨m häc míi, ®¬n vÞ kÕ ho¹ch tæ chøc ë x·"
VNI = "Xin chaøo caùc baïn, Uyû ban nhaân daân tænh; Sôû Vaên hoùa, ñôn vò phoái hôïp, xaõ hoäi, ÑIEÀU"


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", Encoding.TCVN3), ("ABCDEE+.VnArialH", Encoding.TCVN3), ("VnTime", Encoding.TCVN3),
        ("VNI-Times", Encoding.VNI), ("XYZABC+VNI-Helve", Encoding.VNI),
        ("Times New Roman", None), ("Vnu Sans Unicode"[4:], None), ("", None),
    ],
)  # fmt: skip
def test_a_font_is_known_by_its_name(font: str, encoding: Encoding | None) -> None:
    assert of_font(font) == encoding


def test_texts_are_known_by_their_signs() -> None:
    assert guessed(TCVN3) == Encoding.TCVN3
    assert guessed(VNI) == Encoding.VNI
    assert guessed("Trường đại học văn hóa, công tác năm học mới, đơn vị kế hoạch") is None
    assert guessed("A plain text with a naïve café © 2026") is None
    assert guessed("") is None


def test_they_become_unicode() -> None:
    assert converted(TCVN3, Encoding.TCVN3) == (
        "Điều 1. Trường đại học văn hoá công tác năm học mới, đơn vị kế hoạch tổ chức ở xã"
    )
    assert converted(VNI, Encoding.VNI) == (
        "Xin chào các bạn, Uỷ ban nhân dân tỉnh; Sở Văn hóa, đơn vị phối hợp, xã hội, ĐIỀU"
    )


def test_a_font_of_capitals_writes_capitals() -> None:
    assert converted("kÕ ho¹ch", Encoding.TCVN3, ".VnTimeH") == "KẾ HOẠCH"
    assert converted("kÕ ho¹ch", Encoding.TCVN3, ".VnTime") == "kế hoạch"
