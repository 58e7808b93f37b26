"""What each failure is called and what a reader can do, in words; no page of it knows anything of a child."""

import errno
import secrets
from dataclasses import dataclass

SIGNS = "23456789ABCDEFGHJKLMNPQRTUVWXYZ"


@dataclass(frozen=True)
class Problem:
    """A failure by its HTTP status: the page's heading, what happened, what to do now."""

    status: int
    title: str
    happened: str
    mend: str


PROBLEMS = {
    problem.status: problem
    for problem in (
        Problem(
            400,
            "We could not read that request",
            "Something in what your browser sent did not make sense to us. Nothing was changed.",
            "Go back, look at what you typed and send it again.",
        ),
        Problem(
            403,
            "You cannot see this",
            "This page is for people with a different part in the work. Nothing was changed.",
            "If you need it for a child’s safety, ask the person who leads, or call the number below.",
        ),
        Problem(
            404,
            "There is no such page that we can show you",
            "The address may be mistyped, or the page may have moved or ended.",
            "Check the address, or start from the first page.",
        ),
        Problem(
            413,
            "That file is too big",
            "What you sent is larger than we can take in one go. None of it was kept.",
            "Send it in smaller parts, or ask the information officer to load it.",
        ),
        Problem(
            429,
            "Too many tries in a short time",
            "We slow things down to keep children’s information safe. Nothing was changed.",
            "Wait a few minutes, then try once more.",
        ),
        Problem(
            500,
            "We cannot show this now",
            "Something went wrong on our side. We have kept a note of it for the people who mend it.",
            "Go back and try again. A draft that said “saved” is still there.",
        ),
        Problem(
            503,
            "We cannot show this now",
            "A part of the system that this page needs is not answering. Nothing was changed.",
            "Try again in a few minutes. A draft that said “saved” is still there.",
        ),
        Problem(
            507,
            "There is no room to keep this",
            "The server’s disk is full, so what you sent was not kept.",
            "Keep a copy of what you wrote, and call the number below: someone has to make room.",
        ),
    )
}


def new_code() -> str:
    """A short code, like K4-7Q, to say over the phone: it finds the note of what went wrong."""
    signs = [secrets.choice(SIGNS) for _ in range(4)]
    return f"{''.join(signs[:2])}-{''.join(signs[2:])}"


def status_for(failure: BaseException | None) -> int:
    """507 where there is no room left, 503 where the database does not answer, else 500."""
    full = isinstance(failure, OSError) and failure.errno in (errno.ENOSPC, errno.EDQUOT)
    kinds = {kind.__name__ for kind in type(failure).__mro__}
    # SQLite says it in words; PostgreSQL with a kind of its own, which Django's failure is caused by.
    if full or "disk is full" in str(failure) or type(getattr(failure, "__cause__", None)).__name__ == "DiskFull":
        return 507
    return 503 if kinds & {"OperationalError", "InterfaceError"} else 500
