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
# One word of the ledger for both: a record that opened, and one that stayed closed.
EITHER = "the record of {about} was opened, or asked for, in an emergency"
# {about}: whom or what the line is about; the others are the line's details.
SAID = {
    "access pack": "let {about} go",
    "access pack as json": "took {about} as data",
    "access pack as pdf": "took {about} as paper",
    "access pack before release": "read the pack of {about} before it goes",
    "access request": "opened {about}",
    "access request cleared": "cleared {about}, whose time was over",
    "access request extended": "took longer for {about}",
    "access request item": "read {about} to see what goes out",
    "access request logged": "wrote down {about}",
    "access requests": "was shown {about} in a list",
    "acknowledged": "said that they have {about}, which needs someone now",
    "action": "opened an action about {about}",
    "action done": "said what came of an action about {about}",
    "action raised": "raised an action about {about}",
    "api token ended": "ended {about}",
    "api token made": "made {about}",
    "address went over to a new seat": "gave the address of the ended seat {about} to a new seat",
    "bound to the agency's own sign-in": "bound the seat {about} to its agency’s own sign-in",
    "briefing": "read of {about} in the morning briefing",
    "came in": "read {about}, which came to the front door",
    "called those who answer": "was sent to those who answer for {about}",
    "calling those who answer": "began to call those who answer for {about}",
    "child page": "opened the first page of {about}",
    "collected for a pack": "collected what is held for {about}",
    "contact card": "opened the contact card of {about}",
    "contributions": "told us {count} things",
    "copies seen to": "saw to their copies of {about}",
    "copy of the briefing": "took the briefing as a file",
    "correcting": "read {about} to correct it",
    "corrections told": "told whoever was given something of {about} that it was corrected, taken back or disposed of",
    "decided not to give": "decided not to give something of {about}",
    "decision left to others": "opened {about}, which a colleague decided and can decide no more",
    "decision seen to": "saw to what a colleague decided not to give of {about}",
    "decision undone": "took back their answer to {about}",
    "declared tie": "read a tie to {about}",
    "declared ties": "was shown a tie to {about} in a list",
    "demo city begun": "began to build {about}",
    "disposal": "disposed of {about}",
    "disposal approved": "approved {about}",
    "disposal proposed": "proposed {about}",
    "disposal refused": "refused {about}",
    "disposed of again after a restore": "disposed again, after a restore, of {about}",
    "drafts never sent": "cleared {count} drafts that were never sent",
    "earlier, before sending": "was shown, before sending, what was told before of {about}",
    "emergency access": "opened the record of {about} in an emergency",
    "emergency access again": "opened the record of {about} again in an emergency",
    "emergency access judged fair": f"judged it fair that {EITHER}",
    "emergency access judged not fair": f"judged it not fair that {EITHER}",
    "emergency access refused": "asked for {about} in an emergency, and was refused",
    "emergency access training agreed": f"agreed training, where {EITHER}",
    "emergency access to nobody": "asked in an emergency for {about}, which is no record here",
    "emergency notice": f"read that {EITHER}",
    "emergency notices": f"was shown in a list that {EITHER}",
    "entry": "opened an entry of {about}",
    "only named in an entry": "opened an entry that only names {about}",
    "files of refused rows": "cleared {count} files of rows that were refused",
    "given on paper": "printed what they gave of {about} for somebody without a seat",
    "given on purpose": "gave a partner something of {about}",
    "given to me, ended": "read that {about} has ended",
    "given to me": "read what was given to them of {about}",
    "giving left to record": "opened {about}, to record what a colleague left",
    "giving on purpose": "was about to give something of {about}",
    "giving taken back": "took back what was given of {about}",
    "graded": "graded {about}",
    "held back in a pack": "held back a passage of {about}",
    "held back whole in a pack": "held back the whole of {about}",
    "hold lifted": "lifted {about}",
    "hold placed": "placed {about}",
    "identifier": "was shown a number of {about}",
    "import report": "read the report of {about}",
    "intelligence": "read {about}, which waits to be graded",
    "involvement confirmed": "confirmed that a service works with {about}",
    "involvement to confirm": "read that a service says it works with {about}",
    "ledger": "looked through the ledger",
    "ledger went on from a copy": "had the ledger go on from a copy; {signed} lines had been signed by {signed_at}",
    "ledger went on without its file": "had the ledger go on without its kept checkpoint, which could not be read",
    "let in again": "let in again what {about} stands for",
    "link doubted": "asked whether a record belongs to {about}",
    "link moved": "moved a record to or from {about}",
    "link to a seat made": "made a new link to the seat {about}",
    "looked through for a pack": "looked through {about}",
    "map": "opened the map of {about}",
    "mark taken away in a pack": "took back what was held back of {about}",
    "my day": "was shown {about} on their first page",
    "named in an entry": "was led to {about} from an entry about somebody else",
    "named on a restriction": "named a reader of the restricted record of {about}",
    "no longer bound to the agency's own sign-in": "unbound the seat {about} from its agency’s own sign-in",
    "no longer named on a restriction": "left out a reader of the restricted record of {about}",
    "not opened yet": "was shown {about} in the list of what came to the front door",
    "browsers long unused": "cleared {count} browsers that nobody signed in with for long",
    "old sessions": "cleared {count} old sessions",
    "own sessions ended": "ended their own other sessions",
    "pack ready": "said that the pack of {about} is ready",
    "pack sent back": "sent back the pack of {about}",
    "partners loaded from the playbook": "loaded the partners from the playbook",
    "paper left to tell of": "opened {about}, to tell its holder what a colleague can tell no more",
    "paper seen to": "said that the paper of what was given of {about} is back, or destroyed",
    "password changed": "changed the password of {about}",
    "places": "took in {count} places",
    "practitioner invited": "gave a seat to {about}",
    "raising an action": "was about to raise an action about {about}",
    "receipt": "read {about} again, which they had told",
    "record restricted": "restricted the record of {about}",
    "records": "opened the agencies’ records of {about}",
    "records linked": "joined a record of an agency to {about}",
    "recovery codes made": "made recovery codes for the seat {about}",
    "release": "read {about} to release it in other words",
    "released in other words": "released {about} in other words",
    "rest of a giving recorded": "recorded the rest of what was given of {about}",
    "restricted entry": "asked for a restricted entry of {about}, and was shown that it is restricted",
    "restriction": "opened the restriction of {about}",
    "restriction carried over": "carried the restriction of another record over to {about}",
    "restriction put back after a restore": "put back, after a restore, the restriction of {about}",
    "restriction lifted": "lifted the restriction of {about}",
    "said why so many": "said why they looked at so many: {about}",
    "same child?": "compared a record of {about} with another",
    "same child? different": "answered {about}: different children",
    "same child? not_sure": "answered {about}: not sure",
    "same child? same": "answered {about}: the same child",
    "search": "searched, and found {found}",
    "search result": "was shown {about} in a search",
    "seat ended": "ended the seat of {about}",
    "seat given back": "gave back the seat {about}",
    "seat moved": "moved the seat {about}",
    "seat still needed": "said that the seat {about} is still needed",
    "seat suspended": "suspended the seat {about}",
    "seat taken up by its link": "took up the seat {about}",
    "second factor set up": "set up a second factor for the seat {about}",
    "second factor shown again": "showed their second factor again",
    "second factor taken away": "took away a second factor of the seat {about}",
    "second person": "read as the second person a decision not to give something of {about}",
    "second person agrees with not giving": "agreed that something of {about} is not given",
    "second person does not agree with not giving": "did not agree that something of {about} is not given",
    "sessions ended after a restore": "ended every session after a restore",
    "shared outside the team": "read what was given of {about} outside the team",
    "sign-in taken away after a restore": "took away, after a restore, what the seat {about} signed in with",
    "signed in": "signed in",
    "signed out": "signed out",
    "stopped at so many": "was stopped: {about}",
    "supervision": "looked over {about}",
    "supervisor: returned": "returned {about} to whoever sent it",
    "supervisor: seen": "said that they looked over {about}",
    "suspension lifted": "lifted the suspension of the seat {about}",
    "tie": "opened the page on which a tie to {about} is declared",
    "tie declared": "declared a tie to {about}",
    "tie put back after a restore": "put back, after a restore, a tie to {about}",
    "tie ended": "ended a tie to {about}",
    "tie went over to a new seat": "took a tie to {about} over to a new seat of the same person",
    "timeline": "opened the timeline of {about}",
    "told by telephone": "rang somebody to whom something of {about} was given, and told them",
    "told of a giving": "told whoever was given {about} by e-mail that something waits",
    "upload never taken in": "cleared {about}, which was never taken in",
    "uploaded rows": "cleared what was kept of the files of {about}",
    "urgent": "read {about}, which needs someone now",
    "still being read": "looked at what was given of {about} and is still being read",
    "what I gave": "read what they gave of {about}",
    "who looked": "opened who has looked at {about}",
    "withdrawal": "took back {about}",
    "wrong codes after a right password": "had wrong codes after the right password of {about}",
}
ABOUT = {
    CHILD: "child {}",
    "access_request:": "the access request {}",
    "contribution:": "what was told under {}",
    "disposal:": "the disposal {}",
    "hold:": "the hold {}",
    "import:": "the import {}",
    "limit:": "the limit on {}",
    "number:": "a number that no record here has",
    "question:": "the question {}",
    "share:": "the giving {}",
    "token:": "the API key {}",
    "tombstone:": "the tombstone {}",
}
# Looks at one thing that was told of a child, or given: that it is there may be for others than the child's team.
OF_ONE_THING = frozenset(
    {
        "came in",
        "correcting",
        "decision left to others",
        "earlier, before sending",
        "given on paper",
        "given to me",
        "intelligence",
        "not opened yet",
        "receipt",
        "release",
        "second person",
        "still being read",
        "supervision",
        "urgent",
        "what I gave",
    }
)


