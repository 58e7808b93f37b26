"""When nothing told of a child stands any more, nor do the words that practitioners wrote about the child."""

from datetime import timedelta

import pytest
from conftest import NOW
from django.urls import reverse

from alongside.contributions.tests.example import note
from alongside.keeping import shells
from alongside.linkage.actions import move
from alongside.people.closing import declare_tie, end_tie, lift, restrict
from alongside.people.emergency import judge, open_in_emergency
from alongside.people.forgetting import CLEARED
from alongside.people.models import AgencyRecord, EmergencyNotice, Person, Restriction, Standing, Tie
from alongside.sharing.models import ShareDecision
from alongside.sharing.queries import received_by
from alongside.sharing.tests.telling import marks_on, on_paper
from alongside.sharing.waiting import waiting_for
from alongside.web.tests.reading import words

from .conftest import old
from .test_disposing import dispose
from .test_no_trace import found_in_tables

pytestmark = pytest.mark.django_db
KESTREL = "Kestrel said so at the gate."
WHEN = {"at": NOW, "expires_on": NOW.date()}


def given_in_words(person, by, **said):
    """No entry is given, so nothing but the child leads to it."""
    to = {"to_outside": "The youth club", "person": person, "by": by, "agency_id": by.agency_id, "choice": "give"}
    return ShareDecision.objects.create(**{"words": KESTREL, **to, **WHEN, **said})


def given_with_reasons(person, by):
    told = {"because": KESTREL, "family": "later", "family_because": KESTREL, "advice": KESTREL, "bases": ["duty"]}
    taken_back = {"ended_at": NOW, "ended_by": by, "ended_because": KESTREL}
    return given_in_words(person, by, recorded_at=NOW, **told, **taken_back)


def given_now(person, by):
    return given_in_words(person, by, is_urgent=True, record_by=NOW)


@pytest.fixture
def may(seat):
    """Leads the front door: who restricts a record, and lifts that again."""
    return seat("may", "leeds-city-council", "front_door_manager")


@pytest.fixture
def write_about(maya, priya, grace, may):
    """Whatever a practitioner can write about a child without telling it."""
    return lambda person: written_about(person, maya=maya, priya=priya, grace=grace, may=may)


def written_about(person, *, maya, priya, grace, may):
    given_with_reasons(person, priya)
    given_now(person, priya)
    why = {"at": NOW, "because": KESTREL}
    end_tie(tie=declare_tie(person=person, by=maya, **why), by=grace, **why)
    lift(restriction=restrict(person=person, readers=[], by=may, **why), by=may, **why)
    opened = open_in_emergency(person=person, by=priya, **why)
    notice = opened.notices.first()
    judge(notice=notice, verdict="judged_fair", by=notice.told, **why)


def tables_that_say(word):
    """But for the ledger, which only grows."""
    return {table for table, _ in found_in_tables([word]) if not table.startswith("ledger_")}


def test_with_the_last_thing_told_go_the_words_about_the_child(tell, una, joe, write_about):
    tell(old())
    write_about(Person.objects.get())
    assert len(tables_that_say(KESTREL)) == 5
    dispose(una, joe)
    assert tables_that_say(KESTREL) == set()


def test_that_it_was_done_when_by_whom_and_on_what_basis_stays(tell, una, joe, write_about, maya, priya, may):
    tell(old())
    write_about(Person.objects.get())
    dispose(una, joe)
    urgent, given = ShareDecision.objects.order_by("-is_urgent")
    assert (given.by, given.at, given.bases, given.to_outside) == (priya, NOW, ["duty"], "The youth club")
    assert (given.because, given.family, given.ended_by, urgent.because) == (CLEARED, "later", priya, "")
    assert (Tie.objects.get().practitioner, Restriction.objects.get().restricted_by) == (maya, may)
    emergency = Standing.objects.get()
    assert (emergency.practitioner, emergency.since, emergency.because) == (priya, NOW, CLEARED)
    assert EmergencyNotice.objects.filter(because=CLEARED).exists()


