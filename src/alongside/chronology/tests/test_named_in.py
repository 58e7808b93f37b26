"""A brother or sister named in a notification: their page says so, and tells nothing of the other child."""

from copy import deepcopy

import pytest
from django.urls import reverse

from alongside.access.rules import may_read_account
from alongside.chronology.actions import rebuild
from alongside.chronology.models import ChronologyEntry
from alongside.contributions.kinds import kinds
from alongside.ledger.models import LedgerEvent
from alongside.people.models import AgencyRecord, Person
from alongside.people.tests.factories import COUNCIL, NOW, POLICE, child, practitioner, record, standing
from alongside.web.tests.reading import words

from .factories import contribution, entry

pytestmark = pytest.mark.django_db
OTHERS_OWN = ("I don't go home that way", "Knife", "weapon", "Serious violence", "bus station", "over his shoulder")
TOLD = {
    "narrative": "canary at the bus station",
    "place": {"name": "Bus station", "latitude": 53.797, "longitude": -1.535},
    "people": [
        {"role": "subject", "reference": "N-KAI", "childs_words": "I don't go home that way"},
        {"role": "sibling", "reference": "N-TOBI"},
    ],
    "details": {
        "concern_types": ["serious_violence", "weapon"],
        "weapon_used_or_seen": "knife",
        "seen_alone": "yes",
        "childs_words": "I don't go home that way",
        "voice_appearance": "looked over his shoulder",
    },
}


@pytest.fixture
def told():
    """Kai's notification, in which his brother Tobi is named."""
    for called, reference in (("Kai", "7F3K"), ("Tobi", "8G4L")):
        person = child(reference, called=called, given_name=called)
        record(person, POLICE, reference=f"N-{called.upper()}")
    one = contribution(told=deepcopy(TOLD))
    rebuild(at=NOW)
    return one


@pytest.fixture
def leah():
    return practitioner("leah")


def near(viewer, *references) -> None:
    for found in AgencyRecord.objects.filter(person__reference__in=references).select_related("person"):
        standing(found.person, COUNCIL, practitioner=viewer)


def addresses(reference: str, told) -> list[str]:
    pages = [reverse(name, args=[reference]) for name in ("child", "child_timeline", "child_places", "child_records")]
    return [*pages, f"{pages[0]}?print", "/", reverse("child_entry", args=[reference, told.receipt])]


@pytest.mark.parametrize(
    ("is_involved", "concerns_others", "allowed"),
    [(True, True, True), (True, False, True), (False, True, False), (False, False, True)],
)
def test_an_account_is_read_where_it_is_about_the_child(is_involved, concerns_others, allowed):
    assert may_read_account(is_involved=is_involved, concerns_others=concerns_others).allowed is allowed


@pytest.mark.parametrize("handling", ["partnership", "team", "statutory"])
@pytest.mark.parametrize("children", [("8G4L",), ("8G4L", "7F3K")])
def test_no_page_of_the_brother_tells_what_the_other_child_said_or_went_through(client, told, leah, children, handling):
    ChronologyEntry.objects.update(handling=handling)
    near(leah, *children)
    client.force_login(leah)
    for address in [one for one in addresses("8G4L", told) if one != "/" or "7F3K" not in children]:
        page = words(client.get(address)).casefold()
        for said in ("canary", *OTHERS_OWN):
            assert said.casefold() not in page, (address, said)


@pytest.mark.parametrize(
    ("children", "link"), [(("8G4L",), False), (("7F3K", "8G4L"), True)], ids=["near Tobi alone", "near both"]
)
def test_his_entry_says_that_he_was_named_by_whom_and_whom_to_call(client, told, leah, children, link):
    near(leah, *children)
    client.force_login(leah)
    response = client.get(reverse("child_entry", args=["8G4L", told.receipt]))
    page = words(response)
    assert "Named as a brother or sister: Police notification about another child" in page
    assert "Brother or sister" in page
    assert "West Yorkshire Police" in page
    assert "0113 496 0001" in page
    assert told.reference in page
    kais = reverse("child_entry", args=["7F3K", told.receipt])
    assert (kais in response.content.decode()) is link
    assert ("canary" in words(client.get(kais))) is link


@pytest.mark.parametrize(
    ("role", "is_named"),
    [(role, role in {"sibling", "parent"}) for role in sorted(kinds()["police_protection_notification"].roles)],
)
def test_only_brothers_sisters_and_parents_are_merely_named(told, role, is_named):
    as_told = deepcopy(TOLD)
    as_told["people"][1]["role"] = role
    another = contribution(told=as_told)
    rebuild(at=NOW)
    tobis = ChronologyEntry.objects.get(person__reference="8G4L", contribution=another)
    assert tobis.title.startswith("Named as a") is is_named
    assert (tobis.summary, tobis.place, tobis.latitude) == (
        ("", "", None) if is_named else ("canary at the bus station", "Bus station", 53.797)
    )


def test_his_strip_draws_what_he_was_part_of_and_his_timeline_has_both(client, told, leah):
    near(leah, "8G4L")
    entry(Person.objects.get(reference="8G4L"), POLICE, title="Police met Tobi")
    client.force_login(leah)
    page = words(client.get(reverse("child", args=["8G4L"])))
    assert "1 event, told by 1 agency" in page
    timeline = words(client.get(reverse("child_timeline", args=["8G4L"])))
    assert "Police met Tobi" in timeline
    assert "Named as a brother or sister" in timeline


def test_the_account_of_another_child_does_not_count_as_read(client, told, leah):
    near(leah, "8G4L")
    client.force_login(leah)
    client.get(reverse("child_entry", args=["8G4L", told.receipt]))
    assert [one.what for one in LedgerEvent.objects.filter(subject="person:8G4L")] == ["only named in an entry"]
    assert not LedgerEvent.objects.filter(subject=told.subject, operation="view").exists()


def test_what_is_about_nobody_else_is_read(client, leah):
    tobi = child("8G4L", called="Tobi")
    alone = entry(tobi, role="sibling")
    standing(tobi, COUNCIL, practitioner=leah)
    client.force_login(leah)
    page = words(client.get(reverse("child_entry", args=["8G4L", alone.contribution.receipt])))
    assert "What was told." in page


def test_the_page_says_what_part_a_child_had(client, told, leah):
    kais = ChronologyEntry.objects.get(person__reference="7F3K")
    ChronologyEntry.objects.filter(pk=kais.pk).update(role="witness")
    near(leah, "7F3K")
    client.force_login(leah)
    assert "Saw or heard it" in words(client.get(reverse("child_entry", args=["7F3K", told.receipt])))
