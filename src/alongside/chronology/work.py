"""A service's work with a child, in a sentence instead of a list of answers."""

from typing import Any

from alongside.contributions.kinds import Kind

from .timeline_facts import timeline_facts

SAID = ("service", "team", "worker", "status", "phone", "started_on", "ended_on")


def summary_told(kind: Kind, envelope: dict[str, Any], *, called: str) -> str:
    """Two lines of what was told; of work that began or ended without a word, who works with whom."""
    details = envelope.get("details", {})
    if not kind.involves or envelope.get("narrative") or not details.get("service"):
        return kind.summary_for(envelope)
    rest = {key: value for key, value in details.items() if key not in SAID}
    more = kind.summary_for({"details": rest})
    waits = any(rule.kind == kind.key and rule.is_waiting(details) for rule in timeline_facts().waits)
    return f"{work_in_words(details, called=called, waits=waits)} {more}".strip()


def work_in_words(details: dict[str, Any], *, called: str, waits: bool = False) -> str:
    """ "Jas Bains of Safe team works with Ellis."; "Ellis waits for Imran Shah of CAMHS.": that is no work yet."""
    who = " of ".join(str(details[key]) for key in ("worker", "service") if details.get(key))
    if waits:
        return f"{called or 'The child'} waits for {who}."
    works = "no longer works" if details.get("status") == "closed" else "works"
    return f"{who} {works} with {called or 'the child'}."
