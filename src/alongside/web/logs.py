"""Lines of a log, which say where something failed and never with whose name in hand."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog

Failure = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def where(failure: BaseException | None) -> str:
    """Of a failure its kind and the lines it passed: its own words may quote a row, a form or a child."""
    told = []
    while failure is not None:
        told.append("".join(traceback.format_tb(failure.__traceback__)) + type(failure).__name__)
        failure = failure.__cause__ or failure.__context__
    return "\nbecause of\n".join(told)


class WithoutWords(logging.Formatter):
    """For lines of Django and of libraries."""

    def formatException(self, ei: Failure) -> str:  # noqa: N802 - logging's own name
        return where(ei[1])


def without_words(logger: Any, name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """For events of ours: in place of what the library would show, which is every value in hand."""
    if event.pop("exc_info", None):
        event["exception"] = where(sys.exc_info()[1])
    return event


def tell_events(level: str) -> None:
    """One line an event from this level on, its facts behind it; a failure's lines under it."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            without_words,
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
        ],
    )
