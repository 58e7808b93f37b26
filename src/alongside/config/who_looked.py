"""Who looked, in numbers: for those who watch over how the service is used, and may know no child."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alongside.access.guard import requires
from alongside.access.permissions import Permission
from alongside.access.queries import opens_a_record
from alongside.agencies.models import Agency
from alongside.ledger import subjects
from alongside.ledger.models import LedgerEvent, Operation
from alongside.people.judging import OPENED
from alongside.people.models import Standing

PERIOD = timedelta(days=30)
# A smaller number could point to one child.
FEWEST_SHOWN = 5


def looks_by_agency(*, at: datetime) -> list[dict[str, Any]]:
    """How often each agency opened a page of a child's record in the last 30 days, how often it was shown a child in
    part, and how often it opened a record in an emergency; small numbers hidden."""
    about_a_child = Q(operation=Operation.VIEW, subject__startswith=subjects.CHILD, at__gt=at - PERIOD, at__lte=at)
    opened = Count("pk", filter=opens_a_record())
    counted = LedgerEvent.objects.filter(about_a_child).order_by().values("agency")
    looks = {row.pop("agency"): row for row in counted.annotate(opened=opened, in_part=Count("pk") - opened)}
    emergencies = emergencies_by_agency(at=at)
    return [
        {
            "agency": agency,
            **{name: shown(looks.get(agency.pk, {}).get(name, 0)) for name in ("opened", "in_part")},
            "emergencies": shown(emergencies.get(agency.pk, 0)),
        }
        for agency in Agency.objects.all()
    ]


def emergencies_by_agency(*, at: datetime) -> dict[str, int]:
    """How often each agency opened a record in an emergency in the same time."""
    uses = Standing.objects.filter(OPENED, since__gt=at - PERIOD, since__lte=at)
    return dict(uses.order_by().values_list("agency").annotate(n=Count("pk")))


def shown(count: int) -> str:
    """A count as it may be shown: nought and small numbers as words."""
    if count == 0:
        return "None"
    return f"{count:,}" if count >= FEWEST_SHOWN else f"Fewer than {FEWEST_SHOWN}"


@requires(Permission.SEE_WHO_LOOKED)
@require_safe
def who_looked(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    return render(request, "config/who_looked.html", {"rows": looks_by_agency(at=at), "at": at})
