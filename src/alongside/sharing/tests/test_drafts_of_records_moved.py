"""What was begun about a child who turns out to be another is there on the page of whom they turned out to be."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.agencies.models import Practitioner
from alongside.chronology.tests.factories import entry, known_as
from alongside.linkage.actions import move
from alongside.people.closing import declare_tie, restrict
from alongside.people.models import Standing
from alongside.people.tests.factories import COUNCIL, POLICE, child, practitioner
from alongside.sharing.models import ShareDraft

from .conftest import AT

LINE = "An hour of work about Kai."
AUTOSAVE = {"HX-Request": "true"}


@pytest.fixture
def real(kai, leah):
    """Who Kai turns out to be."""
    entry(kai, COUNCIL)
    known_as(kai, POLICE)
    found = child("8G4M", given_name="Kai")
    known_as(found, POLICE)
    return found


@pytest.fixture
def typed(as_one, kai, leah, real):
    def kept(words=LINE, reference="7F3K", **more):
        address = reverse("share_draft", args=[reference])
        return as_one(leah).post(address, {"words": words} | more, headers=AUTOSAVE)

    kept()
    return kept


def moved(records, *, to):
    grace = Practitioner.objects.filter(key="grace").first() or practitioner("grace", "information_officer")
    for one in records:
        move(one, to, by=grace, at=AT, rule="details", because="Same child")


@pytest.fixture
def joined(kai, real, typed):
    """With the team around Kai, as it comes with the records."""
    moved(kai.records.all(), to=real)
    Standing.objects.filter(person=kai).update(person=real)


def page(as_one, who, reference="8G4M"):
    return as_one(who).get(reverse("share", args=[reference])).content.decode()


def test_it_is_there_and_goes_on_there(as_one, leah, joined, typed):
    assert LINE in page(as_one, leah)
    typed("And more.", "8G4M")
    assert "And more." in page(as_one, leah)
    assert ShareDraft.objects.get().answers["words"] == ["And more."]


def test_it_is_its_authors_alone_still(as_one, priya, joined):
    Standing.objects.filter(practitioner=priya).update(person=child("9Z9Z"))
    assert LINE not in page(as_one, priya)


def test_it_is_gone_once_it_is_given(as_one, leah, joined, filled):
    as_one(leah).post(reverse("share", args=["8G4M"]), filled.answers | {"words": LINE})
    assert LINE not in page(as_one, leah)
    assert not ShareDraft.objects.filter(over_at=None).exists()


def test_what_was_begun_of_both_comes_one_after_the_other(as_one, kai, leah, real, typed, filled):
    Standing.objects.create(person=real, practitioner=leah, agency=leah.agency, level="team", since=AT, source="told")
    typed("Of the other", "8G4M")
    moved(kai.records.all(), to=real)
    assert "Of the other" in page(as_one, leah)
    as_one(leah).post(reverse("share", args=["8G4M"]), filled.answers | {"words": "Of the other"})
    assert LINE in page(as_one, leah)


def test_where_a_record_went_elsewhere_it_is_offered_of_neither(as_one, kai, leah, real, typed):
    """Nobody can say of whom it was written."""
    other = child("9Z9Z")
    one, two = kai.records.all()
    moved([one], to=real)
    moved([two], to=other)
    Standing.objects.filter(person=kai).update(person=real)
    assert LINE not in page(as_one, leah)


def test_a_child_who_has_a_record_still_keeps_what_was_begun_of_them(as_one, kai, leah, real, typed):
    moved(kai.records.all()[:1], to=real)
    Standing.objects.create(person=real, practitioner=leah, agency=leah.agency, level="team", since=AT, source="told")
    Standing.objects.create(person=kai, practitioner=leah, agency=leah.agency, level="team", since=AT, source="told 2")
    assert LINE not in page(as_one, leah)
    assert LINE in page(as_one, leah, "7F3K")


def test_what_closes_the_child_of_whom_it_was_begun_closes_it(as_one, kai, leah, real, typed, joined):
    """As with what was given."""
    bea = practitioner("bea", "front_door_manager", COUNCIL)
    restrict(person=kai, readers=[], by=bea, at=AT, because="Moved for safety")
    assert LINE not in page(as_one, leah)


def test_so_does_a_tie_to_them(as_one, kai, leah, joined):
    declare_tie(person=kai, by=leah, at=AT, because="My nephew")
    assert LINE not in page(as_one, leah)


def test_the_page_asks_no_more(as_one, leah, joined):
    client = as_one(leah)
    client.get(reverse("share", args=["8G4M"]))
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("share", args=["8G4M"]))
    assert len(asked) <= 12
