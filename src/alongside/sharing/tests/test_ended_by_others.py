"""The reading of what was given can be ended by others than its giver: a recipient may turn out to be the danger."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from alongside.agencies.seats import end_seat
from alongside.chronology.tests.factories import entry
from alongside.ledger.models import LedgerEvent
from alongside.people.closing import declare_tie, restrict
from alongside.people.models import Standing
from alongside.people.tests.factories import COUNCIL, POLICE, practitioner
from alongside.sharing.actions import take_back
from alongside.web.tests.reading import words

from .conftest import AT, given

SHARED = reverse("child_shared", args=["7F3K"])
RUNNING = reverse("share_running")
WHY = {"because": "He is the danger"}


@pytest.fixture
def grace(kai):
    """The council's information officer, who sees no child."""
    return practitioner("grace", "information_officer", COUNCIL, name="Grace Lumb")


@pytest.fixture
def made(kai, leah, tom):
    return given(kai, by=leah, to=tom, words="Look for a grey car.")


def by_lead(made) -> str:
    return reverse("share_end", args=[made.pk])


def by_office(made) -> str:
    return reverse("share_running_one", args=[made.pk])


def reads(as_one, tom, made) -> bool:
    return as_one(tom).get(reverse("received_one", args=[made.pk])).status_code == 200


def leaves(kai, leah):
    end_seat(practitioner=leah, because="Left", by="tests", at=AT)


def is_tied(kai, leah):
    declare_tie(person=kai, by=leah, at=AT, because="My nephew")


def is_here(kai, leah):
    pass


STAYS_OR_GOES = [is_here, leaves, is_tied]


@pytest.mark.parametrize("giver", STAYS_OR_GOES)
def test_whoever_leads_for_the_child_finds_it_there_and_ends_it(as_one, kai, priya, leah, tom, made, giver):
    works_with_kai_no_more(leah)
    giver(kai, leah)
    client = as_one(priya)
    assert by_lead(made) in client.get(SHARED).content.decode()
    page = words(client.get(by_lead(made)))
    assert "To Tom Whitaker" in page
    assert "Look for a grey car" not in page
    assert "Write in a line why" in words(client.post(by_lead(made)))
    client.post(by_lead(made), WHY)
    assert not reads(as_one, tom, made)
    assert by_lead(made) not in client.get(SHARED).content.decode()
    assert client.get(by_lead(made)).status_code == 404
    assert "Ended by: Priya Nair" in words(client.get(SHARED))


def works_with_kai_no_more(leah):
    """Leah works with Kai no more."""
    Standing.objects.filter(practitioner=leah).update(until=AT)


@pytest.mark.parametrize("giver", STAYS_OR_GOES)
def test_the_office_finds_what_its_agency_gave_and_ends_it(as_one, kai, leah, tom, grace, made, giver):
    giver(kai, leah)
    client = as_one(grace)
    listed = client.get(RUNNING)
    assert by_office(made) in listed.content.decode()
    assert ("can no longer end it" in words(listed)) is (giver is not is_here)
    page = words(client.get(by_office(made)))
    assert "Leah Brandt" in page
    assert "Tom Whitaker" in page
    for shown in (words(listed), page):
        assert not [word for word in ("Kai", "7F3K", "grey car") if word in shown]
    client.post(by_office(made), WHY)
    assert not reads(as_one, tom, made)
    assert "Nothing that" in words(client.get(RUNNING))
    assert client.get(by_office(made)).status_code == 404


def test_the_ledger_and_the_givers_page_say_who_ended_it_and_why(as_one, leah, grace, made):
    as_one(grace).post(by_office(made), WHY)
    line = LedgerEvent.objects.get(what="giving taken back")
    assert (line.actor, line.purpose) == ("grace", "He is the danger")
    page = words(as_one(leah).get(reverse("gave", args=[made.pk])))
    assert "Ended by: Grace Lumb" in page
    assert "He is the danger" in page


def test_looking_at_the_list_is_in_the_ledger_and_names_no_child(as_one, grace, made):
    as_one(grace).get(RUNNING)
    as_one(grace).get(by_office(made))
    looks = LedgerEvent.objects.filter(actor="grace", operation="view", what="still being read")
    assert {one.subject for one in looks} == {made.subject}


