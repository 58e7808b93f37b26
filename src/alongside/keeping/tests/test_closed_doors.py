"""An older copy opens no door that was closed since it was made: the list beside the backups closes it again."""

from collections import Counter
from datetime import timedelta

import pytest
from conftest import NOW
from django.contrib.sessions.models import Session

from alongside.agencies import after_restore, seats
from alongside.agencies.models import Invitation, KnownDevice, Practitioner, SignedIn
from alongside.contributions.tokens import end_token, make_token, token_for
from alongside.keeping import sealed_list
from alongside.keeping.closing_again import AGAIN, NOT_HERE, STOOD, close_again
from alongside.keeping.copying import DOORS
from alongside.ledger.models import LedgerEvent
from alongside.linkage.actions import move, unlink
from alongside.linkage.models import RecordLink
from alongside.people import closing
from alongside.people.models import AgencyRecord, NamedReader, Restriction, Tie
from alongside.people.tests.factories import POLICE, agency, child, practitioner, record
from alongside.shared.keys import keys_in, made

pytestmark = pytest.mark.django_db
KEY = made()
LATER = NOW + timedelta(hours=3)


@pytest.fixture(autouse=True)
def with_a_key(monkeypatch, settings, tmp_path):
    monkeypatch.setenv("ALONGSIDE_BACKUP_KEY", KEY)
    settings.BACKUPS = tmp_path / "backups"


@pytest.fixture
def maya():
    return practitioner("maya")


@pytest.fixture
def dana():
    return practitioner("dana", "front_door_manager")


@pytest.fixture
def listed(settings, django_capture_on_commit_callbacks):
    """What the list says once something was done."""

    def read(do, **how):
        with django_capture_on_commit_callbacks(execute=True):
            do(**how)
        path = settings.BACKUPS / DOORS
        return list(sealed_list.read(path, keys_in(KEY, name="KEY")))

    return read


def became(lines):
    return {what: counts for what, counts in close_again(lines, at=LATER).counted.items() if counts}


def is_closed_to(viewer, person):
    return not Practitioner.objects.filter(closing.not_shut_out(person), pk=viewer.pk).exists()


def said(what):
    return LedgerEvent.objects.filter(actor="alongside restore", what=what).count()


@pytest.mark.parametrize(("act", "what"), [(seats.suspend, "seat suspended"), (seats.end_seat, "seat ended")])
def test_a_seat_that_was_stopped_since_is_stopped_again(maya, listed, act, what):
    lines = listed(act, practitioner=maya, because="Left in anger", by="tests", at=NOW)
    assert "anger" not in str(lines)
    clear = {"suspended_at": None, "suspended_because": "", "ended_at": None, "ended_because": ""}
    Practitioner.objects.update(is_active=True, **clear)
    assert became(lines) == {AGAIN: Counter(seats=1)}
    maya.refresh_from_db()
    assert not maya.is_active
    assert said(what) == 1
    assert became(lines) == {STOOD: Counter(seats=1)}


def test_a_seat_that_is_in_use_again_is_on_the_list_no_longer(maya, listed):
    told = {"practitioner": maya, "because": "x", "by": "tests", "at": NOW}
    assert listed(seats.suspend, **told)
    assert listed(seats.lift, **told) == []


def test_a_key_that_ended_since_opens_nothing(listed):
    token, key = make_token(agency=agency(), name="school system", kinds=[], by="tests", at=NOW)
    lines = listed(end_token, token=token, by="tests", at=NOW)
    type(token).objects.update(ended_at=None)
    assert became(lines) == {AGAIN: Counter({"API keys": 1})}
    assert token_for(key, at=LATER) is None


def test_what_a_link_took_away_since_signs_in_no_longer(maya, listed):
    lines = listed(seats.make_link, practitioner=maya, by="tests", at=NOW)
    assert became(lines) == {STOOD: Counter({"replaced sign-ins": 1})}
    Invitation.objects.all().delete()
    maya.set_password("seven quiet otters swim")
    maya.save()
    assert became(lines) == {AGAIN: Counter({"replaced sign-ins": 1})}
    maya.refresh_from_db()
    assert not maya.has_usable_password()


