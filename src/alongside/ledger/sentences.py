"""A line of the ledger as a sentence. It names no child, and does not say again what somebody typed into a search."""

from collections.abc import Mapping
from typing import Any, Protocol

from .subjects import CHILD


class Line(Protocol):
    operation: str
    what: str
    actor: str
    actor_name: str
    subject: str
    purpose: str
    details: Mapping[str, Any]


DONE = {
    "collect": "told us of",
    "view": "looked at",
    "alter": "changed",
    "disclose": "shared",
    "combine": "linked records of",
    "erase": "erased",
}
# {about}: whom or what the line is about; the others are the line's details.
SAID = {
    "action": "opened an action about {about}",
    "action done": "said what came of an action about {about}",
    "action raised": "raised an action about {about}",
    "api token ended": "ended {about}",
    "api token made": "made {about}",
    "briefing": "read of {about} in the morning briefing",
    "child page": "opened the first page of {about}",
    "contact card": "opened the contact card of {about}",
    "contributions": "told us {count} things",
    "drafts never sent": "cleared {count} drafts that were never sent",
    "earlier, before sending": "was shown, before sending, what was told before of {about}",
    "emergency access": "opened the record of {about} in an emergency",
    "emergency access again": "opened the record of {about} again in an emergency",
    "emergency access to nobody": "asked in an emergency for {about}, which is no record here",
    "emergency notice": "read that the record of {about} was opened in an emergency",
    "entry": "opened an entry of {about}",
    "graded": "graded {about}",
    "identifier": "was shown a number of {about}",
    "import report": "read the report of {about}",
    "involvement confirmed": "confirmed that a service works with {about}",
    "ledger": "looked through the ledger",
    "link doubted": "asked whether a record belongs to {about}",
    "link moved": "moved a record to or from {about}",
    "map": "opened the map of {about}",
    "my day": "was shown {about} on their first page",
    "named in an entry": "was led to {about} from an entry about somebody else",
    "password changed": "changed the password of {about}",
    "practitioner invited": "gave a seat to {about}",
    "raising an action": "was about to raise an action about {about}",
    "receipt": "read {about} again, which they had told",
    "records": "opened the agencies’ records of {about}",
    "records linked": "linked {count} records to people",
    "restricted entry": "asked for a restricted entry of {about}, and was shown that it is restricted",
    "same child?": "compared a record of {about} with another",
    "search": "searched, and found {found}",
    "search result": "was shown {about} in a search",
    "seat ended": "ended the seat of {about}",
    "signed in": "signed in",
    "signed out": "signed out",
    "timeline": "opened the timeline of {about}",
    "upload never taken in": "cleared {about}, which was never taken in",
    "who looked": "opened who has looked at {about}",
    "withdrawal": "took back {about}",
}
ABOUT = {
    CHILD: "child {}",
    "contribution:": "what was told under {}",
    "import:": "the import {}",
    "question:": "the question {}",
    "token:": "the API key {}",
}


def sentence(line: Line, *, agency: str = "") -> str:
    """ "Maya Osei, Social care, opened the timeline of child 4HRZ9BCD." """
    who = ", ".join(filter(None, (line.actor_name or line.actor, agency)))
    why = f" Why: {line.purpose}." if line.purpose else ""
    return f"{who}, {_done(line)}.{why}" if agency else f"{who} {_done(line)}.{why}"


def _done(line: Line) -> str:
    about = about_in_words(line.subject)
    try:
        return SAID[line.what].format(about=about, **line.details)
    except KeyError:
        return f"{DONE.get(line.operation, line.operation)} {about}: {line.what}"


def about_in_words(subject: str) -> str:
    """ "person:4HRZ9BCD" is "child 4HRZ9BCD"."""
    for begins, words in ABOUT.items():
        if subject.startswith(begins):
            return words.format(subject.removeprefix(begins))
    return subject or "the service"
