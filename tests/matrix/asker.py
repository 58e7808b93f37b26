"""One of the cast with an open session, what they ask for, and how many answers were judged."""

from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from alongside.agencies.models import Practitioner

from .refusing import Written
from .world import OnesChild, Thing


@dataclass
class Tally:
    """How many cases were judged, and each that did not agree, in words."""

    cases: int = 0
    wrong: list[str] = field(default_factory=list)

    def judge(self, agrees: bool, words: str) -> None:
        self.cases += 1
        if not agrees:
            self.wrong.append(words)


@dataclass(frozen=True)
class Asked:
    """One address: of which child, of which handling the entry, or of which thing of somebody's."""

    address: str
    child: OnesChild | None = None
    handling: str = ""
    thing: Thing | None = None

    def __str__(self) -> str:
        said = (self.child.relation if self.child else "", self.handling, self.thing.words if self.thing else "")
        return " ".join(word for word in said if word) or self.address


@dataclass(frozen=True)
class Asker:
    """One of the cast with an open session; `role` "" is nobody, and a suspended seat answers as nobody."""

    client: Client
    role: str
    held: str

    def __str__(self) -> str:
        return self.role or f"nobody, or a suspended {self.held}"

    def ask(self, method: str, address: str, body: dict[str, Any] | None = None) -> HttpResponse:
        """The answer with what it `wrote`, and everything it changed undone, here and in the database."""
        written, cookies = Written(), deepcopy(self.client.cookies)
        with transaction.atomic():
            with connection.execute_wrapper(written):
                answer = getattr(self.client, method)(address, *([body] if body else []))
                answer.content_read = b"".join(answer.streaming_content) if answer.streaming else answer.content
            transaction.set_rollback(True)
        # Whoever signs out is asked again as who they were.
        self.client.cookies = cookies
        answer.wrote = written.tables
        return answer


def asker_of(viewer: Practitioner, *, role: str | None = None) -> Asker:
    """This one of the cast, signed in."""
    client = Client(raise_request_exception=False)
    client.force_login(viewer)
    return Asker(client, viewer.role if role is None else role, viewer.role)
