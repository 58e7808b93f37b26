"""A year of each child: quiet for most, several things for some, many for a few."""

import random
from collections.abc import Callable
from datetime import date, timedelta

from . import events, helping
from .families import Person
from .telling import Batch

Story = Callable[[Batch, Person, date], object]
# Of a hundred children of twelve and over whom some agency knows.
PATHS = {"quiet": 50, "some": 32, "several": 13, "many": 5}
QUIET: tuple[Story, ...] = (
    helping.absence,
    helping.visit_to_emergency_department,
    helping.note,
    lambda batch, child, day: helping.begin(batch, child, helping.CATCH_CENTRE, day),
)
SOME: tuple[Story, ...] = (
    *QUIET,
    events.something_seen,
    events.something_seen,
    events.evening_assault,
    events.missing,
    helping.exclusion,
    helping.referral,
)
SEVERAL: tuple[Story, ...] = (
    *SOME,
    events.evening_assault,
    events.missing,
    events.custody,
    helping.intelligence,
)
HOW_MANY = {"quiet": (1, 1), "some": (1, 3), "several": (4, 7), "many": (9, 16)}
STORIES = {"quiet": QUIET, "some": SOME, "several": SEVERAL, "many": SEVERAL}


def path_of(child: Person, draw: random.Random, today: date) -> str:
    """Younger children stay quiet: they are mostly told of as brothers and sisters."""
    path = draw.choices(list(PATHS), list(PATHS.values()))[0]
    return path if child.age(today) >= 12 else "quiet"


def live(batch: Batch, child: Person) -> None:
    """Everything that agencies tell of one child in the period."""
    draw, period = batch.draw, batch.period
    path = path_of(child, draw, period.until)
    stories = STORIES[path]
    for _ in range(draw.randint(*HOW_MANY[path])):
        draw.choice(stories)(batch, child, period.some_day(draw))
    if path in {"several", "many"}:
        _who_is_beside(batch, child, path)
    elif path == "some" and draw.random() < 0.3:
        helping.begin(batch, child, helping.IN_NEED, period.some_day(draw), ended=period.until - timedelta(days=9))


def _who_is_beside(batch: Batch, child: Person, path: str) -> None:
    """Those who come to work with a child to whom much has happened."""
    draw, period = batch.draw, batch.period
    start = period.some_day(draw)
    helping.referral(batch, child, start)
    helping.at_school(batch, child, start)
    helping.begin(batch, child, helping.OUTSIDE_THE_HOME if path == "many" else helping.IN_NEED, start)
    for beside, chance in (
        (helping.JUSTICE, 0.5),
        (helping.MIND, 0.45),
        (helping.SAFE_TEAM, 0.4),
        (helping.CATCH_CENTRE, 0.4),
        (helping.POLICE_OFFICER, 0.4),
    ):
        if draw.random() < chance:
            ended = period.some_day(draw) if draw.random() < 0.2 else None
            day = period.some_day(draw)
            helping.begin(batch, child, beside, day, ended=ended if ended and ended > day else None)
    if path == "many":
        helping.note(batch, child, period.some_day(draw), handling="restricted:maya,rowan")
        helping.intelligence(batch, child, period.some_day(draw), graded=True)


def last_evening(batch: Batch) -> None:
    """What the morning meeting will read: the city is never told of with an empty night before."""
    day = batch.period.last_evening
    today = batch.period.until
    others = [child for child in batch.children if child.household not in batch.told_apart]
    old_enough = [child for child in others if 12 <= child.age(today) <= 17]
    chosen = batch.draw.sample(old_enough, min(5, len(old_enough)))
    stories: tuple[Story, ...] = (
        events.evening_assault,
        events.something_seen,
        lambda batch, child, day: events.missing(batch, child, day, still=True),
        events.custody,
        helping.intelligence,
    )
    for child, story in zip(chosen, stories, strict=False):
        story(batch, child, day)
    helping.intelligence(
        batch, None, day, place=batch.city.place("Kiln Lane underpass"), cleared=True, handling="police"
    )
    helping.intelligence(batch, None, day, cleared=True, handling="restricted:priya")


def what_places_tell(batch: Batch) -> None:
    """Notices about a place that name no child: lights, litter of laughing gas, strangers outside a shop."""
    for _ in range(max(1, len(batch.children) // 12)):
        helping.intelligence(batch, None, batch.period.some_day(batch.draw))
