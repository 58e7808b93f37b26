"""Which of several tellings about a person stands, and which is shown."""

from typing import Any

Facts = dict[str, Any]

# Later names on the left are kept as `earlier` when they change, since a child may be told of under either.
REMEMBERED = ("given_name", "family_name", "postcode", "date_of_birth")


def newer_facts(before: Facts, told: Facts, *, is_newer: bool) -> tuple[Facts, Facts]:
    """(what stands now, what moved to earlier). Silence never erases; an older telling only fills gaps."""
    now, moved = dict(before), {}
    for name, value in told.items():
        if name == "aliases":
            now[name] = sorted({*before[name], *value})
        elif isinstance(value, dict):
            now[name] = {**before[name], **value} if is_newer else {**value, **before[name]}
        elif not before[name]:
            now[name] = value
        elif before[name] != value:
            now[name], old = (value, before[name]) if is_newer else (before[name], value)
            if name in REMEMBERED:
                moved[name] = old
    return now, moved


def best_of(records: list[Facts]) -> Facts:
    """What to show of a person: the name most agencies hold, so that one slip of the pen does not win; else the
    newest telling; a whole date of birth before part of one."""

    def first(name: str) -> str:
        return next((str(facts[name]) for facts in records if facts.get(name)), "")

    given, family = _most_told([(facts.get("given_name", ""), facts.get("family_name", "")) for facts in records])
    births = [str(facts["date_of_birth"]) for facts in records if facts.get("date_of_birth")]
    return {
        "given_name": given or first("given_name"),
        "family_name": family or first("family_name"),
        "called": first("likes_to_be_called"),
        "date_of_birth": max(births, key=len, default=""),
        "sex": first("sex"),
        "language": first("language"),
        "trusted_person": first("trusted_person"),
    }


def _most_told(names: list[tuple[str, str]]) -> tuple[str, str]:
    """The pair held by most; of equals the first, which is the newest. Half a name counts only alone."""
    whole = [pair for pair in names if all(pair)] or names
    return max(whole, key=lambda pair: (whole.count(pair), -whole.index(pair)), default=("", ""))
