"""Where the request at hand comes from, for the audit log; empty outside a request."""

from contextvars import ContextVar

_address: ContextVar[str] = ContextVar("address", default="")


def set_address(address: str) -> None:
    """Say where the current request comes from."""
    _address.set(address[:60])


def address() -> str:
    """Return where the current request comes from."""
    return _address.get()
