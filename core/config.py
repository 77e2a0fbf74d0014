"""Settings: the environment over instance/config.toml over defaults, typed and checked at start."""

import os
import secrets
import time
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from pathlib import Path

from core.mail import SECURITIES, MailServer

ROOT = Path(__file__).resolve().parent.parent
SHORTEST_KEY = 32


class SettingsError(Exception):
    """A setting has a value that the product can't start with."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All that can be set from outside.

    `database_url` is an SQLAlchemy URL; empty means SQLite inside `instance_path`.
    Sizes are in bytes; files of more than `largest_direct_file` cells are made in the background.
    `jobs_in_server` lets the server do the background work as well.
    `address` is where people open the product; links in mails begin with it, without its last slash.
    """

    instance_path: Path = ROOT / "instance"
    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 8
    database_url: str = ""
    secret_key: str = ""
    demo_password: str = ""
    office_name: str = "Sở Văn hóa, Thể thao và Du lịch Cao Bằng"
    office_parent: str = "UBND tỉnh Cao Bằng"
    office_place: str = "Cao Bằng"
    secure_cookies: bool = False
    jobs_in_server: bool = True
    address: str = ""
    mail_host: str = ""
    mail_port: int = 587
    mail_user: str = ""
    mail_password: str = field(default="", repr=False)
    mail_security: str = "starttls"
    mail_sender: str = ""
    session_life: timedelta = field(default=timedelta(hours=12))
    largest_upload: int = 20 * 1024 * 1024
    largest_direct_file: int = 250_000
    testing: bool = False

    @property
    def sqlalchemy_url(self) -> str:
        """Return the URL that SQLAlchemy opens, with the driver of ours named."""
        if not self.database_url:
            return f"sqlite:///{self.instance_path / 'tonghop.sqlite3'}"
        scheme, _, rest = self.database_url.partition("://")
        known = {"postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg"}
        return f"{known.get(scheme, scheme)}://{rest}"

    def to_json(self) -> dict[str, object]:
        """Return the settings for another process of this installation."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        hours = self.session_life.total_seconds() / 3600
        return {**values, "instance_path": str(self.instance_path), "session_life": hours}

    @classmethod
    def from_json(cls, values: Mapping[str, object]) -> "Settings":
        """Read back what `to_json` gave."""
        place = Path(str(values["instance_path"]))
        rest = {name: value for name, value in values.items() if name != "instance_path"}
        return cls(instance_path=place, **_typed(rest))  # type: ignore[arg-type]

    @property
    def mail_server(self) -> MailServer:
        """Return where mail goes out."""
        return MailServer(
            host=self.mail_host,
            port=self.mail_port,
            user=self.mail_user,
            password=self.mail_password,
            security=self.mail_security,
            sender=self.mail_sender,
            sender_name=self.office_name,
        )


_FROM_ENVIRONMENT = {
    "HOST": "host",
    "PORT": "port",
    "DATABASE_URL": "database_url",
    "SECRET_KEY": "secret_key",
    "DEMO_PASSWORD": "demo_password",
    "JOBS_IN_SERVER": "jobs_in_server",
    "ADDRESS": "address",
    "MAIL_HOST": "mail_host",
    "MAIL_PORT": "mail_port",
    "MAIL_USER": "mail_user",
    "MAIL_PASSWORD": "mail_password",
    "MAIL_SECURITY": "mail_security",
    "MAIL_SENDER": "mail_sender",
}

_WORDS = {"true": True, "false": False}


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings of this installation, making the instance folder and key where missing."""
    instance = Path(environment.get("INSTANCE_PATH") or ROOT / "instance").resolve()
    instance.mkdir(parents=True, exist_ok=True)
    values: dict[str, object] = dict(_from_file(instance / "config.toml"))
    for variable, name in _FROM_ENVIRONMENT.items():
        if environment.get(variable):
            values[name] = _WORDS.get(environment[variable].lower(), environment[variable])
    settings = replace(Settings(instance_path=instance), **_typed(values))  # type: ignore[arg-type]
    settings = replace(settings, address=settings.address.rstrip("/"))
    if not settings.secret_key:
        settings = replace(settings, secret_key=_kept_key(instance / "secret_key"))
    if len(settings.secret_key) < SHORTEST_KEY:
        raise SettingsError(f"SECRET_KEY must have at least {SHORTEST_KEY} characters")
    _check_mail(settings)
    return settings


def _check_mail(settings: Settings) -> None:
    """Refuse a mail server that can't be used: every mail has a sender, and links that lead here."""
    if not settings.mail_host:
        return
    if settings.mail_security not in SECURITIES:
        raise SettingsError(f"mail_security must be one of {', '.join(SECURITIES)}")
    if "@" not in settings.mail_sender:
        raise SettingsError("mail_sender must be an e-mail address")
    if not settings.address.startswith(("http://", "https://")):
        raise SettingsError("address must be where people open the product: https://…")


def _from_file(path: Path) -> dict[str, object]:
    if not path.exists():
        return {}
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _typed(values: Mapping[str, object]) -> dict[str, object]:
    types = {one.name: one.type for one in fields(Settings)}
    unknown = values.keys() - types.keys()
    if unknown:
        raise SettingsError(f"Unknown settings in config.toml: {', '.join(sorted(unknown))}")
    typed: dict[str, object] = {}
    for name, value in values.items():
        try:
            typed[name] = _as_type(types[name], value)
        except (TypeError, ValueError) as error:
            raise SettingsError(f"{name}: {value!r} is not a valid value") from error
    return typed


def _as_type(kind: object, value: object) -> object:
    if kind is int:
        return int(str(value))
    if kind is bool:
        if not isinstance(value, bool):
            raise TypeError(value)
        return value
    if kind is timedelta:
        return timedelta(hours=float(str(value)))
    return str(value)


def _kept_key(path: Path) -> str:
    """Return the key kept in `path`, made at the first start; several starts at once agree on one."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return _read_when_written(path)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii")


def _read_when_written(path: Path) -> str:
    for _attempt in range(100):
        if key := path.read_text(encoding="ascii"):
            return key
        time.sleep(0.02)
    raise SettingsError(f"{path} is empty; delete it and start again")
