"""Text of the fonts before Unicode, TCVN3 (.VnTime …) and VNI: known by font or bytes, made Unicode."""

import re
from enum import StrEnum


class Encoding(StrEnum):
    """An encoding of old fonts; the stored value never changes."""

    TCVN3 = "tcvn3"
    VNI = "vni"


NAMES = {Encoding.TCVN3: "TCVN3 (ABC)", Encoding.VNI: "VNI"}
FONTS = {
    Encoding.TCVN3: re.compile(r"(?:^|\+)\.?vn(?!i[-\s_])[a-z]", re.IGNORECASE),
    Encoding.VNI: re.compile(r"(?:^|\+)vni[-\s_]", re.IGNORECASE),
}
#: Fonts such as ".VnTimeH" draw small letters as capitals.
CAPITALS = re.compile(r"(?:^|\+)\.?[Vv]n[A-Za-z]*H(?:$|[-,\s])")
_TCVN3 = dict(
    zip(
        "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉË®ÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\u00adøõö÷ùýúûüþ¡¢§£¤¥¦",
        "áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
_TCVN3_TABLE = str.maketrans(_TCVN3)
_AFTER = {
    "a": dict(zip("ùøûõïêéèúüëâáàåãä", "áàảãạăắằẳẵặâấầẩẫậ", strict=True)),
    "e": dict(zip("ùøûõïâáàåãä", "éèẻẽẹêếềểễệ", strict=True)),
    "o": dict(zip("ùøûõïâáàåãä", "óòỏõọôốồổỗộ", strict=True)),
    "ô": dict(zip("ùøûõï", "ớờởỡợ", strict=True)),
    "u": dict(zip("ùøûõï", "úùủũụ", strict=True)),
    "ö": dict(zip("ùøûõï", "ứừửữự", strict=True)),
    "y": dict(zip("ùøûõ", "ýỳỷỹ", strict=True)),
}
_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI = {base + mark: letter for base, marks in _AFTER.items() for mark, letter in marks.items()} | _ALONE
_VNI |= {key.upper(): letter.upper() for key, letter in _VNI.items()}
_VNI |= {key[0].upper() + key[1]: letter.upper() for key, letter in _VNI.items() if len(key) == 2}
_VNI_PARTS = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
#: What Vietnamese letters in Unicode hardly leave in a text, and these fonts can't do without.
_TCVN3_SIGNS = re.compile("[¸µ¶·¹¨¾»¼½©®¬\u00ad§¦×]")
_VNI_SIGNS = re.compile("[aeouyAEOUY][ùøûõïêéèúüëâáàåãäÙØÛÕÏÊÉÈÚÜËÂÁÀÅÃÄ]|[ñöÑÖ]")
FEWEST_SIGNS = 0.06
FEWEST_UNICODE = 0.02
_UNICODE_ONLY = re.compile("[ăđơưạ-ỹĂĐƠƯ]")


def of_font(name: str) -> Encoding | None:
    """Return the encoding that a font draws, known by its name."""
    return next((one for one, pattern in FONTS.items() if pattern.search(name)), None)


def guessed(text: str) -> Encoding | None:
    """Return the encoding that a text is written in, known by its signs; none for Unicode."""
    letters = sum(map(str.isalpha, text)) or 1
    if len(_UNICODE_ONLY.findall(text)) > FEWEST_UNICODE * letters:
        return None
    tcvn3, vni = len(_TCVN3_SIGNS.findall(text)), len(_VNI_SIGNS.findall(text))
    if max(tcvn3, vni) < FEWEST_SIGNS * letters:
        return None
    return Encoding.TCVN3 if tcvn3 >= vni else Encoding.VNI


def converted(text: str, encoding: Encoding, font: str = "") -> str:
    """Return the text in Unicode."""
    if encoding == Encoding.TCVN3:
        plain = text.translate(_TCVN3_TABLE)
        return plain.upper() if CAPITALS.search(font) else plain
    return _VNI_PARTS.sub(lambda found: _VNI[found[0]], text)