def sentence(line: Line, *, agency: str = "", with_reason: bool = True) -> str:
    """ "Maya Osei, Social care, opened the timeline of child 4HRZ9BCD." `with_reason`: whether its reader may read why,
    which people write in words of their own."""
    who = ", ".join(filter(None, (line.actor_name or line.actor, agency)))
    why = f" Why: {line.purpose}." if line.purpose and with_reason else ""
    done = done_to(line, about=about_in_words(line.subject))
    return f"{who}, {done}.{why}" if agency else f"{who} {done}.{why}"


def done_to(line: Line, *, about: str) -> str:
    """What was done to what the line is about, which is named by these words: "opened the timeline of this child"."""
    try:
        return SAID[line.what].format(about=about, **line.details)
    except KeyError:
        return f"{DONE.get(line.operation, line.operation)} {about}: {line.what}"


def look_in_words(line: Line, *, about: str) -> tuple[str, str]:
    """What was done and why, for those who work with the child: of a look at one thing, that it was a look."""
    if line.what in OF_ONE_THING:
        return f"{DONE['view']} {about}", ""
    return done_to(line, about=about), line.purpose


def about_in_words(subject: str) -> str:
    """ "person:4HRZ9BCD" is "child 4HRZ9BCD"."""
    for begins, words in ABOUT.items():
        if subject.startswith(begins):
            return words.format(subject.removeprefix(begins))
    return subject or "the service"
