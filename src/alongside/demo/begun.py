"""Work that the demo's people have begun, so that a visitor finds something of each sort: given and asked for."""

from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.utils import timezone

from alongside.access_requests.actions import log_request
from alongside.agencies.actions import invite
from alongside.agencies.models import Practitioner
from alongside.contributions.grading import grade
from alongside.contributions.models import Contribution, Grade
from alongside.people.models import AgencyRecord, Person
from alongside.people.queries import children_near
from alongside.sharing.actions import give
from alongside.sharing.models import ShareDecision
from alongside.sharing.recipients import Target

GIVER, RECEIVER, OFFICER = "rowan", "omar", "winston"
GRADER, COLLEAGUE = "kofi", "dilys"
OVER_A_YEAR = timedelta(days=370)
WORDS = (
    "A child we work with walks home through the Kiln Lane underpass after dark. "
    "Could the lights there be mended first?"
)


def begin_work(*, at: datetime) -> None:
    """Rowan gives Omar what he needs to know of one child; Winston writes down that their mother asks what is held;
    what Omar's agency told long ago was graded
    then, and Carys is asked whether a seat is still needed. Twice is the same as once."""
    _seat_long_unlooked_at(at=at)
    _graded_long_ago(at=at)
    giver, receiver, officer = (Practitioner.objects.get(key=key) for key in (GIVER, RECEIVER, OFFICER))
    child = _child(giver, officer, at=at)
    if child is None or ShareDecision.objects.exists():
        return
    _given(child, to=receiver, by=giver, at=at)
    _asked(child, by=officer, at=at)


def _seat_long_unlooked_at(*, at: datetime) -> None:
    """A colleague's whom no visitor can be: a seat that nobody looks at is suspended in the end. Nobody knows its
    password."""
    if Practitioner.objects.filter(key=COLLEAGUE).exists():
        return
    invite(
        key=COLLEAGUE,
        name="Dilys Moore",
        email=f"{COLLEAGUE}@alongside.example",
        agency="leeds-city-council",
        role="social_worker",
        job_title="Social worker",
        password=token_urlsafe(),
        by="demo",
        at=at - OVER_A_YEAR,
    )


def _graded_long_ago(*, at: datetime) -> None:
    """What highways told years ago waits for no grade today: Kofi gave it one, and the lights were mended."""
    grader = Practitioner.objects.get(key=GRADER)
    told = Contribution.objects.filter(agency="leeds-highways", occurred_at__lt=at - OVER_A_YEAR, grades=None)
    for one in told:
        known = {"source": "2", "information": "A", "handling": "P", "priority": "low", "became": Grade.Became.ACTED_ON}
        grade(contribution=one, by=grader, at=one.occurred_at + timedelta(days=1), **known)


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
