"""The forms around signing in."""

from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, EqualTo, InputRequired, Length, Regexp

from core.words import N_
from forms.base import WebForm

USERNAME = r"^[a-zA-Z0-9][a-zA-Z0-9._-]{1,58}[a-zA-Z0-9]$"
BAD_USERNAME = N_(
    "Dùng 3 đến 60 chữ cái không dấu, chữ số, dấu chấm, gạch ngang; ví dụ nguyen.van.a."
)
LONGEST_PASSWORD = 1000


class SignInForm(WebForm):
    """Name and password."""

    username = StringField(N_("Tên đăng nhập"), [DataRequired(), Length(max=60)])
    password = PasswordField(N_("Mật khẩu"), [InputRequired(), Length(max=LONGEST_PASSWORD)])
    next = HiddenField()


class ChangePasswordForm(WebForm):
    """The old password once and the new one twice."""

    old = PasswordField(N_("Mật khẩu hiện tại"), [InputRequired(), Length(max=LONGEST_PASSWORD)])
    new = PasswordField(N_("Mật khẩu mới"), [InputRequired(), Length(max=LONGEST_PASSWORD)])
    again = PasswordField(
        N_("Nhập lại mật khẩu mới"),
        [InputRequired(), EqualTo("new", N_("Hai lần nhập chưa giống nhau."))],
    )


class FirstAccountForm(WebForm):
    """The first administrator, and the department that the installation is for."""

    office = StringField(N_("Tên cơ quan"), [DataRequired(), Length(max=200)])
    full_name = StringField(N_("Họ và tên"), [DataRequired(), Length(max=120)])
    username = StringField(N_("Tên đăng nhập"), [DataRequired(), Regexp(USERNAME, 0, BAD_USERNAME)])
    password = PasswordField(N_("Mật khẩu"), [InputRequired(), Length(max=LONGEST_PASSWORD)])
    again = PasswordField(
        N_("Nhập lại mật khẩu"),
        [InputRequired(), EqualTo("password", N_("Hai lần nhập chưa giống nhau."))],
    )
