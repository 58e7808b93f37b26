"""Each agency runs its own people: every change is an action with its line, and nothing is deleted."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.agencies import seats
from alongside.agencies.actions import change_password
from alongside.agencies.models import Invitation, KnownDevice, Practitioner, SignedIn, Team
from alongside.agencies.partners import roles_of
from alongside.agencies.seats import NotForYouError, UnusableLinkError
from alongside.agencies.tasks import tend_seats
from alongside.demo.practitioners import CARDS
from alongside.ledger.models import LedgerEvent, Operation

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db
WHY = "On leave until spring"


def act(verb, practitioner, by, **told):
    return getattr(seats, verb)(practitioner=practitioner, by=by, at=timezone.now(), **told)


EVERY = [
    ("suspend", {"because": WHY}),
    ("lift", {"because": WHY}),
    ("end_seat", {"because": WHY}),
    ("give_back", {"because": WHY}),
    ("keep", {"because": WHY}),
    ("make_link", {}),
    ("move", {"role": "social_worker", "team": None, "job_title": "", "because": WHY}),
]


@pytest.mark.parametrize(("verb", "told"), EVERY)
@pytest.mark.parametrize("whose", ["another agency’s", "her own", "by somebody who does not manage seats"])
def test_nobody_changes_a_seat_that_is_not_theirs_to_change(carys, priya, maya, leah, verb, told, whose):
    practitioner, by = {"another agency’s": (priya, carys), "her own": (carys, carys)}.get(whose, (maya, leah))
    before = list(Practitioner.objects.order_by("pk").values())
    with pytest.raises(NotForYouError):
        act(verb, practitioner, by, **told)
    assert list(Practitioner.objects.order_by("pk").values()) == before
    assert not LedgerEvent.objects.filter(operation=Operation.ALTER, subject=practitioner.key, actor=by.key).exists()


@pytest.mark.parametrize(("verb", "told"), EVERY)
def test_each_change_leaves_one_line_with_its_reason(carys, maya, verb, told):
    if verb == "lift":
        act("suspend", maya, carys, because="Lost")
    before = LedgerEvent.objects.count()
    act(verb, maya, carys, **told)
    lines = LedgerEvent.objects.all()[: LedgerEvent.objects.count() - before]
    assert [(line.actor, line.subject) for line in lines] == [("carys", "maya")] * len(lines)
    assert len(lines) == (2 if verb == "give_back" else 1)
    assert "because" not in told or WHY in {line.purpose for line in lines}


def test_a_suspended_seat_is_lifted_and_counts_as_looked_at(carys, maya):
    act("suspend", maya, carys, because=WHY)
    maya.refresh_from_db()
    assert (maya.is_active, maya.suspended_because) == (False, WHY)
    act("lift", maya, carys, because="Back")
    maya.refresh_from_db()
    assert (maya.is_active, maya.suspended_at) == (True, None)
    assert timezone.now() - maya.checked_at < timedelta(minutes=1)


def test_nobody_gives_a_role_that_the_playbook_does_not_let_their_agency_give(carys, maya):
    for role in ("police_officer", "police_intelligence", "scrutineer"):
        with pytest.raises(NotForYouError):
            act("move", maya, carys, role=role, team=None, job_title="", because=WHY)
        with pytest.raises(NotForYouError):
            seats.invite_to_agency(
                by=carys, at=timezone.now(), key="new", name="New", email="new@alongside.example", role=role
            )
    assert not Practitioner.objects.filter(key="new").exists()


def test_nobody_is_moved_into_another_agencys_team(carys, maya):
    police = Team.objects.filter(agency="west-yorkshire-police").first()
    with pytest.raises(NotForYouError):
        act("move", maya, carys, role="social_worker", team=police, job_title="", because=WHY)


def test_everybody_of_the_demo_holds_a_role_that_their_agency_may_give():
    assert [card.key for card in CARDS if card.role not in roles_of(card.agency)] == []


def invited(carys):
    return seats.invite_to_agency(
        by=carys, at=timezone.now(), key="noor", name="Noor", email="noor@alongside.example", role="social_worker"
    )


def test_a_link_opens_a_seat_once(carys):
    noor, token = invited(carys)
    assert noor.agency == carys.agency
    invitation = seats.open_invitation(token, at=timezone.now())
    seats.join(invitation=invitation, password=PASSWORD, at=timezone.now())
    noor.refresh_from_db()
    assert noor.check_password(PASSWORD)
    with pytest.raises(UnusableLinkError):
        seats.join(invitation=invitation, password="another one altogether", at=timezone.now())
    assert token not in str(Invitation.objects.values())


def test_a_link_ends_with_its_time_with_its_seat_and_with_a_newer_one(carys):
    noor, token = invited(carys)
    with pytest.raises(UnusableLinkError):
        seats.open_invitation(token, at=timezone.now() + timedelta(days=7))
    with pytest.raises(UnusableLinkError):
        seats.open_invitation("another", at=timezone.now())
    newer = act("make_link", noor, carys)
    with pytest.raises(UnusableLinkError):
        seats.open_invitation(token, at=timezone.now())
    act("suspend", noor, carys, because=WHY)
    with pytest.raises(UnusableLinkError):
        seats.open_invitation(newer, at=timezone.now())


@pytest.mark.parametrize("end", ["link", "suspend", "end", "password"])
def test_whoever_may_have_what_somebody_signs_in_with_is_a_stranger_in_their_browser_too(carys, maya, end):
    now = timezone.now()
    seen = {"browser": "Chrome", "first_seen_at": now, "last_seen_at": now}
    KnownDevice.objects.create(practitioner=maya, digest="d" * 64, **seen)
    told = {"practitioner": maya, "by": carys, "at": now}
    {
        "link": lambda: seats.make_link(**told),
        "suspend": lambda: seats.suspend(**told, because="Lost her laptop"),
        "end": lambda: seats.end_seat(**told, because="Has left"),
        "password": lambda: change_password(**told, password="another long one of hers"),
    }[end]()
    assert not KnownDevice.objects.filter(practitioner=maya, forgotten_at=None).exists()


def test_a_seat_that_is_not_in_use_gets_no_link(carys, maya):
    act("suspend", maya, carys, because=WHY)
    with pytest.raises(NotForYouError):
        act("make_link", maya, carys)


def test_somebody_who_comes_back_gets_the_same_seat(carys, maya):
    act("end_seat", maya, carys, because="Left")
    token = act("give_back", maya, carys, because="Back")
    assert seats.open_invitation(token, at=timezone.now()).practitioner == maya
    maya.refresh_from_db()
    assert (maya.is_active, maya.ended_at, maya.seat.joined) == (True, None, False)


def test_a_seat_that_nobody_looked_at_in_time_is_suspended_by_the_daily_work(maya, leah, frozen):
    SignedIn.objects.create(practitioner=maya, began_at=timezone.now(), last_seen_at=timezone.now())
    Practitioner.objects.update(checked_at=timezone.now())
    frozen.shift(timedelta(days=365 + 29))
    act("keep", leah, "alongside seat", because=WHY)
    assert tend_seats.call() == 0
    frozen.shift(timedelta(days=1))
    assert tend_seats.call() == 1
    maya.refresh_from_db()
    assert maya.suspended_because == seats.NOT_CHECKED
    assert LedgerEvent.objects.get(what="seat suspended").actor == seats.DAILY
    assert tend_seats.call() == 0


@pytest.mark.parametrize(
    ("facts", "refused_by"),
    [
        ({"suspended_at": timezone.now(), "suspended_because": WHY}, "a_seat_that_is_suspended_or_ended_is_not_active"),
        ({"ended_at": timezone.now(), "ended_because": WHY}, "a_seat_that_is_suspended_or_ended_is_not_active"),
        ({"is_active": False, "suspended_at": timezone.now()}, "a_suspended_seat_says_why"),
        ({"is_active": False, "suspended_because": WHY}, "a_suspended_seat_says_why"),
        ({"is_active": False, "ended_at": timezone.now()}, "an_ended_seat_says_why"),
    ],
)
def test_the_database_refuses_a_seat_that_stands_in_two_ways(maya, facts, refused_by):
    with pytest.raises(IntegrityError, match=refused_by), transaction.atomic():
        Practitioner.objects.filter(pk=maya.pk).update(**facts)


def test_the_database_refuses_sessions_and_links_that_make_no_sense(maya):
    now = timezone.now()
    session = {"practitioner": maya, "began_at": now, "last_seen_at": now}
    with pytest.raises(IntegrityError, match="a_session_that_ended_says_why"), transaction.atomic():
        SignedIn.objects.create(**session, ended_at=now)
    link = {"practitioner": maya, "made_at": now, "expires_at": now + timedelta(days=1)}
    with pytest.raises(IntegrityError, match="an_invitation_ends_after_it_was_made"), transaction.atomic():
        Invitation.objects.create(**{**link, "expires_at": now}, digest="a")
    with pytest.raises(IntegrityError, match="used_or_withdrawn_not_both"), transaction.atomic():
        Invitation.objects.create(**link, digest="b", used_at=now, withdrawn_at=now)
