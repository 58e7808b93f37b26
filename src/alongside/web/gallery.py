"""Plain examples for the gallery of parts."""

from django.http import HttpRequest

from alongside.web.icons import ICONS
from alongside.web.nothing import NOTHING


def parts(request: HttpRequest) -> dict[str, object]:
    """The gallery's context."""
    return {"icons": list(ICONS), "kinds_of_nothing": list(NOTHING)}
