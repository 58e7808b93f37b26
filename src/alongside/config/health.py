"""How the service and its feeds are doing: a page for those who look after them, and a sign of life."""

import tomllib
from datetime import date, datetime
from importlib.resources import files

from django.conf import settings
from django.db import connection
from django.db.models import Count, Max, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alongside.access.guard import open_to_all, requires
from alongside.access.permissions import Permission
from alongside.agencies.partners import system_in_words
from alongside.config.feeds import (
    Feed,
    state_of_backups,
    state_of_feed,
    state_of_following,
    state_of_libraries,
    state_of_sealing,
)
from alongside.contributions.models import Contribution, Pending
from alongside.contributions.rules import OUR_PAGES
from alongside.keeping.shelf import newest_in
from alongside.ledger.outside import disagreement
from alongside.ledger.queries import latest, written_and_unsealed
from alongside.web.dates import moment

OUR_OWN = "Pages of this service"
SEE_TO_IT = "It is sealed every minute. Ask whoever runs the server to run “alongside ledger verify”, and to see to it."


def feeds(*, at: datetime) -> list[Feed]:
    """Every system that ever told us something, longest silence first."""
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    heard = (
        Contribution.objects.order_by()
        .values("system", "agency", "agency__name", "agency__phone")
        .annotate(last=Max("received_at"), today=Count("pk", filter=Q(received_at__gte=midnight)))
        .order_by("last", "agency__name", "system")
    )
    return [
        Feed(
            agency=one["agency__name"],
            phone=one["agency__phone"],
            system=OUR_OWN if one["system"] == OUR_PAGES else system_in_words(one["agency"], one["system"]),
            last_heard=one["last"],
            today=one["today"],
            state=state_of_feed(last_heard=one["last"], at=at),
        )
        for one in heard
    ]


def following(*, at: datetime) -> dict[str, object]:
    """How many accepted contributions wait for their timeline, since when, and the word for it."""
    waiting = Pending.objects.aggregate(count=Count("pk"), oldest=Min("contribution__received_at"))
    return {**waiting, "state": state_of_following(oldest_waiting=waiting["oldest"], at=at)}


def sealing(*, at: datetime) -> dict[str, object]:
    """When the ledger was last sealed, the word for it, and what to do where it is late."""
    newest = latest()
    last = datetime.fromisoformat(newest.at) if newest else None
    oldest = written_and_unsealed(newest)
    state = state_of_sealing(last=last, oldest_waiting=oldest, at=at)
    if differs := disagreement():
        return {"last": last, "state": "not_working", "waiting": f"{differs} {SEE_TO_IT}"}
    since = f"Lines written since {moment(timezone.localtime(oldest))} wait. " if oldest else ""
    return {"last": last, "state": state, "waiting": f"{since}{SEE_TO_IT}"}


def backups(*, at: datetime) -> dict[str, object]:
    """When the newest backup was made of those that lie where this server keeps them. A demo needs none."""
    last = None if settings.DEMO else newest_in(settings.BACKUPS)
    return {"last": last, "state": state_of_backups(last=last, at=at), "are_wanted": not settings.DEMO}


def libraries_of() -> date:
    """On which day the libraries of this version were brought up to date."""
    return tomllib.loads((files("alongside.config") / "libraries.toml").read_text())["on"]


def libraries(*, at: datetime) -> dict[str, object]:
    on = libraries_of()
    return {"on": on, "state": state_of_libraries(on=on, at=at)}


@requires(Permission.SEE_HEALTH)
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """One table of feeds; nothing of a child."""
    now = timezone.now()
    found = {"feeds": feeds(at=now), "following": following(at=now), "sealing": sealing(at=now)}
    beside = {"backups": backups(at=now), "libraries": libraries(at=now), "now": now}
    return render(request, "config/health.html", found | beside)


@open_to_all("says only whether the service is alive")
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """200 while the database answers; a failure is answered by the error page's 503."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("alive\n", content_type="text/plain; charset=utf-8")
