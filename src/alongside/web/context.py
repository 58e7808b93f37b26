"""What every page's frame shows: the reader's navigation, the demo's banner, the marking, who is reading."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from alongside.web.session import seconds_left

MARKING = "OFFICIAL-SENSITIVE"
MOST_ITEMS = 6


@dataclass(frozen=True)
class NavigationItem:
    """One word of the navigation; `here` is "page" on that very page, "true" on a page below it, else ""."""

    label: str
    url: str
    here: str


def address(name: str) -> str:
    """The address of a named page, or "" where this server has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def where(url: str, path: str) -> str:
    """How a navigation item stands to the page being read."""
    if path == url:
        return "page"
    return "true" if url != "/" and path.startswith(url) else ""


def navigation(user: object, path: str) -> list[NavigationItem]:
    """The reader's own items, in their order; a name without a page is left out."""
    items = [(item.label, address(item.url_name)) for item in getattr(user, "navigation", ())]
    return [NavigationItem(label, url, where(url, path)) for label, url in items if url][:MOST_ITEMS]


def described(user: object) -> dict[str, object]:
    """Who is reading, as the frame says it: short name, full name, what they do."""
    full = str(getattr(user, "name", "") or user)
    return {
        "full_name": full,
        "short_name": str(getattr(user, "short_name", "") or full.split(" ")[0]),
        "does": str(getattr(user, "does", "") or ""),
    }


def furniture(request: HttpRequest) -> dict[str, object]:
    """Context for page.html under the one name `furniture`; safe for anonymous readers and bare requests."""
    user = getattr(request, "user", None)
    signed_in = bool(getattr(user, "is_authenticated", False))
    return {
        "furniture": {
            "signed_in": signed_in,
            "who": described(user) if signed_in else None,
            "navigation": navigation(user, request.path) if signed_in else [],
            "find": address("find") if signed_in and getattr(user, "can_find", False) else "",
            "account": address("my_account") if signed_in else "",
            "sign_out": address("sign_out") if signed_in else "",
            "be_someone": address("be_someone"),
            "demo": settings.DEMO,
            "marking": MARKING,
            "duty_phone": settings.DUTY_PHONE,
            "printed_at": timezone.now(),
            "session_seconds": seconds_left(request) if signed_in else 0,
        }
    }
