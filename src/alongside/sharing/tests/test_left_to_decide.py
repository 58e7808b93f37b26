"""What was not given and should be, where whoever decided it can decide no more: it waits for somebody who can."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.agencies.models import Practitioner
from alongside.agencies.seats import suspend
from alongside.ledger.models import LedgerEvent
from alongside.people.closing import declare_tie, restrict
from alongside.people.models import Standing
from alongside.people.tests.factories import COUNCIL, POLICE, practitioner, standing
from alongside.sharing.actions import say_second_word, see_to, withhold
from alongside.sharing.recipients import Target
from alongside.sharing.waiting import waiting_for
from alongside.web.tests.reading import words

from .conftest import AT, given

LATER = AT + timedelta(days=3)
SAID = "Leah Brandt decided not to give something to A club, and can decide no more."
OWN = "thinks that what you kept from A club should be given"


@pytest.fixture
def grace(kai):
    """The council's information officer, who sees no child."""
    return practitioner("grace", "information_officer", COUNCIL, name="Grace Lumb")


@pytest.fixture
def bea(kai):
    return practitioner("bea", "front_door_manager", COUNCIL, name="Bea Wren")


def kept(kai, leah, priya, outside):
    """Leah kept it back; Priya thinks that it should be given."""
    asked = {"why_not": "detriment", "because": "He goes there to be alone", "second_asked": priya}
    one = withhold(person=kai, to=Target(outside=outside), by=leah, at=AT, **asked)
    say_second_word(decision=one, agrees=False, because="He is at risk there", by=priya, at=AT)
    return one


@pytest.fixture
def made(kai, leah, priya):
    return kept(kai, leah, priya, "A club")


def seat_ends(kai, leah):
    suspend(practitioner=leah, because="Left", by="tests", at=AT)


def gives_no_more(kai, leah):
    Practitioner.objects.filter(pk=leah.pk).update(role="analyst")


def leaves_the_team(kai, leah):
    Standing.objects.filter(practitioner=leah).update(until=AT)


def is_tied(kai, leah):
    declare_tie(person=kai, by=leah, at=AT, because="My nephew")


def is_left_out(kai, leah):
    bea = practitioner("bea", "front_door_manager", COUNCIL)
    restrict(person=kai, readers=[Practitioner.objects.get(key="priya")], by=bea, at=AT, because="Few")


LEAVE = [seat_ends, gives_no_more, leaves_the_team, is_tied, is_left_out]


def line(who) -> str:
    who.refresh_from_db()
    return " ".join(one.do for one in waiting_for(who, at=LATER))


@pytest.mark.parametrize("leave", LEAVE)
def test_it_goes_to_whoever_leads_for_the_child_and_may_give(as_one, kai, leah, priya, grace, made, leave):
    assert (OWN in line(leah), SAID in line(priya)) == (True, False)
    leave(kai, leah)
    assert (line(leah), line(grace)) == ("", "")
    assert f"{SAID} Priya Nair thinks that it should be given. Read why, and decide." in line(priya)
    page = words(as_one(priya).get(reverse("share_left_again", args=[made.pk])))
    assert "about Kai to A club" in page
    assert "It would harm the child more than it helps: He goes there to be alone" in page
    assert "He is at risk there" in page


def test_it_waits_no_more_once_they_decided_about_the_same_recipient(as_one, kai, leah, priya, made):
    leaves_the_team(kai, leah)
    given(kai, by=priya, outside="Somebody else", words="He swims.")
    assert SAID in line(priya)
    given(kai, by=priya, outside="A club", words="Keep an eye on him.")
    assert line(priya) == ""


def test_or_once_they_say_what_is_done_about_it(as_one, kai, leah, priya, made):
    """What was written of a recipient without a seat may be written otherwise the second time."""
    leaves_the_team(kai, leah)
    page = reverse("share_left_again", args=[made.pk])
    client = as_one(priya)
    assert "Write in a line what is done about it" in words(client.post(page))
    with time_machine.travel(LATER, tick=False):
        client = as_one(priya)
        client.post(page, {"because": "Given to the Seacroft club"})
    assert client.get(page).status_code == 404
    assert (line(priya), line(leah)) == ("", "")
    assert "Seen to by: Priya Nair" in words(as_one(priya).get(reverse("child_shared", args=["7F3K"])))
    assert LedgerEvent.objects.get(what="decision seen to").purpose == "Given to the Seacroft club"


