"""The page of people to be. It exists in the demo only: elsewhere there is no such address."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alongside.access.guard import open_to_all
from alongside.agencies.models import Agency, Practitioner
from alongside.agencies.sign_in import begin_session

from .practitioners import CARDS

BY_A_CLICK = "alongside.agencies.backend.Seats"


def in_the_demo_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request)

    return guarded


@open_to_all("The demo’s people are invented; outside the demo this page does not exist.")
@in_the_demo_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def be_someone(request: HttpRequest) -> HttpResponse:
    """Choose whom to be; a POST signs in as them."""
    if request.method == "POST":
        cards = {card.key for card in CARDS} & {request.POST.get("key", "")}
        someone = get_object_or_404(Practitioner, key__in=cards, is_active=True)
        begin_session(request, practitioner=someone, at=timezone.now(), backend=BY_A_CLICK)
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "demo/be_someone.html", {"people": people_to_be()})


def people_to_be() -> list[dict[str, object]]:
    """The cards of those who hold a seat in this database, each with the name of their organisation."""
    seated = set(Practitioner.objects.filter(is_active=True).values_list("key", flat=True))
    agencies = dict(Agency.objects.values_list("slug", "name"))
    return [{"card": card, "agency": agencies[card.agency]} for card in CARDS if card.key in seated]
