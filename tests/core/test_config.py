"""Settings: environment over file over defaults, checked at start."""

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from core.config import Settings, SettingsError, load_settings


def load(folder: Path, config: str = "", **environment: str) -> Settings:
    (folder / "config.toml").write_text(config, encoding="utf-8")
    return load_settings({"INSTANCE_PATH": str(folder), **environment})


def test_nothing_has_to_be_set(tmp_path: Path) -> None:
    settings = load_settings({"INSTANCE_PATH": str(tmp_path / "new" / "folder")})
    assert settings.instance_path.is_dir()
    assert settings.port == 8000
    assert settings.sqlalchemy_url.startswith("sqlite:///")
    assert settings.sqlalchemy_url.endswith("tonghop.sqlite3")


def test_the_file_wins_over_defaults_and_the_environment_over_the_file(tmp_path: Path) -> None:
    config = 'port = 8100\nhost = "::1"\noffice_name = "Sở A"\nsession_life = 2\nsecure_cookies = true'
    settings = load(tmp_path, config, PORT="8200")
    assert (settings.port, settings.host, settings.office_name) == (8200, "::1", "Sở A")
    assert settings.session_life == timedelta(hours=2)
    assert settings.secure_cookies is True


def test_an_empty_variable_sets_nothing(tmp_path: Path) -> None:
    assert load(tmp_path, "port = 8100", PORT="").port == 8100


@pytest.mark.parametrize(
    ("config", "named"),
    [
        ('port = "many"', "port"), ('secure_cookies = "yes"', "secure_cookies"),
        ("colour = 1", "colour"), ('session_life = "long"', "session_life"),
    ],
)  # fmt: skip
def test_a_setting_that_makes_no_sense_is_named(tmp_path: Path, config: str, named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        load(tmp_path, config)


def test_a_short_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="32"):
        load(tmp_path, SECRET_KEY="short")
    assert load(tmp_path, SECRET_KEY="k" * 32).secret_key == "k" * 32


def test_the_key_is_made_once_kept_and_readable_by_nobody_else(tmp_path: Path) -> None:
    key = load(tmp_path).secret_key
    assert load(tmp_path).secret_key == key
    assert len(key) >= 32
    if sys.platform != "win32":
        assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_two_installations_have_different_keys(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert load(tmp_path / "a").secret_key != load(tmp_path / "b").secret_key


def test_first_starts_at_the_same_time_agree_on_the_key(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("", encoding="utf-8")
    with ThreadPoolExecutor(8) as pool:
        keys = set(
            pool.map(lambda _n: load_settings({"INSTANCE_PATH": str(tmp_path)}).secret_key, range(8))
        )
    assert len(keys) == 1


@pytest.mark.parametrize(
    ("given", "opened"),
    [
        ("postgres://u:p@h/db", "postgresql+psycopg://u:p@h/db"),
        ("postgresql://h/db?host=/tmp", "postgresql+psycopg://h/db?host=/tmp"),
        ("sqlite:////tmp/x", "sqlite:////tmp/x"),
    ],
)
def test_the_database_url_gets_our_driver(tmp_path: Path, given: str, opened: str) -> None:
    assert load(tmp_path, DATABASE_URL=given).sqlalchemy_url == opened
