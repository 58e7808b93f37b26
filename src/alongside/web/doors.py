"""The mark of a page that names no permission: the reason why, which the house test reads."""

from collections.abc import Callable

from django.http import HttpResponse

View = Callable[..., HttpResponse]


def open_to_all(because: str) -> Callable[[View], View]:
    """A page with no child in it that anyone may open; the reason stands beside it."""

    def mark(view: View) -> View:
        view.open_because = because
        return view

    return mark
