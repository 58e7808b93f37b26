"""How much one seat looks at before it is asked why, and before it is stopped: the partnership's own numbers.

They are for the rare seat that reads far more than its work needs. Opening a record in an emergency is never counted,
and telling partners something is never limited.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Literal

from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field, model_validator

from alongside import playbook

Window = Literal["minute", "hour", "day"]
LENGTH = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}


class Measure(StrEnum):
    """What is counted."""

    CHILD = "child"
    SEARCH = "search"
    EXPORT = "export"
    PAIR = "pair"
    ACCOUNT = "account"


IN_WORDS = {
    Measure.CHILD: "children’s records",
    Measure.SEARCH: "searches",
    Measure.EXPORT: "copies to keep or print",
    Measure.PAIR: "pairs of records",
    Measure.ACCOUNT: "accounts that wait for somebody",
}


class Verdict(StrEnum):
    """What follows from how much was looked at."""

    GO_ON = "go on"
    SAY_WHY = "say why"
    STOP = "stop"


class Limits(BaseModel):
    """For each measure and window: from how many on a reason is asked, and from how many on it is stopped."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    usual: dict[Measure, dict[Window, tuple[int, int]]]
    front_door: dict[Measure, dict[Window, tuple[int, int]]] = {}
    # How often a partner's system may call within a minute; a call may hold a thousand things told.
    api_calls_a_minute: int = Field(default=600, ge=1)

    @model_validator(mode="after")
    def asks_before_it_stops(self) -> "Limits":
        pairs = [
            pair for group in (self.usual, self.front_door) for windows in group.values() for pair in windows.values()
        ]
        if any(not 0 < asked < stopped for asked, stopped in pairs):
            raise ValueError("write first from how many on it is asked, then from how many on it is stopped")
        return self


@dataclass(frozen=True)
class Use:
    """How much a seat looked at, by window; whether it said why today; whether this very thing was counted already."""

    counted: Mapping[str, int]
    explained: bool = False
    again: bool = False


@lru_cache
def read(file: Path) -> Limits:
    return playbook.load(file, Limits)


def limits_for(measure: Measure, *, is_front_door: bool) -> dict[Window, tuple[int, int]]:
    """The numbers of the partnership that this server is for."""
    limits = read(settings.PLAYBOOK / "limits.toml")
    usual = limits.usual.get(measure, {})
    return limits.front_door.get(measure, usual) if is_front_door else usual


def calls_a_minute() -> int:
    """How often one key to the API may call."""
    return read(settings.PLAYBOOK / "limits.toml").api_calls_a_minute


def judge(use: Use, limits: Mapping[Window, tuple[int, int]]) -> Verdict:
    """One more is judged by what there was before it; what was seen today is not counted twice."""
    if use.again:
        return Verdict.GO_ON
    if any(use.counted[window] >= stopped for window, (_, stopped) in limits.items()):
        return Verdict.STOP
    asked = any(use.counted[window] >= asked for window, (asked, _) in limits.items())
    return Verdict.SAY_WHY if asked and not use.explained else Verdict.GO_ON