def test_what_was_given_in_words_alone_has_ended_and_whoever_holds_it_on_paper_is_told(
    tell, una, joe, pat, priya, client
):
    tell(old())
    said = {"recorded_at": NOW, "because": KESTREL, "family": "told", "expires_on": NOW.date() + timedelta(days=30)}
    paper = on_paper(given_in_words(Person.objects.get(), priya, **said), at=NOW)
    to_a_seat = given_in_words(Person.objects.get(), priya, to_outside="", to_practitioner=pat, **said)
    dispose(una, joe)
    assert not received_by(pat, at=NOW).exists()
    (line,) = [one.do for one in waiting_for(priya, at=NOW)]
    assert line.startswith("Tell The youth club: what you gave them was disposed of.")
    client.force_login(priya)
    for one in (paper, to_a_seat):
        page = words(client.get(reverse("gave", args=[one.pk])))
        assert "What was given was disposed of" in page
        assert "can be read until" not in page
    marks = marks_on(client.get(reverse("gave", args=[paper.pk])))
    client.post(reverse("share_told", args=[paper.pk]), marks)
    assert waiting_for(priya, at=NOW) == []


def test_what_was_kept_back_did_not_end_with_the_child(tell, una, joe, maya, priya):
    tell(old())
    why = {"choice": "withhold", "why_not": "no_basis", "because": KESTREL, "second_asked": maya, "expires_on": None}
    given_in_words(Person.objects.get(), priya, recorded_at=NOW, **why)
    dispose(una, joe)
    assert ShareDecision.objects.get().gone_at is None


def test_while_anything_told_of_the_child_stands_the_words_stay(tell, una, joe, priya):
    tell(old(), note("N-2"))
    given = given_in_words(Person.objects.get(), priya, because=KESTREL, recorded_at=NOW, family="told")
    dispose(una, joe)
    given.refresh_from_db()
    assert (given.words, given.because) == (KESTREL, KESTREL)


def test_words_about_a_child_who_turned_out_to_be_another_go_with_that_child(tell, una, joe, priya, grace):
    tell(old(), old("N-2", person={"reference": "C-2", "given_name": "Ada", "family_name": "Hill"}))
    ada, siobhan = (AgencyRecord.objects.get(reference=one) for one in ("C-2", "C-1"))
    before = ada.person
    given = given_in_words(before, priya, because=KESTREL, recorded_at=NOW, family="told")
    move(ada, siobhan.person, by=grace, at=NOW, rule="decided", because="Same child")
    tell(note("N-3", person={"reference": "C-2", "given_name": "Ada", "family_name": "Hill"}))
    dispose(una, joe)
    assert ShareDecision.objects.get().words == KESTREL
    tell(old("N-3", person={"reference": "C-2", "given_name": "Ada", "family_name": "Hill"}))
    dispose(una, joe)
    given.refresh_from_db()
    assert (given.person, given.words, given.because) == (before, "", CLEARED)


def test_words_about_a_child_whom_a_correction_no_longer_names_go_with_what_named_the_child(tell, una, joe, priya):
    tell(old())
    given = given_in_words(Person.objects.get(), priya, because=KESTREL, recorded_at=NOW, family="told")
    tell(old(person={"reference": "C-2", "given_name": "Ada", "family_name": "Hill", "date_of_birth": "2011-02-03"}))
    assert not Person.objects.get(pk=given.person_id).stands
    dispose(una, joe)
    given.refresh_from_db()
    assert given.words == ""


def test_everything_that_points_to_a_person_has_an_answer():
    fields = [one for one in Person._meta.get_fields(include_hidden=True) if one.auto_created and one.is_relation]
    assert {f"{one.related_model._meta.label}.{one.field.name}" for one in fields} == set(shells.POINTS_TO_PERSON)
