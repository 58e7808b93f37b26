"""Work that the demo's people have begun, so that a visitor finds something of each sort: given and asked for."""

from datetime import datetime, timedelta

from django.utils import timezone

from alongside.access_requests.actions import log_request
from alongside.agencies.models import Practitioner
from alongside.people.models import AgencyRecord, Person
from alongside.people.queries import children_near
from alongside.sharing.actions import give
from alongside.sharing.models import ShareDecision
from alongside.sharing.recipients import Target

GIVER, RECEIVER, OFFICER = "rowan", "omar", "winston"
WORDS = (
    "A child we work with walks home through the Kiln Lane underpass after dark. "
    "Could the lights there be mended first?"
)


def begin_work(*, at: datetime) -> None:
    """Rowan gives Omar what he needs to know of one child; Winston writes down that their mother asks what is held.
    Twice is the same as once."""
    giver, receiver, officer = (Practitioner.objects.get(key=key) for key in (GIVER, RECEIVER, OFFICER))
    child = _child(giver, officer, at=at)
    if child is None or ShareDecision.objects.exists():
        return
    _given(child, to=receiver, by=giver, at=at)
    _asked(child, by=officer, at=at)


def _given(child: Person, *, to: Practitioner, by: Practitioner, at: datetime) -> None:
    told = {"because": "So that the way home is lit this winter", "family": "told"}
    bases = ["art_6_1_e", "art_9_2_g", "ca_2004_s11"]
    until = timezone.localdate(at) + timedelta(days=90)
    target = Target(practitioner=to)
    give(person=child, to=target, chosen=[], words=WORDS, bases=bases, expires_on=until, by=by, at=at, **told)


def _asked(child: Person, *, by: Practitioner, at: datetime) -> None:
    today = timezone.localdate(at)
    log_request(
        person=child,
        asked_by=f"The mother of {child.likes_to_be_called}",
        asked_as="parent",
        reply_to="By hand, at the family’s own solicitor",
        identity_how="Passport seen; the birth certificate names her as mother",
        identity_on=today - timedelta(days=6),
        received_on=today - timedelta(days=8),
        by=by,
        at=at,
    )


def _child(giver: Practitioner, officer: Practitioner, *, at: datetime) -> Person | None:
    """A child in whose team the giver is, and whom the officer's agency knows: the first by its reference there."""
    near = children_near(giver, at=at).order_by().values("pk")
    held = AgencyRecord.objects.filter(agency=officer.agency_id, person__in=near).select_related("person")
    first = held.order_by("reference", "pk").first()
    return first.person if first else None
