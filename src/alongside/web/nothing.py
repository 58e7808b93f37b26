"""The five kinds of nothing: a gap is always named, never a blank or a dash."""

NOTHING = {
    "none_recorded": "None recorded",
    "not_asked": "Not asked yet",
    "not_answered": "Asked, not answered",
    "not_for_you": "You cannot see this",
    "not_heard": "Source not heard from",
}


def nothing(kind: str, why: str = "", since: str = "") -> str:
    """The words for that kind of nothing; `why` follows in brackets; `since` is for silent sources."""
    words = NOTHING[kind]
    if since:
        words = f"{words} since {since}"
    return f"{words} ({why})" if why else words
