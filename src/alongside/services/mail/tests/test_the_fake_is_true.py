"""What the fake says of messages is what the client says of them, at a mail server on this machine."""

from dataclasses import replace

import pytest
from django.test import override_settings

from alongside.services.mail.client import TAKEN, MailServer, Message
from alongside.services.mail.fake import FakeMail

from .server import mail_server

KOFI, ROS, GONE = "kofi@alongside.example", "ros@alongside.example", "gone@alongside.example"
LETTERS = [Message(to, "Something needs you now", "Acknowledge by 1:32am.") for to in (KOFI, GONE, ROS)]
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture(params=["fake", "server"])
def post(request):
    """A way of sending that refuses one address, and what it took, as (to, subject, words)."""
    if request.param == "fake":
        fake = FakeMail(refuses={GONE})
        yield fake, lambda: [(one.to, one.subject, one.words) for one in fake.taken]
        return
    with mail_server(refuses=(GONE,)) as server:
        port = server.server_address[1]
        with override_settings(EMAIL_BACKEND=SMTP, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port, EMAIL_USE_TLS=False):
            yield (
                MailServer(),
                lambda: [(one["To"], one["Subject"], one.get_content().strip()) for one in server.taken],
            )


def test_a_refused_address_stops_no_other(post):
    mail, taken = post
    assert mail.deliver(LETTERS) == [TAKEN, "SMTPRecipientsRefused", TAKEN]
    assert taken() == [(one.to, one.subject, one.words) for one in (LETTERS[0], LETTERS[2])]


@pytest.mark.parametrize(
    ("broken", "why"),
    [({"to": f"{KOFI}\nBcc: {GONE}"}, "ValueError"), ({"subject": f"Now\r\nBcc: {GONE}"}, "BadHeaderError")],
)
def test_a_line_break_in_an_address_or_a_subject_makes_no_other_head(post, broken, why):
    mail, taken = post
    bad = replace(LETTERS[0], **broken)
    assert mail.deliver([bad, LETTERS[2]]) == [why, TAKEN]
    assert [to for to, _, _ in taken()] == [ROS]


def test_each_is_written_to_alone(post):
    mail, taken = post
    mail.deliver(LETTERS)
    assert all("," not in to for to, _, _ in taken())


@pytest.mark.parametrize("which", ["fake", "server"])
def test_a_server_that_is_down_is_said_of_each(which):
    with mail_server() as gone:
        port = gone.server_address[1]
    mail = FakeMail(is_down=True) if which == "fake" else MailServer()
    with override_settings(EMAIL_BACKEND=SMTP, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port, EMAIL_USE_TLS=False):
        assert mail.deliver(LETTERS) == ["ConnectionRefusedError"] * 3


def test_without_a_server_the_letters_lie_in_the_folder_for_data(tmp_path):
    files = "django.core.mail.backends.filebased.EmailBackend"
    with override_settings(EMAIL_BACKEND=files, EMAIL_FILE_PATH=tmp_path):
        assert MailServer().deliver(LETTERS) == [TAKEN] * 3
    written = "".join(path.read_text() for path in tmp_path.iterdir())
    assert written.count("Acknowledge by 1:32am.") == 3
