"""The settings we ship, with what is done with the lines of a response exchanged: BENCHMARK_LINES says for what."""

import os
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from alongside.config.settings import *  # noqa: F403  the same settings, but for the last middleware
from alongside.config.settings import MIDDLEWARE
from alongside.ledger.shown import SHOWN, Shown

Get = Callable[[HttpRequest], HttpResponse]


def without(get_response: Get) -> Get:
    """The same page without its lines: they are made and not written."""

    def middleware(request: HttpRequest) -> HttpResponse:
        here = SHOWN.set(Shown())
        try:
            return get_response(request)
        finally:
            SHOWN.reset(here)

    return middleware


def alone(get_response: Get) -> Get:
    """Each response writes its own lines, as if there were no other."""

    def middleware(request: HttpRequest) -> HttpResponse:
        from alongside.ledger.together import write

        here = SHOWN.set(shown := Shown())
        try:
            response = get_response(request)
        finally:
            SHOWN.reset(here)
        if lines := shown.to_write(is_redirect=False):
            write(lines)
        return response

    return middleware


WAY = os.environ.get("BENCHMARK_LINES", "together")
MIDDLEWARE = [*MIDDLEWARE[:-1], MIDDLEWARE[-1] if WAY == "together" else f"benchmarks.with_lines.{WAY}"]
