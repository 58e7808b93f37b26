"""What was told to a few is found by those few, and is no way in for anybody else who types."""

import pytest
from conftest import NOW

from alongside.chronology.finding import find_children
from alongside.contributions.actions import withdraw
from alongside.contributions.models import Contribution
from alongside.contributions.tests.example import note
from alongside.flow import follow_pending
from alongside.linkage.actions import move
from alongside.linkage.relinking import relink_all
from alongside.people.models import AgencyRecord, Person
from alongside.people.tests.factories import standing

from .test_the_way_of_a_contribution import tell

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agencies")]
HOLMES = {"agency": "west-yorkshire-police", "system": "holmes", "reference": "H-1"}


def secret(**person) -> dict:
    """Told to police alone, under a reference that is secret itself."""
    return note(source=HOLMES, handling="police", person={"reference": "OPKESTREL-77", **person})


def a_child_whom_police_call_otherwise() -> Person:
    """Openly without a date of birth; police's own record of them was told to police alone."""
    tell(note(person={"date_of_birth": ""}), secret(given_name="Kestrelname"))
    person = AgencyRecord.objects.get(system="mosaic").person
    theirs = AgencyRecord.objects.get(system="holmes")
    move(theirs, person, by=None, at=NOW, rule="details", because="The same child")
    return Person.objects.get(pk=person.pk)


def found(text, viewer) -> list[Person]:
    return [one.person for one in find_children(text, viewer=viewer, at=NOW)]


@pytest.mark.parametrize("typed", ["OPKESTREL-77", "kestrelname", "kestr", "kestrelname obrien", "2010-05-01"])
def test_a_record_told_to_police_alone_is_no_way_in_to_a_child_who_is_known(leah, maya, typed):
    person = a_child_whom_police_call_otherwise()
    standing(person, practitioner=leah)
    for viewer in (leah, maya):
        assert found("obrien", viewer) == [person]
        without = found(typed.replace("kestrelname", "zzz").replace("kestr", "zzz"), viewer)
        assert found(typed, viewer) == (without if "obrien" in typed else [])


def test_a_child_known_to_police_alone_is_found_by_police_alone(seat, maya, priya):
    tell(secret())
    person = Person.objects.get()
    standing(person, "west-yorkshire-police", practitioner=priya)
    for typed in ("siobhan", "siobhan obrien", "OPKESTREL-77", "2010-05-01"):
        assert found(typed, maya) == []
    assert found("siobhan", priya) == found("OPKESTREL-77", priya) == [person]


def test_a_child_told_of_to_statutory_agencies_is_found_by_a_front_door_that_may_read_it(maya):
    tell(note(handling="statutory"))
    assert found("siobhan obrien", maya) == [Person.objects.get()]


def test_what_was_told_to_a_few_and_taken_back_is_found_by_nobody_else(maya):
    tell(secret())
    withdraw(contribution=Contribution.objects.get(), by=maya, at=NOW, because="Another child.")
    follow_pending(at=NOW)
    assert Person.objects.get().given_name == "Siobhan"
    assert found("siobhan", maya) == found("OPKESTREL-77", maya) == []


def test_a_name_told_to_a_few_is_not_shown_where_another_record_has_its_own():
    person = a_child_whom_police_call_otherwise()
    assert (person.given_name, person.date_of_birth) == ("Siobhan", "")


def test_what_was_shown_before_by_other_rules_is_put_right_by_linking_again():
    tell(note())
    Person.objects.update(given_name="Kestrelname")
    relink_all(by="tests", at=NOW)
    assert Person.objects.get().given_name == "Siobhan"