def test_a_tie_stands_again_for_every_person_whose_records_they_were(maya, listed):
    kai, other = child("C1"), child("C2")
    record(kai)
    split_off = record(kai)
    lines = listed(closing.declare_tie, person=kai, by=maya, at=NOW, because="My sister’s boy")
    assert "sister" not in str(lines)
    Tie.objects.all().delete()
    # In the copy one of the records is still another person's.
    type(split_off).objects.filter(pk=split_off.pk).update(person=other)
    assert became(lines) == {AGAIN: Counter(ties=1)}
    assert set(Tie.objects.values_list("person__reference", "declared_at")) == {("C1", NOW), ("C2", NOW)}
    assert said("tie put back after a restore") == 2


def test_a_restriction_stands_again_with_those_named_and_without_why(maya, dana, listed):
    kai, omar = child("C1"), practitioner("omar", "police_officer", POLICE)
    lines = listed(closing.restrict, person=kai, readers=[maya], by=dana, at=NOW, because="Moved to a refuge")
    assert "refuge" not in str(lines)
    NamedReader.objects.all().delete()
    Restriction.objects.all().delete()
    assert not closing.restriction_of(kai)
    assert became(lines) == {AGAIN: Counter(restrictions=1)}
    restriction = closing.restriction_of(kai)
    assert {one.practitioner for one in closing.readers_of(restriction)} == {maya, dana}
    assert (restriction.restricted_at, restriction.restricted_by) == (NOW, dana)
    assert [is_closed_to(one, kai) for one in (maya, dana, omar)] == [False, False, True]
    assert said("restriction put back after a restore") == 1
    assert became(lines) == {STOOD: Counter(restrictions=1)}


def test_whoever_was_left_out_since_reads_no_longer(maya, dana, listed):
    kai = child()
    restriction = closing.restrict(person=kai, readers=[maya], by=dana, at=NOW, because="x")
    lines = listed(closing.leave_out, restriction=restriction, reader=maya, by=dana, at=NOW)
    restriction.named.filter(practitioner=maya).update(until=None)
    assert became(lines) == {AGAIN: Counter(restrictions=1)}
    assert [is_closed_to(one, kai) for one in (maya, dana)] == [True, False]


@pytest.fixture
def two_of_one(maya, dana, listed):
    """Of Kai, restricted to Maya, a record goes to another child, on which the uncle is named in her place: the list
    of that, and the copy of before."""
    kai, uncle = child("C1"), practitioner("uncle")
    record(kai)
    moved = record(kai)
    RecordLink.objects.create(record=moved, person=kai, rule="x", reason="x", linked_at=NOW)
    closing.restrict(person=kai, readers=[maya], by=dana, at=NOW, because="x")
    reviewer = practitioner("rev", "information_officer")
    other = closing.restriction_of(unlink(record_=moved, by=reviewer, at=NOW, because="Another child"))
    closing.leave_out(restriction=other, reader=maya, by=dana, at=NOW)
    lines = listed(closing.name_reader, restriction=other, reader=uncle, by=dana, at=NOW)
    AgencyRecord.objects.update(person=kai)
    NamedReader.objects.filter(restriction=other).delete()
    other.delete()
    return lines, kai, uncle


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("was_restricted", [True, False])
def test_who_is_named_on_another_child_reads_neither_where_both_are_one(maya, dana, two_of_one, order, was_restricted):
    lines, kai, uncle = two_of_one
    if not was_restricted:
        NamedReader.objects.all().delete()
        Restriction.objects.all().delete()
    assert became(lines[::order]) == {AGAIN: Counter(restrictions=2)}
    assert [is_closed_to(one, kai) for one in (dana, uncle, maya)] == [False, True, True]
    assert became(lines[::order]) == {STOOD: Counter(restrictions=2)}


