"""A form field that takes rows of cells, as Excel and Word copy them."""

from wtforms import TextAreaField


class CellsField(TextAreaField):
    """Several lines in which tabs part cells, and spaces at the front count."""

    holds_cells = True
