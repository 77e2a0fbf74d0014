"""The pages: HTTP only."""

from importlib import import_module
from pkgutil import iter_modules

from flask import Flask


def register_blueprints(app: Flask) -> None:
    """Bind every blueprint of this package: each module without a leading underscore holds `bp`."""
    for module in sorted(iter_modules(__path__), key=lambda one: one.name):
        if not module.name.startswith("_"):
            app.register_blueprint(import_module(f"{__name__}.{module.name}").bp)
