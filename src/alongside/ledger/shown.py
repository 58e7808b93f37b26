"""What one response shows: the lines of it wait here until the response is made, and are written before it leaves."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from .subjects import is_child


class Shown:
    """The lines of one response, in the order in which they came."""

    def __init__(self) -> None:
        self.lines: list[Any] = []
        # What is done once the lines are durable, where the page goes to a reader.
        self.afterwards: list[Callable[[], object]] = []

    def to_write(self, *, is_redirect: bool) -> list[Any]:
        """One line for each thing shown, however many parts of the page showed it. A response that only leads
        elsewhere shows no child."""
        once: dict[Any, Any] = {}
        for number, line in enumerate(self.lines):
            if not (is_redirect and is_child(line.subject)):
                once.setdefault(line.subject or number, line)
        return list(once.values())


# The response that is being made in this thread; None outside of one, where a line is written at once.
SHOWN: ContextVar[Shown | None] = ContextVar("shown", default=None)


def once_read(do: Callable[[], object]) -> None:
    """Do this when the page that is being made has been shown to somebody: its lines are durable, and it has a body.
    Outside of a response, at once."""
    shown = SHOWN.get()
    if shown is None:
        do()
    else:
        shown.afterwards.append(do)