def test_nobody_else_ends_it(as_one, kai, leah, priya, grace, tom, ann, made):
    hal = practitioner("hal", "information_officer", POLICE)
    lou = practitioner("lou", "social_worker", COUNCIL, name="Lou Hart")
    for who in (priya, tom, ann, hal, lou):  # Leah leads, and police do not.
        with pytest.raises(PermissionDenied):
            take_back(decision=made, because="x", by=who, at=AT)
        for page in (by_lead(made), by_office(made)):
            as_one(who).post(page, WHY)
    made.refresh_from_db()
    assert made.ended_at is None
    for who in (tom, ann, hal, lou):
        assert {as_one(who).get(page).status_code for page in (by_lead(made), by_office(made))} <= {403, 404}


def test_others_of_the_team_read_who_can(as_one, kai, leah, priya, made):
    """A child may be in danger by it: whoever sees that reads whom to call."""
    assert by_lead(made) in as_one(priya).get(SHARED).content.decode()
    page = words(as_one(priya).get(by_lead(made)))
    assert "Who leads for the child, or comes next: Leah Brandt" in page
    assert "0113 496 0222" in page
    assert "Why do you end it?" not in page
    assert by_lead(made) not in as_one(leah).get(SHARED).content.decode()  # Her own is on her own page.


def test_whoever_has_a_tie_ends_nothing(as_one, kai, leah, grace, priya, made):
    works_with_kai_no_more(leah)
    for who in (grace, priya):
        declare_tie(person=kai, by=who, at=AT, because="A neighbour")
    assert as_one(grace).get(by_office(made)).status_code == 404
    assert by_office(made) not in as_one(grace).get(RUNNING).content.decode()
    assert as_one(priya).get(by_lead(made)).status_code == 404


def test_of_what_holds_an_entry_closed_to_them_a_lead_learns_nothing(as_one, kai, leah, priya, tom):
    closed = entry(kai, POLICE, handling="police", title="Seen with an adult")
    made = given(kai, by=priya, to=practitioner("pat", "police_officer", POLICE), entries=[closed])
    assert as_one(leah).get(by_lead(made)).status_code == 404
    assert by_lead(made) not in as_one(leah).get(SHARED).content.decode()


def test_paper_and_what_is_over_is_on_no_list(as_one, kai, leah, priya, grace, tom, made):
    paper = given(kai, by=leah, outside="An aunt", words="He swims.")
    over = given(kai, by=leah, to=tom, words="He swims.")
    type(over).objects.filter(pk=over.pk).update(expires_on=timezone.localdate(AT).replace(year=2025))
    works_with_kai_no_more(leah)
    page, listed = as_one(priya).get(SHARED).content.decode(), as_one(grace).get(RUNNING).content.decode()
    for one in (paper, over):
        assert by_lead(one) not in page
        assert by_office(one) not in listed
        assert as_one(priya).get(by_lead(one)).status_code == 404
        assert as_one(grace).get(by_office(one)).status_code == 404


def test_on_a_restricted_record_whoever_is_named_ends_it(as_one, kai, leah, priya, ann, made):
    bea = practitioner("bea", "front_door_manager", COUNCIL)
    restrict(person=kai, readers=[ann], by=bea, at=AT, because="Few")
    end_seat(practitioner=bea, because="Left", by="tests", at=AT)
    assert as_one(priya).get(by_lead(made)).status_code == 404
    assert as_one(ann).get(by_lead(made)).status_code == 200


@pytest.mark.parametrize("number", [1, 12])
def test_the_pages_cost_the_same_however_much_is_read(
    as_one, kai, leah, priya, grace, tom, number, django_assert_max_num_queries
):
    for _ in range(number):
        given(kai, by=leah, to=tom, entries=[entry(kai), entry(kai)])
    works_with_kai_no_more(leah)
    for who, address in ((priya, SHARED), (grace, RUNNING)):
        client = as_one(who)
        client.get(address)
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
