"""Mail through a real server: what it says decides whether a mail is tried again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core import mail
from core.mail import Letter, MailServer
from tests.support.mail import Sink, make_sink

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LETTER = Letter(
    "<1@so.example>", "Nguyễn Thị Hạnh", "hanh@x.example", "Nhắc báo cáo quý", "Kính gửi bà.\n", AT
)


@pytest.fixture
def sink() -> Iterator[Sink]:
    found = make_sink()
    with found.running():
        yield found


def server_of(sink: Sink) -> MailServer:
    return MailServer("127.0.0.1", sink.port, "", "", "none", "tonghop@so.example", "Sở Văn hóa")


def send(sink: Sink, *letters: Letter) -> list[type[Exception] | None]:
    """Send over one connection; return what was said of each."""
    said: list[type[Exception] | None] = []
    with mail.connection(server_of(sink)) as line:
        for one in letters:
            try:
                mail.send(line, server_of(sink), one)
                said.append(None)
            except (mail.DelayedMailError, mail.RefusedMailError) as error:
                said.append(type(error))
    return said


def test_vietnamese_words_arrive_as_they_were_written(sink: Sink) -> None:
    assert send(sink, LETTER) == [None]
    (came,) = sink.mails
    assert came.text == "Kính gửi bà.\n"
    message = came.message
    assert message["Subject"] == "Nhắc báo cáo quý"
    assert message["From"].addresses[0].display_name == "Sở Văn hóa"
    assert (message["Message-ID"], message["Auto-Submitted"]) == ("<1@so.example>", "auto-generated")
    assert message["Date"].endswith("+0700")


def test_one_reader_who_is_full_or_gone_holds_nobody_else_up(sink: Sink) -> None:
    sink.full.add("day@x.example")
    sink.gone.add("het@x.example")
    said = send(
        sink,
        replace(LETTER, address="day@x.example"),
        replace(LETTER, address="het@x.example"),
        LETTER,
    )
    assert said == [mail.DelayedMailError, mail.RefusedMailError, None]


@pytest.mark.parametrize("address", ["", "không phải thư", "a@x.example\r\nBcc: b@x.example"])
def test_what_is_no_address_is_refused_and_adds_no_header(sink: Sink, address: str) -> None:
    assert send(sink, replace(LETTER, address=address)) == [mail.RefusedMailError]
    assert sink.mails == []


def test_line_breaks_in_names_and_subjects_add_no_header(sink: Sink) -> None:
    tricky = replace(LETTER, name="A\r\nBcc: b@x.example", subject="B\nX-Evil: 1")
    assert send(sink, tricky) == [None]
    assert sink.mails[0].message["Subject"] == "B X-Evil: 1"
    assert sink.mails[0].message["Bcc"] is None
    assert sink.mails[0].message["X-Evil"] is None


def test_a_server_that_is_away_is_said_to_be() -> None:
    with pytest.raises(mail.MailServerError), mail.connection(server_of(make_sink())):
        pass
