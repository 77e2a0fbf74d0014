"""A part of an evidence file, as a page sends it."""

from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Regexp

from forms.base import WebForm

LONGEST_FILENAME = 1000
MOST_BYTES = 2**40


class PartForm(WebForm):
    """The part, which upload it belongs to, after how many bytes it stands, and of how many in all."""

    upload = StringField(validators=[InputRequired(), Regexp(r"\A[a-z0-9]{8,40}\Z")])
    offset = IntegerField(validators=[InputRequired(), NumberRange(0, MOST_BYTES)])
    size = IntegerField(validators=[InputRequired(), NumberRange(1, MOST_BYTES)])
    filename = StringField(validators=[InputRequired(), Length(max=LONGEST_FILENAME)])
    part = FileField(validators=[FileRequired()])
