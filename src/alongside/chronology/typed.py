"""What somebody typed, kept in their session and sealed: it travels by POST, and the address that follows holds only
a short key. No name is in an address, and none in a table that nothing is taken out of."""

from secrets import token_urlsafe

from django.http import HttpRequest

from alongside.people.sealing import vault
from alongside.shared.vault import CannotOpenError

KEPT = 10


def keep_typed(request: HttpRequest, text: str, *, under: str) -> str:
    """Keeps it among the latest few of its kind; answers the key for the address."""
    key = token_urlsafe(4)
    kept = list(request.session.get(under, {}).items())[-(KEPT - 1) :]
    request.session[under] = dict([*kept, (key, vault().seal(text, under))])
    return key


def typed(request: HttpRequest, key: str, *, under: str) -> str | None:
    """What was kept under that key; None where it is gone, or was never there."""
    try:
        return vault().open(request.session.get(under, {})[key], under)
    except (KeyError, CannotOpenError):
        return None
