"""Pages that belong to nobody's room: help, privacy, accessibility, words on labels, the gallery of parts."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_POST, require_safe

from alongside.web import gallery, session
from alongside.web.doors import open_to_all
from alongside.web.status import FAMILIES


@open_to_all("help is for everyone")
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Help and who to call."""
    return render(request, "web/help.html")


@open_to_all("help is for everyone")
@require_safe
def words_on_labels(request: HttpRequest) -> HttpResponse:
    """What do these mean? Every status word with its sentence."""
    return render(request, "web/words_on_labels.html", {"families": FAMILIES})


@open_to_all("whoever uses this may know what is recorded")
@require_safe
def recorded(request: HttpRequest) -> HttpResponse:
    """What is recorded about my use."""
    return render(request, "web/recorded.html")


@open_to_all("whoever meets a barrier may read what to do")
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How these pages were tested and what does not work yet."""
    return render(request, "web/accessibility.html")


@open_to_all("families may read it too")
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What happens to information about children, families and users."""
    return render(request, "web/privacy.html")


@open_to_all("the picture on a browser’s tab")
@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """Where browsers look for it beside what is no page, such as a PDF."""
    return redirect(static("web/icon.svg"))


@open_to_all("parts of pages with invented examples")
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every part of our pages with a plain example."""
    return render(request, "web/components.html", gallery.parts(request))


@open_to_all("an invented map")
@require_safe
def example_geojson(request: HttpRequest, which: str) -> HttpResponse:
    """The data of the gallery's map."""
    return JsonResponse(gallery.geojson(which))


@open_to_all("moves the end of the reader’s own session")
@require_POST
@login_required
def stay_signed_in(request: HttpRequest) -> HttpResponse:
    """A sign of life, as any page is; answers the seconds that are left."""
    return HttpResponse(session.seconds_left(request), content_type="text/plain; charset=utf-8")