def test_nobody_is_added_to_a_restriction_because_of_another_child(maya, dana, two_of_one):
    """Kai’s own was lifted since; the other child’s stands."""
    lines, kai, uncle = two_of_one
    assert became([line for line in lines if line["child"] != "C1"]) == {AGAIN: Counter(restrictions=1)}
    assert [is_closed_to(one, kai) for one in (dana, uncle, maya)] == [False, True, True]


@pytest.mark.parametrize("order", [1, -1])
def test_who_lost_a_record_when_two_children_were_joined_gets_neither_back(maya, dana, listed, order):
    kai, other, uncle = child("C1"), child("C2"), practitioner("uncle")
    record(kai)
    moved = record(other)
    closing.restrict(person=kai, readers=[maya], by=dana, at=NOW, because="x")
    closing.restrict(person=other, readers=[uncle], by=dana, at=NOW, because="x")
    lines = listed(move, one=moved, to=kai, by=None, at=NOW, rule="x", because="The same child")
    AgencyRecord.objects.filter(pk=moved.pk).update(person=other)
    NamedReader.objects.update(until=None)
    assert became(lines[::order])[AGAIN].total() >= 1
    assert [is_closed_to(one, each) for each in (kai, other) for one in (dana, maya, uncle)] == [False, True, True] * 2


def test_who_is_named_and_not_in_the_copy_is_said(maya, dana, listed):
    kai, zoe = child("C1"), practitioner("zoe")
    lines = listed(closing.restrict, person=kai, readers=[maya, zoe], by=dana, at=NOW, because="x")
    NamedReader.objects.filter(practitioner=zoe).delete()
    zoe.delete()
    again = close_again(lines, at=LATER)
    assert (again.absent, again.unkept) == ({"C1": ["zoe"]}, [])


def test_where_nobody_named_is_in_the_copy_it_is_closed_to_all_and_that_is_said(maya, dana, listed):
    kai, zoe = child("C1"), practitioner("zoe", "front_door_manager")
    lines = listed(closing.restrict, person=kai, readers=[], by=zoe, at=NOW, because="x")
    NamedReader.objects.all().delete()
    Restriction.objects.all().delete()
    zoe.delete()
    again = close_again(lines, at=LATER)
    assert again.counted[AGAIN] == Counter(restrictions=1)
    assert (again.absent, again.unkept) == ({"C1": ["zoe"]}, ["C1"])
    assert [is_closed_to(one, kai) for one in (maya, dana)] == [True, True]


def test_who_was_named_on_another_child_alone_is_not_missed(two_of_one):
    lines, _, uncle = two_of_one
    uncle.delete()
    again = close_again([line for line in lines if line["child"] != "C1"], at=LATER)
    assert "C1" not in again.absent


def test_what_is_not_in_the_copy_is_counted():
    lines = [{"door": "seat", "seat": "new", "is_ended": False}, {"door": "link", "seat": "new", "at": str(NOW)}]
    lines += [{"door": "key", "hashed": "0"}]
    lines += [{"door": "tie", "seat": "new", "child": "C9", "records": [["leeds-camhs", "x", "1"]], "at": str(NOW)}]
    lines += [{"door": "restriction", "maker": "new", "named": {}, "child": "C9", "records": [], "at": str(NOW)}]
    assert became(lines)[NOT_HERE].total() == 5


def test_nobody_goes_on_in_a_session_or_by_a_link_of_then(maya):
    seats.make_link(practitioner=maya, by="tests", at=NOW)
    SignedIn.objects.create(practitioner=maya, began_at=NOW, last_seen_at=NOW)
    KnownDevice.objects.create(practitioner=maya, digest="1", browser="x", first_seen_at=NOW, last_seen_at=NOW)
    Session.objects.create(session_key="half", session_data="", expire_date=LATER)
    assert after_restore.end_all(by="tests", at=LATER) == {"sessions": 1, "browsers": 1, "links": 1}
    assert not SignedIn.objects.filter(ended_at=None).exists()
    assert not KnownDevice.objects.filter(forgotten_at=None).exists()
    assert not Session.objects.exists()
    assert not Invitation.objects.get().is_open(LATER)
