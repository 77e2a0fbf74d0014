"""Roman numerals, as the parts of documents are counted."""

VALUES = (
    (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def roman(number: int) -> str:
    """Return a number from 1 on as I, II, III."""
    text = ""
    for value, letters in VALUES:
        text += letters * (number // value)
        number %= value
    return text
