"""The commands: `python3 app.py <command>`, as thin as views."""

from importlib import import_module
from pkgutil import iter_modules

from flask import Flask


def register_commands(app: Flask) -> None:
    """Add every command of this package: each module without a leading underscore holds `command`."""
    for module in sorted(iter_modules(__path__), key=lambda one: one.name):
        if not module.name.startswith("_"):
            app.cli.add_command(import_module(f"{__name__}.{module.name}").command)
