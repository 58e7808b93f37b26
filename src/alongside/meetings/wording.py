"""The briefing in words: said once, for the page, the text and the paper alike."""

from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localtime

from alongside.web import dates

from .briefing import ASK, Briefing, Carried, Child, Feed, Incident, InCustody, Intelligence, Missing

NO_TIME, NO_DAY = "time not told", "day not told"
SMALL_HOURS = 5
LATE = "Told late, of earlier days"


def worded(briefing: Briefing) -> dict[str, Any]:
    """Every section of the briefing, in its order, as words; nothing that its reader may not see."""
    return for_reader(_worded(briefing), briefing.ask)


def for_reader(said: Any, ask: str) -> Any:
    """The same, where what is restricted says whom this reader asks."""
    if isinstance(said, dict):
        return {key: for_reader(value, ask) for key, value in said.items()}
    if isinstance(said, list):
        return [for_reader(value, ask) for value in said]
    return ask if said == ASK else said


def _worded(briefing: Briefing) -> dict[str, Any]:
    return {
        "title": f"Briefing for {dates.long_day(briefing.on)}",
        "meeting": briefing.name,
        "day": briefing.on.isoformat(),
        "hours": hours(briefing),
        "prepared": f"Prepared {when(briefing.prepared_at)}",
        "in_short": in_short(briefing),
        "silent": silent(briefing),
        "silent_since": silent_since(briefing),
        "empty": empty(briefing),
        "missing": [missing(row) for row in briefing.missing],
        "away": f"Missing {then(briefing)}",
        "held": f"In police custody {then(briefing)}",
        "in_custody": [in_custody(row) for row in briefing.in_custody],
        "incidents": [incident(row) for row in briefing.incidents],
        "late": LATE,
        "told_late": [incident(row) for row in briefing.told_late],
        "children": [child(row) for row in briefing.children],
        "some_closed": any(not row.hidden and not row.may_open for row in briefing.children),
        "intelligence": [intelligence(row) for row in briefing.intelligence],
        "carried": [carried(row, on=briefing.on) for row in briefing.carried],
        "feeds": [feed(row) for row in briefing.feeds],
    }


def when(moment: datetime, precision: str = "minute") -> str:
    """ "Friday 20 November at 10:15pm"; where only the day or the month was told, no more than that; and where
    not even the month was, `moment` is when it was told to us."""
    here = localtime(moment)
    if precision == "month":
        return f"{dates.month(here)}, {NO_DAY}"
    if precision == "untold":
        return dates.day_not_told(here)
    day = f"{dates.DAYS[here.weekday()]} {dates.short_day(here)}"
    return f"{day} at {dates.clock_time(here)}" if precision == "minute" else f"{day}, {NO_TIME}"


def since(moment: datetime, precision: str) -> str:
    """ "since Friday 20 November at 10:15pm"; nobody told from which day on: that, and when it was told to us."""
    if precision == "untold":
        return f"since when was not told; told to us on {dates.day_and_year(localtime(moment))}"
    return f"since {when(moment, precision)}"


def when_it_happened(moment: datetime, precision: str) -> str:
    """As `when`; the small hours are named by their evening too, which is how people remember them."""
    here = localtime(moment)
    said = when(moment, precision)
    if precision != "minute" or here.hour >= SMALL_HOURS:
        return said
    return f"{said} ({dates.night(here.date() - timedelta(days=1))})"


def hours(briefing: Briefing) -> str:
    """ "Friday 8am to today 8am (72 hours)"."""
    start, end = localtime(briefing.window.start), localtime(briefing.window.end)
    today = "today" if end.date() == localtime(briefing.prepared_at).date() else dates.DAYS[end.weekday()]
    first = f"{dates.DAYS[start.weekday()]} {dates.clock_time(start)}"
    return f"{first} to {today} {dates.clock_time(end)} ({briefing.window.hours} hours)"


def then(briefing: Briefing) -> str:
    """When children are missing or held: now, or when that morning's meeting began."""
    return "at the time" if briefing.is_past else "now"


def in_short(briefing: Briefing) -> str:
    children = len(briefing.children)
    return " · ".join(
        [
            dates.counted(len(briefing.incidents), "incident"),
            *([f"{len(briefing.told_late)} told late"] if briefing.told_late else []),
            f"{children} child{'' if children == 1 else 'ren'}",
            f"{len(briefing.missing)} missing {then(briefing)}",
            *([f"{len(briefing.in_custody)} in police custody {then(briefing)}"] if briefing.in_custody else []),
            f"{dates.counted(len(briefing.intelligence), 'piece')} of intelligence",
        ]
    )


