"""What was corrected, taken back or told to a few leaves nothing behind for others to read."""

import pytest
from conftest import NOW

from alongside.access.rules import Level
from alongside.chronology.actions import rebuild
from alongside.chronology.models import ChronologyEntry
from alongside.config.state import hash_of_meaning
from alongside.contributions.actions import accept, withdraw
from alongside.contributions.models import Contribution
from alongside.contributions.tests.example import note
from alongside.flow import follow_pending
from alongside.linkage.record import number_keys
from alongside.linkage.search import find
from alongside.people.models import AgencyRecord, NameKey, Person, Standing
from alongside.people.queries import children_seen_by, level_of
from alongside.people.standings import confirm_standing

from .test_the_way_of_a_contribution import tell, working_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agencies")]
ANOTHER = {"reference": "C-2", "given_name": "Kai", "family_name": "Adeyemi", "date_of_birth": "2011-03-04"}


def entries() -> list[tuple[int, str]]:
    return list(ChronologyEntry.objects.order_by("pk").values_list("version", "handling"))


def test_of_two_versions_followed_together_only_the_newer_is_on_the_timeline(maya):
    older = note(narrative="The address of the refuge is …")
    tell(older, older | {"handling": "restricted:maya", "narrative": "Kept close."})
    assert entries() == [(2, "restricted")]


def test_the_timeline_can_be_rebuilt_and_is_the_same():
    tell(note(), note(narrative="Seen with three friends."), note("N-2"))
    before = entries()
    rebuild(at=NOW)
    assert entries() == before


def test_the_hash_of_the_meaning_hears_of_a_timeline_that_is_wrong():
    tell(note())
    before = hash_of_meaning()
    ChronologyEntry.objects.all().delete()
    assert hash_of_meaning() != before


def test_a_correction_that_names_nobody_leaves_nobodys_timeline_as_it_was(maya):
    tell(note(person=ANOTHER))
    tell(note() | {"people": []})
    assert entries() == []
    assert not children_seen_by(maya, at=NOW).exists()
    assert find("kai adeyemi", viewer=maya, at=NOW) == []


def test_a_correction_to_another_child_takes_the_first_out_of_it(leah):
    tell(note(person=ANOTHER))
    tell(note())
    assert [one.person.given_name for one in ChronologyEntry.objects.all()] == ["Siobhan"]


def test_a_child_named_by_mistake_is_no_longer_open_to_the_service(maya):
    tell(working_with(person=ANOTHER))
    named_by_mistake = Standing.objects.get(person__given_name="Kai")
    tell(working_with())
    named_by_mistake.refresh_from_db()
    assert named_by_mistake.until is not None
    assert Standing.objects.get(person__given_name="Siobhan").until is None


def test_facts_that_were_taken_back_are_no_longer_shown(maya):
    tell(note("N-2"))
    tell(note(person={"trusted_person": "Coach Dean", "likes_to_be_called": "Shiv", "upn": "B801200005001"}))
    wrong = Contribution.objects.get(reference="N-1")
    withdraw(contribution=wrong, by=maya, at=NOW, because="Another child.")
    follow_pending(at=NOW)
    person, record = Person.objects.get(), AgencyRecord.objects.get()
    assert (person.given_name, person.called, person.trusted_person) == ("Siobhan", "", "")
    assert record.upn == ""
    assert not NameKey.objects.filter(key__in=number_keys("B801200005001")).exists()


def test_of_what_was_all_taken_back_the_name_stays_with_the_withdrawal(maya):
    tell(note(person={"trusted_person": "Coach Dean"}))
    withdraw(contribution=Contribution.objects.get(), by=maya, at=NOW, because="Another child.")
    follow_pending(at=NOW)
    person = Person.objects.get()
    assert (person.stands, person.given_name, person.trusted_person) == (True, "Siobhan", "")


def test_facts_that_were_corrected_are_no_longer_shown():
    tell(note(person={"trusted_person": "Coach Dean"}))
    tell(note())
    assert Person.objects.get().trusted_person == ""


def test_told_again_after_a_correction_the_child_is_back(maya):
    tell(note(person=ANOTHER))
    tell(note() | {"people": []})
    tell(note("N-9", person=ANOTHER))
    assert [one.person.given_name for one in find("kai adeyemi", viewer=maya, at=NOW)] == ["Kai"]


CLOSED = {
    "aliases": ["Secretalias Jones"],
    "ethnicity": {"scheme": "sde18", "code": "A1", "stated_by": "self"},
    "nhs_number": "9434765919",
    "postcode": "LS9 9ZZ",
}


