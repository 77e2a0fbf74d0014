"""A mail server that keeps what it is given, and can be away."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from core import clock


@dataclass
class Mail:
    """A mail as it came in: when the product's clock showed what, to whom, what."""

    at: datetime
    to: str
    message: EmailMessage

    @property
    def text(self) -> str:
        return str(self.message.get_content())


@dataclass
class Sink:
    """Takes mail for everybody but `full` (later) and `gone` (never)."""

    port: int = 0
    mails: list[Mail] = field(default_factory=list)
    full: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)

    async def handle_RCPT(  # noqa: N802 -- the library's name.
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.full:
            return "452 mailbox full"
        if address in self.gone:
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 -- the library's name.
        self, _server: Any, _session: Any, envelope: Any
    ) -> str:
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        for address in envelope.rcpt_tos:
            self.mails.append(Mail(clock.now(), address, message))
        return "250 taken"

    @contextmanager
    def running(self) -> Iterator[None]:
        """Be there during the block."""
        controller = Controller(self, hostname="127.0.0.1", port=self.port)
        controller.start()
        try:
            yield
        finally:
            controller.stop()


def make_sink() -> Sink:
    """Return a server on a free port, not running yet."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return Sink(port=free.getsockname()[1])