def everybody_left(kai, leah, priya, bea):
    for who in (leah, priya, bea):
        suspend(practitioner=who, because="Left", by="tests", at=AT)


def closed_to_all(kai, leah, priya, bea):
    for who in (leah, priya, bea):
        declare_tie(person=kai, by=who, at=AT, because="My nephew")


def test_the_front_door_decides_where_nobody_else_has_a_seat(kai, leah, priya, grace, bea, made):
    seat_ends(kai, leah)
    suspend(practitioner=priya, because="Left", by="tests", at=AT)
    assert SAID in line(bea)
    assert line(grace) == ""


@pytest.mark.parametrize("nobody", [everybody_left, closed_to_all])
def test_where_nobody_can_an_officer_reads_whom_to_tell(as_one, kai, leah, priya, grace, bea, made, nobody):
    nobody(kai, leah, priya, bea)
    assert f"{SAID} Priya Nair thinks that it should be given. Tell whoever can." in line(grace)
    page = reverse("share_left_word", args=[made.pk])
    shown = words(as_one(grace).get(page))
    assert "whoever worked with Leah Brandt at" in shown
    assert not [word for word in ("Kai", "7F3K", "at risk", "to be alone") if word in shown]
    looks = LedgerEvent.objects.filter(actor="grace", operation="view", what="decision left to others")
    assert [one.subject for one in looks] == [made.subject]
    as_one(grace).post(page, {"because": "Told her manager"})
    made.refresh_from_db()
    assert (line(grace), made.seen_to_by, made.seen_to_because) == ("", grace, "Told her manager")


def test_on_a_restricted_record_whoever_is_named_decides(kai, leah, priya, grace, bea, made, ann):
    restrict(person=kai, readers=[ann], by=bea, at=AT, because="Few")
    assert (SAID in line(bea), line(ann)) == (True, "")
    suspend(practitioner=bea, because="Left", by="tests", at=AT)
    assert SAID in line(ann)
    assert (line(priya), line(leah), line(grace)) == ("", "", "")


def test_it_waits_too_where_the_second_person_can_say_nothing_any_more(kai, leah, priya, grace, bea):
    asked = {"why_not": "detriment", "because": "x", "second_asked": priya}
    withhold(person=kai, to=Target(outside="A club"), by=leah, at=AT, **asked)
    seat_ends(kai, leah)
    assert SAID not in line(bea)  # Priya is asked still.
    suspend(practitioner=priya, because="Left", by="tests", at=AT)
    assert f"{SAID} Nobody said a second word." in line(bea)


def test_what_is_its_deciders_own_costs_the_others_as_much_for_many_as_for_one(kai, leah, priya, made):
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            waiting_for(priya, at=LATER)
        costs.append(len(asked))
        for outside in ("A gym", "A choir"):
            kept(kai, leah, priya, outside)
    assert costs[0] == costs[1]


def test_nobody_else_hears_of_it_or_clears_it(as_one, kai, leah, priya, grace, bea, made, tom):
    hal = practitioner("hal", "information_officer", POLICE)
    everybody = (leah, priya, grace, bea, tom, hal)
    for who in everybody:  # Leah can decide herself.
        with pytest.raises(PermissionDenied):
            see_to(decision=made, because="x", by=who, at=AT)
    seat_ends(kai, leah)
    for who in (grace, bea, tom, hal):
        assert SAID not in line(who)
        with pytest.raises(PermissionDenied):
            see_to(decision=made, because="x", by=who, at=AT)
    assert as_one(bea).get(reverse("share_left_again", args=[made.pk])).status_code == 404
    assert as_one(grace).get(reverse("share_left_word", args=[made.pk])).status_code == 404


def test_the_page_of_whoever_left_the_team_leads_nowhere_that_does_not_open(as_one, kai, leah, priya, made):
    leaves_the_team(kai, leah)
    client, paper = as_one(leah), given(kai, by=priya, outside="A foster carer", words="He swims.")
    page = client.get(reverse("gave", args=[made.pk]))
    assert "whoever leads for the child reads so" in words(page)
    assert reverse("share", args=["7F3K"]) not in page.content.decode()
    type(paper).objects.filter(pk=paper.pk).update(by=leah)
    shut, page = reverse("share_paper", args=[paper.pk]), reverse("gave", args=[paper.pk])
    assert client.get(shut).status_code == 404
    assert shut not in client.get(page).content.decode()
    standing(kai, COUNCIL, practitioner=leah)
    assert shut in client.get(page).content.decode()