@pytest.mark.parametrize("handling", ["police", "restricted:priya", "agencies:west-yorkshire-police", "statutory"])
def test_facts_told_to_a_few_are_not_shown_to_the_team(maya, priya, handling):
    tell(note(person={"postcode": ""}))
    tell(note("N-2", handling=handling, person=CLOSED))
    record = AgencyRecord.objects.get()
    assert (record.aliases, record.ethnicity, record.nhs_number, record.postcode) == ([], {}, "", "")
    assert find("secretalias", viewer=maya, at=NOW) == []
    assert find("9434765919", viewer=maya, at=NOW) == []


def test_facts_told_to_a_few_still_say_whose_a_record_is():
    tell(note("N-2", handling="police", person={"nhs_number": "9434765919"}))
    other = {"agency": "leeds-camhs", "system": "paris", "reference": "P-1"}
    tell(note(source=other, person={"reference": "P-1", "nhs_number": "9434765919", "postcode": ""}))
    assert Person.objects.filter(stands=True).count() == 1


def test_a_child_told_of_to_a_few_only_has_a_name_and_nothing_more(maya):
    tell(note(handling="police", person={"trusted_person": "Coach Dean"} | CLOSED))
    person, record = Person.objects.get(), AgencyRecord.objects.get()
    assert (person.given_name, person.trusted_person, record.nhs_number) == ("Siobhan", "", "")


def test_an_open_name_takes_the_place_of_one_told_to_a_few_and_leaves_no_trace():
    tell(note(handling="police", person={"given_name": "Kept", "family_name": "Close"}))
    tell(note("N-2"))
    record = AgencyRecord.objects.get()
    assert (record.given_name, record.family_name, record.earlier) == ("Siobhan", "O'Brien", [])


def open_to(agency: str, team: str, kind: str = "youth_justice_involvement", **changes):
    details = {"service": "A service", "team": team, "status": "open", "started_on": "2026-10-01"}
    source = {"agency": agency, "system": "desk", "reference": "D-1"}
    return note(kind=kind, source=source, details=details, **changes)


@pytest.mark.parametrize(
    ("agency", "team", "stands"),
    [
        ("leeds-youth-justice", "leeds-youth-justice-prevention", True),
        ("leeds-camhs", "leeds-camhs-community", False),  # not theirs to tell
        ("leeds-youth-justice", "leeds-camhs-community", False),  # somebody else's team
    ],
)
def test_only_a_service_of_ones_own_opens_a_child(agency, team, stands):
    tell(open_to(agency, team))
    assert Standing.objects.exists() is stands


def test_one_who_says_on_our_pages_that_they_work_with_a_child_waits_until_somebody_near_confirms(seat, maya):
    leon = seat("leon", "leeds-youth-justice", "youth_justice_worker", team="leeds-youth-justice-prevention")
    said = open_to("leeds-youth-justice", "leeds-youth-justice-prevention")
    accept([said], by=leon, at=NOW, author=leon)
    follow_pending(at=NOW)
    person = Person.objects.get()
    assert level_of(viewer=leon, person=person, at=NOW) is Level.KNOWN

    confirm_standing(standing=Standing.objects.get(), by=maya, at=NOW)
    assert level_of(viewer=leon, person=person, at=NOW) is Level.TEAM
    accept([said | {"narrative": "Told again."}], by=leon, at=NOW, author=leon)
    follow_pending(at=NOW)
    assert level_of(viewer=leon, person=person, at=NOW) is Level.TEAM


def test_back_to_earlier_words_is_a_correction_and_a_file_taken_in_again_is_not():
    right, wrong = note(narrative="Right."), note(narrative="Wrong.")
    for each in (right, wrong, right):
        tell(each)
    newest = Contribution.objects.get(is_newest=True)
    assert (newest.version, newest.told["narrative"]) == (3, "Right.")

    again = accept([wrong, right], by="tests", at=NOW)
    assert [one.status for one in again] == ["unchanged", "unchanged"]
    replayed = accept([right, wrong], by="tests", at=NOW, replayed=2)
    assert [one.status for one in replayed] == ["unchanged", "unchanged"]


def test_one_batch_that_says_a_thing_and_its_opposite_and_the_thing_again_ends_with_the_thing():
    right, wrong = note(narrative="Right."), note(narrative="Wrong.")
    verdicts = accept([right, wrong, right], by="tests", at=NOW)
    assert [one.status for one in verdicts] == ["accepted", "superseded", "superseded"]
    again = accept([right, wrong, right], by="tests", at=NOW)
    assert [one.status for one in again] == ["unchanged"] * 3
    assert Contribution.objects.get(is_newest=True).told["narrative"] == "Right."
