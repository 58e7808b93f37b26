"""No response that shows a child leaves before its lines in the ledger are durable."""

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from alongside.web.errors import page_alone
from alongside.web.problems import PROBLEMS, new_code, status_for

from . import together
from .shown import SHOWN, Shown

log = logging.getLogger(__name__)


def written_before_it_leaves(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, the innermost. Where the lines cannot be written, the response is not sent: another one says so,
    and has nothing of a child in it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        shown = Shown()
        here = SHOWN.set(shown)
        try:
            together.begin()
            response = get_response(request)
        except BaseException:
            together.durable([])
            raise
        finally:
            SHOWN.reset(here)
        try:
            together.durable(shown.to_write(is_redirect=300 <= response.status_code < 400))
        except Exception as failure:
            response.close()
            return _not_shown(failure)
        if request.method == "GET" and response.status_code == HTTPStatus.OK:
            for do in shown.afterwards:
                do()
        return response

    return middleware


def _not_shown(failure: Exception) -> HttpResponse:
    """The same words as for a database that does not answer, or a disk that is full."""
    code, status = new_code(), getattr(failure, "status", 0) or status_for(failure)
    log.error("A page was not shown: its lines were not written. Code %s, kind %s", code, type(failure).__name__)
    return page_alone(PROBLEMS[503 if status == 500 else status], code)
