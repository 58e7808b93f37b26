"""Plain e-mail, by whatever way the settings name: a mail server, or files in the folder for data."""

from collections.abc import Sequence
from dataclasses import dataclass
from smtplib import SMTPException
from typing import Protocol

from django.core.mail import EmailMessage, get_connection

# ValueError: an address that is none, or a line break where a head ends.
FAILURES = (SMTPException, OSError, ValueError)
TAKEN = ""
# Minutes from one try to send a message to the next; after the last of them it is not tried again.
AGAIN_AFTER = (1, 2, 5, 10, 15)


@dataclass(frozen=True)
class Message:
    """To one address: nobody sees who else was written to."""

    to: str
    subject: str
    words: str


class Mail(Protocol):
    def deliver(self, messages: Sequence[Message]) -> list[str]:
        """Of each message, in order, TAKEN or why it was not, in a word. A failure of one stops no other."""


class MailServer:
    """The way of the settings. A server that does not answer is asked once, not once a message."""

    def deliver(self, messages: Sequence[Message]) -> list[str]:
        connection = get_connection()
        try:
            connection.open()
        except FAILURES as failure:
            return [type(failure).__name__] * len(messages)
        try:
            return [_sent(EmailMessage(one.subject, one.words, to=[one.to], connection=connection)) for one in messages]
        finally:
            connection.close()


def _sent(message: EmailMessage) -> str:
    try:
        message.send()
    except FAILURES as failure:
        return type(failure).__name__
    return TAKEN
