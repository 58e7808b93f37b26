"""How long something takes, on a machine that others use too: five rounds, and of each figure the middle one.

By the clock on the wall, and by the processor's time of this process alone, which does not grow when others work.
"""

import time
from collections.abc import Callable, Sequence
from statistics import median, quantiles
from typing import Any

ROUNDS = 5


def measured(
    asked: Sequence[Callable[[], Any]], before: Callable[[], None] = lambda: None
) -> dict[str, dict[str, float]]:
    """Milliseconds of all that is asked, dealt to five rounds: {"wall": {"median", "p90", "p95"}, "cpu": …}.
    `before`: what is done before each round, and not counted."""
    rounds = []
    for turn in range(ROUNDS):
        before()
        rounds.append([_once(one) for one in asked[turn::ROUNDS]])
    return {
        name: _middle([_spread([pair[turn] for pair in pairs]) for pairs in rounds])
        for turn, name in enumerate(("wall", "cpu"))
    }


def _once(asked: Callable[[], Any]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    asked()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


def _spread(times: list[float]) -> dict[str, float]:
    parts = quantiles(times, n=20, method="inclusive")
    return {"median": median(times), "p90": parts[17], "p95": parts[18]}


def _middle(rounds: list[dict[str, float]]) -> dict[str, float]:
    return {name: round(median(one[name] for one in rounds), 1) for name in rounds[0]}


def times_as_quick(ours: dict[str, dict[str, float]], peer: dict[str, dict[str, float]]) -> dict[str, float]:
    """How many of ours are done while the peer does one, by the median."""
    return {name: round(peer[name]["median"] / ours[name]["median"], 1) for name in ours}
