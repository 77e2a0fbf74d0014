"""The forms around signing in."""

from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from core.words import N_
from forms.base import WebForm

LONGEST_PASSWORD = 200


class SignInForm(WebForm):
    """Name and password."""

    username = StringField(N_("Tên đăng nhập"), validators=[InputRequired(), Length(max=60)])
    password = PasswordField(
        N_("Mật khẩu"), validators=[InputRequired(), Length(max=LONGEST_PASSWORD)]
    )
    next = HiddenField()


class ChangePasswordForm(WebForm):
    """The old password once and the new one twice."""

    old = PasswordField(
        N_("Mật khẩu hiện tại"), validators=[InputRequired(), Length(max=LONGEST_PASSWORD)]
    )
    new = PasswordField(
        N_("Mật khẩu mới"), validators=[InputRequired(), Length(max=LONGEST_PASSWORD)]
    )
    again = PasswordField(
        N_("Nhập lại mật khẩu mới"),
        validators=[InputRequired(), EqualTo("new", N_("Hai lần nhập chưa giống nhau."))],
    )


class FirstAccountForm(WebForm):
    """The first administrator and the department that the installation is for."""

    office = StringField(N_("Tên cơ quan"), validators=[InputRequired(), Length(max=200)])
    full_name = StringField(N_("Họ và tên"), validators=[InputRequired(), Length(max=120)])
    username = StringField(N_("Tên đăng nhập"), validators=[InputRequired(), Length(max=60)])
    new = PasswordField(N_("Mật khẩu"), validators=[InputRequired(), Length(max=LONGEST_PASSWORD)])
    again = PasswordField(
        N_("Nhập lại mật khẩu"),
        validators=[InputRequired(), EqualTo("new", N_("Hai lần nhập chưa giống nhau."))],
    )
