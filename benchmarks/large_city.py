"""A city as large as a benchmark asks for: the demo's own families and agencies, with more told of each child.

One child's record is made far longer than any other's, to see that a page does not depend on how long it is.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from alongside.demo import events, helping
from alongside.demo.city import the_city
from alongside.demo.families import Person, families
from alongside.demo.lives import live
from alongside.demo.records import Registers, Truth
from alongside.demo.telling import Batch, Period

FAMILIES_A_BATCH = 100
DAYS = 3 * 365
LONGEST = 5_000
# What most records fill up with is ordinary: a day missed at school, a note of a visit.
ORDINARY: tuple[Callable[[Batch, Person, date], object], ...] = (
    *(helping.note,) * 8,
    *(helping.absence,) * 9,
    *(helping.visit_to_emergency_department,) * 2,
    events.something_seen,
)


@dataclass(frozen=True)
class Streets:
    """What is told of some streets, oldest first, and whose each reference truly is."""

    envelopes: list[dict[str, Any]]
    truth: list[Truth]


def streets(*, children: int, contributions: int, until: date, seed: int = 1) -> Iterator[Streets]:
    """Street by street, until all children are told of; about `contributions` in all."""
    city, period, registers = the_city(), Period(until, DAYS), Registers(seed)
    everyone = families(city, children=children, seed=seed, today=until)
    number, each = 0, contributions / children
    while some := list(islice(everyone, FAMILIES_A_BATCH)):
        batch = Batch(number, city, period, registers, some, random.Random(f"{seed} batch {number}"))
        _tell(batch, each)
        if number == 0:
            _tell_much_of(batch, batch.children[0])
        told = [envelope for _, envelope in sorted(batch.told, key=lambda told: told[0])]
        yield Streets(told, registers.forget())
        number += 1


def _tell(batch: Batch, each: float) -> None:
    """A year's stories for every child, then ordinary days, unevenly, until there are enough."""
    for child in batch.children:
        live(batch, child)
    draw, wanted = batch.draw, each * len(batch.children)
    weights = [draw.paretovariate(1.5) for _ in batch.children]
    while len(batch.told) < wanted:
        (child,) = draw.choices(batch.children, weights)
        draw.choice(ORDINARY)(batch, child, batch.period.some_day(draw))


def _tell_much_of(batch: Batch, child: Person) -> None:
    for _ in range(LONGEST):
        helping.note(batch, child, batch.period.some_day(batch.draw))
