"""One entry on its own page: who reads it, who reads only that it is restricted, and who learns nothing."""

import pytest
from django.urls import reverse

from alongside.chronology.models import ChronologyEntry
from alongside.contributions.progress import sent_with_progress
from alongside.contributions.rules import OUR_PAGES
from alongside.ledger import subjects
from alongside.ledger.models import LedgerEvent
from alongside.people.tests.factories import CAMHS, POLICE, child, practitioner, standing
from alongside.web.tests.reading import words

from .factories import contribution, entry

pytestmark = pytest.mark.django_db
NAMED, OTHERS = "restricted:noor", "restricted:somebody-else"


@pytest.fixture
def kai():
    return child("7F3K", called="Kai", given_name="Kai-Emmanuel", trusted_person="Coach Dean")


@pytest.fixture
def noor(client):
    viewer = practitioner("noor", "health_worker", CAMHS)
    client.force_login(viewer)
    return viewer


def told(kai, handling: str) -> ChronologyEntry:
    word, _, readers = handling.partition(":")
    kept = f",{readers}," if readers else ""
    return entry(kai, handling=word, readers=kept, title="A quiet word", contribution={"told": {"narrative": "canary"}})


def address(found: ChronologyEntry) -> str:
    return reverse("child_entry", args=["7F3K", found.contribution.receipt])


def stand(kai, viewer, level: str) -> None:
    """Near the child at that level; "none" leaves them without any standing."""
    if level != "none":
        standing(kai, viewer.agency_id, practitioner=viewer, level=level)


@pytest.mark.parametrize(
    ("handling", "level", "status", "says"),
    [
        (NAMED, "none", 200, "This one entry was told to you by name"),
        (NAMED, "known", 200, "This one entry was told to you by name"),
        (NAMED, "team", 200, "Coach Dean"),
        (OTHERS, "none", 403, "You are not in the team around this child"),
        (OTHERS, "known", 302, ""),
        (OTHERS, "team", 403, "Only the people named on this entry may read it"),
        ("team", "none", 403, "You are not in the team around this child"),
        ("team", "known", 302, ""),
        ("team", "team", 200, "Coach Dean"),
        ("police", "team", 404, ""),
        (f"agencies:{POLICE}", "team", 404, ""),
    ],
)
def test_who_opens_an_entry(client, kai, noor, handling, level, status, says):
    stand(kai, noor, level)
    found = told(kai, handling)
    response = client.get(address(found))
    page = words(response)
    assert response.status_code == status
    assert says in page
    assert ("canary" in page) is (status == 200)
    assert ("Coach Dean" in page) is (status == 200 and level == "team")


@pytest.mark.parametrize(("handling", "level", "lines"), [(NAMED, "none", 1), ("team", "team", 1), (OTHERS, "team", 0)])
def test_a_look_is_kept_under_the_child_and_under_what_was_told(client, kai, noor, handling, level, lines):
    stand(kai, noor, level)
    found = told(kai, handling)
    client.get(address(found))
    for subject in (subjects.child("7F3K"), found.contribution.subject):
        kept = LedgerEvent.objects.filter(subject=subject, operation="view", what="entry", actor="noor")
        assert kept.count() == lines


def test_being_named_opens_that_entry_and_no_other_page(client, kai, noor):
    told(kai, NAMED)
    other = told(kai, "team")
    assert client.get(address(other)).status_code == 403
    for page in ("child", "child_timeline", "child_records", "child_looked", "child_places"):
        assert client.get(reverse(page, args=["7F3K"])).status_code == 403


def test_being_named_on_the_newest_version_opens_no_older_one(client, kai, noor):
    same = {"reference": "PPN-1"}
    contribution(**same, handling="team", told={"narrative": "canary"}, is_newest=False)
    newest = entry(kai, handling="restricted", readers=",noor,", version=2, contribution=same | {"version": 2})
    page = words(client.get(address(newest)))
    assert "What was told." in page
    assert "canary" not in page


def test_the_named_find_it_on_their_first_page_without_a_way_to_the_child(client, kai, noor):
    found = told(kai, NAMED)
    page = client.get("/").content.decode()
    assert address(found) in page
    assert "told to you by name" in page
    assert f'href="{reverse("child", args=["7F3K"])}"' not in page


def test_no_restricted_page_tells_a_reference_that_does_not_exist(client, kai, noor):
    stand(kai, noor, "team")
    assert client.get(reverse("child_entry", args=["7F3K", "0" * 26])).status_code == 404


def test_the_teller_sees_who_read_it(client, kai, noor):
    priya = practitioner("priya", "police_officer", POLICE)
    stand(kai, noor, "team")
    found = entry(kai, contribution={"author": priya, "system": OUR_PAGES})
    client.get(address(found))
    (sent,) = sent_with_progress(priya)
    assert [agency for agency, _ in sent.read_by] == ["CAMHS"]


@pytest.mark.parametrize(
    ("kind", "folded"),
    [
        ("general_note", False),
        ("camhs_contact", False),
        ("school_absence", False),
        ("social_care_involvement", False),
        ("police_incident", True),
        ("emergency_department_attendance", True),
        ("front_door_referral", True),
        ("a_kind_of_long_ago", True),
    ],
)
def test_in_a_list_only_what_may_tell_of_injury_or_sexual_harm_waits_to_be_opened(client, kai, noor, kind, folded):
    stand(kai, noor, "team")
    entry(kai, kind=kind, summary="Back at school since Monday.")
    page = words(client.get(reverse("child_timeline", args=["7F3K"])))
    assert "Back at school since Monday." in page
    assert ("Read what was said" in page) is folded


def test_the_page_carries_the_receipt_that_its_teller_has(client, kai, noor):
    found = told(kai, "team")
    stand(kai, noor, "team")
    assert f"receipt {found.contribution.short_receipt}" in words(client.get(address(found)))
