"""Background and scheduled work, as thin as views: each function is one piece of work."""

from importlib import import_module
from pkgutil import iter_modules

from flask import Flask

from jobs._background import Background


def register_jobs(app: Flask) -> None:
    """Know every piece of work of this package, and let `app` start carrying it out.

    Each module without a leading underscore registers its work as it is imported.
    """
    for module in sorted(iter_modules(__path__), key=lambda one: one.name):
        if not module.name.startswith("_"):
            import_module(f"{__name__}.{module.name}")
    app.extensions["background"] = Background(app)
