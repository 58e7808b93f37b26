"""Ties and restrictions: what closes a record to somebody, and who opens it again."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from alongside.access.policy import Act
from alongside.access.rules import Level
from alongside.ledger.models import LedgerEvent
from alongside.people import closing
from alongside.people.emergency import ask_in_emergency
from alongside.people.models import EmergencyNotice, NamedReader, Standing, Tie
from alongside.people.queries import children_near, children_seen_by, decision, doors_of, level_of

from .factories import COUNCIL, NOW, POLICE, child, practitioner, record, standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def maya():
    return practitioner("maya", "front_door_worker")


@pytest.fixture
def bea():
    return practitioner("bea", "front_door_manager")


def what_happened():
    return list(LedgerEvent.objects.order_by("pk").values_list("what", flat=True))


def test_a_tie_closes_the_record_to_whoever_declares_it_and_to_nobody_else(maya, bea):
    kai = child()
    closing.declare_tie(person=kai, by=maya, at=NOW, because="My neighbour’s son")
    closing.declare_tie(person=kai, by=maya, at=NOW, because="Said twice")
    assert level_of(viewer=maya, person=kai, at=NOW) is Level.NONE
    assert not children_near(maya, at=NOW).exists()
    assert not children_seen_by(maya, at=NOW).exists()
    assert doors_of(maya).closed == {kai.pk}
    assert level_of(viewer=bea, person=kai, at=NOW) is Level.TEAM
    assert what_happened() == ["tie declared"]


def test_a_tie_is_ended_by_somebody_else_of_the_agency_who_keeps_the_walls(maya, grace):
    kai = child()
    tie = closing.declare_tie(person=kai, by=maya, at=NOW, because="A mistake")
    others = practitioner("gil", "information_officer", POLICE)
    for nobody in (maya, others):
        with pytest.raises(PermissionDenied):
            closing.end_tie(tie=tie, by=nobody, at=NOW, because="No")
    closing.end_tie(tie=tie, by=grace, at=NOW, because="The wrong record")
    assert level_of(viewer=maya, person=kai, at=NOW) is Level.TEAM
    assert what_happened() == ["tie declared", "tie ended"]


def kept_by(*keepers):
    return [one.key for one in keepers if closing.ties_kept_by(one).exists()]


def test_a_tie_that_nobody_of_the_agency_may_keep_is_kept_by_another(maya, bea, grace):
    """Its keeper declared one too, or is not named on the restriction, or has no seat any longer."""
    kai, gil = child(), practitioner("gil", "information_officer", POLICE)
    closing.declare_tie(person=kai, by=maya, at=NOW, because="My neighbour’s son")
    assert kept_by(maya, bea, grace, gil) == ["grace"]
    own = closing.declare_tie(person=kai, by=grace, at=NOW, because="My nephew")
    assert kept_by(maya, bea, grace, gil) == ["gil"]
    assert list(closing.ties_kept_by(gil).values_list("practitioner__key", flat=True)) == ["maya", "grace"]
    closing.end_tie(tie=own, by=gil, at=NOW, because="The wrong record")
    made = closing.restrict(person=kai, readers=[gil], by=bea, at=NOW, because="Moved for safety")
    assert kept_by(maya, bea, grace, gil) == ["gil"]
    closing.leave_out(restriction=made, reader=gil, by=bea, at=NOW)
    assert kept_by(maya, bea, grace, gil) == []
    closing.name_reader(restriction=made, reader=grace, by=bea, at=NOW)
    assert kept_by(maya, bea, grace, gil) == ["grace"]
    closing.lift(restriction=made, by=bea, at=NOW, because="It is over")
    ended(grace)
    assert kept_by(maya, bea, gil) == ["gil"]


def test_a_restricted_record_is_for_those_named_and_is_lifted_with_a_reason(maya, bea):
    kai, rowan = child(), practitioner("rowan")
    standing(kai)
    made = closing.restrict(person=kai, readers=[rowan], by=bea, at=NOW, because="Moved for safety")
    near = {one.key: level_of(viewer=one, person=kai, at=NOW) for one in (maya, bea, rowan)}
    assert near == {"maya": Level.NONE, "bea": Level.TEAM, "rowan": Level.TEAM}
    assert list(children_near(rowan, at=NOW)) == [kai]
    assert not children_seen_by(maya, at=NOW).exists()
    closing.leave_out(restriction=made, reader=rowan, by=bea, at=NOW)
    closing.leave_out(restriction=made, reader=bea, by=bea, at=NOW)
    assert [one.practitioner for one in closing.readers_of(made)] == [bea]
    closing.lift(restriction=made, by=bea, at=NOW, because="It is over")
    assert level_of(viewer=maya, person=kai, at=NOW) is Level.TEAM


def test_why_a_record_is_restricted_is_not_in_the_ledger(bea):
    """Its readers are in every agency; the reason is for those named."""
    kai = child()
    made = closing.restrict(person=kai, readers=[], by=bea, at=NOW, because="Moved to an aunt")
    closing.lift(restriction=made, by=bea, at=NOW, because="The aunt agreed")
    assert "aunt" not in str(list(LedgerEvent.objects.values()))


def test_only_whoever_may_restrict_restricts(maya, bea):
    kai = child()
    with pytest.raises(PermissionDenied):
        closing.restrict(person=kai, readers=[], by=maya, at=NOW, because="No")
    made = closing.restrict(person=kai, readers=[], by=bea, at=NOW, because="Yes")
    for change in (closing.name_reader, closing.leave_out):
        with pytest.raises(PermissionDenied):
            change(restriction=made, reader=maya, by=maya, at=NOW)
    with pytest.raises(PermissionDenied):
        closing.lift(restriction=made, by=maya, at=NOW, because="No")
    with pytest.raises(IntegrityError), transaction.atomic():
        closing.restrict(person=kai, readers=[], by=bea, at=NOW, because="Twice")


def test_an_emergency_opens_no_closed_record_and_tells_those_named(maya, bea):
    kai = child("7F3K")
    closing.restrict(person=kai, readers=[], by=bea, at=NOW, because="Moved for safety")
    ask_in_emergency(reference="7F3K", by=maya, at=NOW, because="A child is in danger now")
    assert level_of(viewer=maya, person=kai, at=NOW) is Level.NONE
    assert not decision(Act.OPEN_IN_EMERGENCY, viewer=maya, person=kai, at=NOW).allowed
    told = EmergencyNotice.objects.get(told=bea)
    assert told.told_as == "one of those named on this restricted record"
    assert told.standing.level == Level.NONE
    assert "emergency access refused" in what_happened()


def ended(*seats):
    for one in seats:
        type(one).objects.filter(pk=one.pk).update(is_active=False)


def test_a_seat_that_ended_hears_of_no_emergency_and_its_colleagues_do(maya, bea, grace):
    kai, ann = child("7F3K"), practitioner("ann", "front_door_manager", COUNCIL)
    closing.restrict(person=kai, readers=[], by=bea, at=NOW, because="Moved for safety")
    ended(bea)
    ask_in_emergency(reference="7F3K", by=maya, at=NOW, because="A child is in danger now")
    told = {one.told: one.told_as for one in EmergencyNotice.objects.select_related("told")}
    assert set(told) == {ann, grace}
    assert told[ann] == "one who may restrict: nobody named on this record has a seat"


def test_the_last_who_is_named_and_has_a_seat_stays(bea):
    kai, rowan = child(), practitioner("rowan")
    made = closing.restrict(person=kai, readers=[rowan], by=bea, at=NOW, because="Moved for safety")
    ended(rowan)
    closing.leave_out(restriction=made, reader=bea, by=bea, at=NOW)
    assert bea in [one.practitioner for one in closing.readers_of(made)]


def test_whoever_alone_may_lift_it_cannot_leave_themselves_out(bea):
    kai, rowan = child(), practitioner("rowan")
    made = closing.restrict(person=kai, readers=[rowan], by=bea, at=NOW, because="Moved for safety")
    assert not closing.leave_out(restriction=made, reader=bea, by=bea, at=NOW)
    assert [one.practitioner for one in closing.readers_of(made)] == [bea, rowan]
    ann = practitioner("ann", "front_door_manager", COUNCIL)
    closing.name_reader(restriction=made, reader=ann, by=bea, at=NOW)
    assert closing.leave_out(restriction=made, reader=bea, by=bea, at=NOW)
    assert [one.practitioner for one in closing.readers_of(made)] == [rowan, ann]


def test_a_restriction_that_nobody_keeps_is_handed_over_by_whoever_runs_the_server(maya, bea):
    kai, ann = child(), practitioner("ann", "front_door_manager", COUNCIL)
    made = closing.restrict(person=kai, readers=[maya], by=bea, at=NOW, because="Moved for safety")
    with pytest.raises(PermissionDenied):
        closing.hand_over(restriction=made, to=ann, by="alongside seat", at=NOW)
    ended(bea)
    with pytest.raises(PermissionDenied):
        closing.hand_over(restriction=made, to=maya, by="alongside seat", at=NOW)
    closing.hand_over(restriction=made, to=ann, by="alongside seat", at=NOW)
    assert level_of(viewer=ann, person=kai, at=NOW) is Level.TEAM
    closing.lift(restriction=made, by=ann, at=NOW, because="It is over")
    assert what_happened() == ["record restricted", "named on a restriction", "restriction lifted"]


def test_what_closes_one_person_closes_whom_they_turn_out_to_be(maya, bea):
    before, to = child(), child()
    record(to)
    closing.declare_tie(person=before, by=maya, at=NOW, because="A cousin")
    closing.restrict(person=before, readers=[], by=bea, at=NOW, because="Moved")
    closing.carry_over(before=before, to=to, by="linkage", at=NOW)
    closing.carry_over(before=before, to=to, by="linkage", at=NOW)
    assert doors_of(maya).closed == {before.pk, to.pk}
    assert Tie.objects.filter(person=to).count() == 1
    assert NamedReader.objects.filter(restriction__person=to).count() == 1
    assert doors_of(practitioner("leah")).closed == {before.pk, to.pk}


def test_a_record_that_leaves_a_person_takes_along_what_closes_them(maya, bea):
    """Nobody’s second thought, a machine’s or a reviewer’s, opens what somebody closed."""
    before, to = child(), child()
    record(before)
    closing.declare_tie(person=before, by=maya, at=NOW, because="A cousin")
    closing.restrict(person=before, readers=[], by=bea, at=NOW, because="Moved")
    closing.carry_over(before=before, to=to, by="linkage", at=NOW)
    assert doors_of(maya).closed == {before.pk, to.pk}
    assert doors_of(practitioner("leah")).closed == {before.pk, to.pk}


def test_of_two_restrictions_only_those_stay_who_are_named_on_both(maya, bea):
    before, to, rowan = child(), child(), practitioner("rowan")
    closing.restrict(person=before, readers=[maya], by=bea, at=NOW, because="Moved")
    there = closing.restrict(person=to, readers=[rowan], by=bea, at=NOW, because="Moved")
    closing.carry_over(before=before, to=to, by="linkage", at=NOW)
    assert [one.practitioner for one in closing.readers_of(there)] == [bea]
    left_out = LedgerEvent.objects.get(what="no longer named on a restriction")
    assert left_out.details["named"] == ["rowan"]


@pytest.mark.parametrize(
    "change",
    [
        {"ended_at": NOW},
        {"ended_at": NOW, "ended_because": "x"},
        {"ended_because": "x"},
    ],
)
def test_the_database_refuses_half_an_ending(maya, change):
    tie = closing.declare_tie(person=child(), by=maya, at=NOW, because="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Tie.objects.filter(pk=tie.pk).update(**change)


def test_the_database_refuses_that_somebody_ends_their_own_tie(maya):
    tie = closing.declare_tie(person=child(), by=maya, at=NOW, because="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Tie.objects.filter(pk=tie.pk).update(ended_at=NOW, ended_by=maya, ended_because="x")


def test_a_closed_standing_of_an_emergency_opens_nothing_later(maya, bea):
    kai = child("7F3K")
    rowan = practitioner("rowan", of=COUNCIL)
    made = closing.restrict(person=kai, readers=[], by=bea, at=NOW, because="Moved")
    ask_in_emergency(reference="7F3K", by=rowan, at=NOW, because="Now")
    closing.lift(restriction=made, by=bea, at=NOW, because="Over")
    assert Standing.objects.filter(practitioner=rowan).count() == 1
    assert level_of(viewer=rowan, person=kai, at=NOW) is Level.NONE
