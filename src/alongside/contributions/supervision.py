"""Looking over what a team has sent. It holds nothing up: partners read it from the moment it is sent."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from alongside.access.permissions import Permission
from alongside.agencies.models import Practitioner, Team
from alongside.agencies.queries import seats_with
from alongside.agencies.same_person import a_seat_of
from alongside.ledger.models import Operation, record

from .kinds import kinds
from .models import Contribution, SupervisorLook
from .queries import not_closed_to
from .rules import OUR_PAGES
from .unfiled import closed_unfiled, is_open, open_among

Outcome = SupervisorLook.Outcome
MOST = 100
SAID = {
    Outcome.SEEN: "You said that it is seen.",
    Outcome.RETURNED: "It went back to its author, who reads your words on their first page.",
}


def team_sent(viewer: Practitioner) -> QuerySet[Contribution]:
    """What others sent on these pages that the viewer looks over, as it stands now, newest first, each with the
    `outcome` of the last look. Nothing for whoever supervises no team."""
    sent = Contribution.objects.filter(looked_over_in(viewer), not_closed_to(viewer), system=OUR_PAGES)
    supervises = viewer.may(Permission.SUPERVISE) and viewer.team_id
    return (
        with_the_last_look(sent if supervises else sent.none())
        .filter(is_newest=True)
        .exclude(a_seat_of(viewer, "author"))
        .select_related("author", "agency", "pending")
        .order_by("-received_at", "-pk")
    )


def looked_over_in(viewer: Practitioner) -> Q:
    """What was sent by their own team. And what was sent by one that nobody supervises any more, dissolved maybe: its
    author's present team looks that over, or whoever supervises a team of the agency where nobody else than the author
    does there either.

    What was sent from no team at all is nobody's."""
    lead = seats_with(Permission.SUPERVISE).filter(agency=viewer.agency_id, team__isnull=False)
    own_or_left = Team.objects.filter(Q(pk=viewer.team_id) | ~Q(pk__in=lead.values("team")), agency=viewer.agency_id)
    leads_the_author = lead.filter(team=OuterRef("author__team")).exclude(pk=OuterRef("author"))
    left_to_them = Q(author__team=viewer.team_id) | ~Exists(leads_the_author)
    # The teams by themselves, so that the index finds what these few sent among the millions that systems told.
    return Q(team__in=own_or_left) & (Q(team=viewer.team_id) | left_to_them)


def told_by_the_team(viewer: Practitioner, receipt: str) -> Contribution | None:
    """One thing that the team sent, for whoever looks it over."""
    sent = team_sent(viewer).filter(receipt=receipt).first()
    return sent if sent and is_open(viewer, sent) else None


def with_the_last_look(sent: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Each with the `outcome` and the `comment` of the last look of a supervisor."""
    last = SupervisorLook.objects.filter(contribution=OuterRef("pk")).order_by("-at", "-pk")
    return sent.annotate(outcome=Subquery(last.values("outcome")[:1]), comment=Subquery(last.values("comment")[:1]))


def readable_team_sent(viewer: Practitioner) -> list[Contribution]:
    """The same, without what was told to others only."""
    return open_among(viewer, team_sent(viewer)[:MOST])


def waiting_for_a_look(viewer: Practitioner) -> list[Contribution]:
    """What this supervisor has still to look over, longest waiting first."""
    asked = [key for key, kind in kinds().items() if kind.supervised]
    waiting = team_sent(viewer).filter(kind__in=asked, outcome=None, withdrawn_at=None)
    return open_among(viewer, waiting.order_by("received_at", "pk")[:MOST])


def returned_to(viewer: Practitioner) -> list[Contribution]:
    """What came back to its author and is not mended yet, each with its `comment`; but for what is closed to them."""
    returned = SupervisorLook.objects.filter(contribution=OuterRef("pk"), outcome=Outcome.RETURNED)
    mine = Contribution.objects.filter(Exists(returned), not_closed_to(viewer), author=viewer, withdrawn_at=None)
    last = with_the_last_look(mine.filter(is_newest=True)).filter(outcome=Outcome.RETURNED)
    found = list(last.select_related("pending").order_by("pk"))
    closed = closed_unfiled(viewer, found)
    return [one for one in found if one.pk not in closed]


@transaction.atomic
def look_over(
    *, contribution: Contribution, outcome: str, by: Practitioner, at: datetime, comment: str = ""
) -> SupervisorLook:
    """Say that it is seen, or return it to its author with what would help."""
    look = SupervisorLook.objects.create(contribution=contribution, outcome=outcome, comment=comment, by=by, at=at)
    record(Operation.ALTER, f"supervisor: {outcome}", by=by, at=at, about=contribution.subject)
    return look