def silent(briefing: Briefing) -> str:
    """How many feeds were not heard from; "" when all were."""
    quiet = len(briefing.silent_feeds)
    return f"{dates.counted(quiet, 'feed')} not heard from" if quiet else ""


def silent_since(briefing: Briefing) -> str:
    """Each of them, and since when."""
    return "; ".join(f"{one.name}, {since_when(one)}" for one in briefing.silent_feeds)


def since_when(feed: Feed) -> str:
    return f"since {when(feed.last_heard)}" if feed.last_heard else "never yet"


def empty(briefing: Briefing) -> str:
    """Silence is not safety: the sentence stands with the times at which each feed was last heard."""
    told = f"Nothing concerning children was told to us in these {briefing.window.hours} hours."
    return told if briefing.is_empty else ""


def feed(one: Feed) -> str:
    """ "Police: last heard Monday 23 November at 7:58am"."""
    return f"{one.name}: {f'last heard {when(one.last_heard)}' if one.last_heard else 'not heard from yet'}"


def named(one: Child) -> str:
    """What they like to be called; the whole name follows once, in the table of children."""
    return "Restricted" if one.hidden else one.called


def page_of(one: Child) -> str:
    """The address of the child's own page, "" for a reader whom it would refuse."""
    return reverse("child", args=[one.reference]) if one.may_open else ""


def missing(row: Missing) -> dict[str, Any]:
    if row.hidden:
        return {"hidden": True, "words": ASK}
    last_seen = f"last seen {row.last_seen}" if row.last_seen else "where last seen was not told"
    away = f"missing {since(row.since, row.precision)}"
    words = " · ".join([row.child.age, away, last_seen, f"told by {row.told_by}"])
    return {"hidden": False, "called": row.child.called, "page": page_of(row.child), "words": words}


def in_custody(row: InCustody) -> dict[str, Any]:
    if row.hidden:
        return {"hidden": True, "words": ASK}
    words = " · ".join([row.child.age, since(row.since, row.precision), f"told by {row.told_by}"])
    return {"hidden": False, "called": row.child.called, "page": page_of(row.child), "words": words}


def incident(row: Incident) -> dict[str, Any]:
    if row.hidden:
        return {"number": row.number, "hidden": True, "title": ASK}
    one = " (one incident)" if len(row.tellers) > 1 else ""
    return {
        "number": row.number,
        "hidden": False,
        "title": row.title,
        "when": capfirst(when_it_happened(row.when, row.precision)),
        "where": row.where or "Place not told",
        "told_by": f"{listed(row.tellers)}{one}",
        "why_one": f"Reports shown as one: {row.why_one}" if row.why_one else "",
        "children": ", ".join(named(one) for one in row.children),
    }


def listed(words: tuple[str, ...]) -> str:
    """ "Police, A&E and school"."""
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def child(row: Child) -> dict[str, Any]:
    if row.hidden:
        return {"hidden": True, "called": ASK}
    # A name that only goes on where the called one ends is said once.
    goes_on = f"{row.full_name} ".startswith(f"{row.called} ")
    called, whole = (row.full_name, "") if goes_on else (row.called, row.full_name)
    return {
        "hidden": False,
        "page": page_of(row),
        "called": called,
        "full_name": whole,
        "age": row.age,
        "reference": row.reference,
        "before": [before(day, is_open=is_open) for day, is_open in row.before] or ["None recorded"],
        "open_to": list(row.open_to) or ["Not open to any service that told us"],
        "another_record": row.another_record,
        "lead": row.lead or "None recorded",
        "phone": row.phone,
    }


def intelligence(row: Intelligence) -> dict[str, Any]:
    if row.hidden:
        return {"hidden": True, "words": ASK}
    return {
        "hidden": False,
        "words": row.words or "Cleared without words for the meeting. Ask the teller.",
        "told_by": f"Told by {row.told_by}, {when(row.told_at)}",
    }


def before(day: date, *, is_open: bool) -> str:
    """ "Friday 20 November, action open"."""
    return f"{dates.DAYS[day.weekday()]} {dates.short_day(day)}, action {'open' if is_open else 'done'}"


def carried(row: Carried, *, on: date) -> dict[str, Any]:
    if row.hidden or row.due is None or row.raised_for is None:
        return {"hidden": True, "what": row.what}
    raised = "raised today" if row.raised_for == on else f"raised {dates.short_day(row.raised_for)}"
    late = row.due < on and not row.done
    return {
        "hidden": False,
        "key": row.key,
        "called": row.called,
        "what": row.what,
        "owner": row.owner,
        "due": f"By {dates.short_day(row.due)}, {raised}",
        "state": "done" if row.done else "past_due" if late else "not_started",
        "status": f"Done: {row.done}" if row.done else "Past due" if late else "Not started",
        "may_tick_off": row.may_tick_off,
    }
