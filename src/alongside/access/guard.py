"""The guard at each page's door: it names the permission, and records each look at a child.

No page that carries a child's data is sent before its line in the ledger is durable; where the ledger
fails, the page fails closed.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from alongside.web.doors import View, open_to_all

from .permissions import Permission

__all__ = ["open_to_all", "open_to_signed_in", "requires"]


def was_on(request: HttpRequest) -> str:
    """Where whoever signs in goes on: what they asked for; where they sent something, the page of ours that they sent
    it from, since not every address that takes something is a page."""
    page = request.headers.get("Referer", "")
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
        return request.get_full_path()
    return urlsplit(page)._replace(scheme="", netloc="", fragment="").geturl()


def requires(permission: Permission) -> Callable[[View], View]:
    """Outermost on every page. Leaves a mark (`view.requires`) that the house test reads."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(was_on(request))
            if not request.user.may(permission):
                raise PermissionDenied(permission)
            return view(request, *args, **kwargs)

        guarded.requires = permission
        return guarded

    return guard


def open_to_signed_in(because: str) -> Callable[[View], View]:
    """A page about the reader alone, for everyone who is signed in; the reason stands beside it."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(was_on(request))
            return view(request, *args, **kwargs)

        return open_to_all(because)(guarded)

    return guard
