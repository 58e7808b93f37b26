"""Where a request comes from, in words for its owner and as a key for counting."""

import hashlib
import ipaddress

from django.conf import settings
from django.http import HttpRequest

# The first that is found names it: most browsers also say the name of those that they descend from.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("CrOS", "a Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "a Mac"),
    ("Linux", "Linux"),
)


def _first(text: str, table: tuple[tuple[str, str], ...]) -> str:
    return next((word for mark, word in table if mark in text), "")


def browser_of(request: HttpRequest) -> str:
    """“Firefox on Windows”, or what little the browser says of itself."""
    said = request.headers.get("User-Agent", "")[:400]
    browser, system = _first(said, BROWSERS) or "A browser", _first(said, SYSTEMS)
    return f"{browser} on {system}" if system else browser


def source_of(request: HttpRequest) -> str:
    """The address it comes from: what the proxy in front of us saw where there is one, never what a client claims."""
    said = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER and (forwarded := request.headers.get("X-Forwarded-For")):
        said = forwarded.rsplit(",", 1)[-1]
    try:
        return str(ipaddress.ip_address(said.strip()))
    except ValueError:
        return ""


def network_of(source: str) -> str:
    """What counts as one place: an IPv4 address, or the /64 that one customer of IPv6 is given."""
    if ":" not in source:
        return source
    return str(ipaddress.ip_network(f"{source}/64", strict=False))


def digest(*words: str) -> str:
    """A key by which something is found again and from which it cannot be read."""
    return hashlib.sha256("\0".join(words).encode()).hexdigest()
