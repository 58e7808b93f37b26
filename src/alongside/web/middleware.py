"""What every answer carries so that a child's page does not stay behind on a shared machine."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from .errors import FOR_SYSTEMS

NOT_USED = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read", "display-capture"),
    *("geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi"),
    *("payment", "screen-wake-lock", "serial", "sync-xhr", "usb", "xr-spatial-tracking"),
)
POLICIES = {
    "Permissions-Policy": ", ".join([*(f"{one}=()" for one in NOT_USED), "publickey-credentials-get=(self)"]),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-Robots-Tag": "noindex, nofollow",
}


UNENCRYPTED = (
    "This server answers systems over HTTPS only. A key that came with this message travelled unprotected: "
    "end it, have another made, and correct the address that your system calls."
)


def systems_come_over_https(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a partner's system that calls without HTTPS is refused, never sent on. Sent on it would work, and
    nobody would hear that its key and what it tells go unprotected (OWASP ASVS 5.0, 4.1.2)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SECURE_SSL_REDIRECT and request.path.startswith(FOR_SYSTEMS) and not request.is_secure():
            return JsonResponse({"detail": UNENCRYPTED}, status=403)
        return get_response(request)

    return middleware


def personal_pages_are_not_kept(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: no browser or proxy keeps a page; static files, which tell of no one, may be."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for header, value in POLICIES.items():
            response.headers.setdefault(header, value)
        if not request.path.startswith(settings.STATIC_URL):
            response.headers["Cache-Control"] = "no-store"
        return response

    return middleware


def no_address_holds_a_nul(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: there is nothing at an address with a NUL in it. Nothing that we keep is called so, and PostgreSQL
    would fail where it is asked for one; no page has to think of it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        asked = request.META.get("QUERY_STRING", "")
        if "\0" in request.path or "\0" in asked or "%00" in asked:
            raise Http404
        return get_response(request)

    return middleware
