"""Lines of a log, which say where something failed and never with whose name in hand."""

import logging
import traceback
from types import TracebackType

Failure = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutWords(logging.Formatter):
    """Of a failure its kind and the lines it passed: its own words may quote a row, a form or a child."""

    def formatException(self, ei: Failure) -> str:  # noqa: N802 - logging's own name
        failure, told = ei[1], []
        while failure is not None:
            told.append("".join(traceback.format_tb(failure.__traceback__)) + type(failure).__name__)
            failure = failure.__cause__ or failure.__context__
        return "\nbecause of\n".join(told)
