"""What is due is listed, however much stands before it that is not."""

from datetime import datetime

import pytest
from conftest import NOW
from django.urls import reverse

from alongside.contributions.models import Contribution
from alongside.contributions.tests.example import note
from alongside.keeping import queries
from alongside.keeping.actions import place_hold
from alongside.keeping.may_be_due import may_be_due
from alongside.web.tests.reading import words

from .conftest import old

pytestmark = pytest.mark.django_db
HOSPITAL = "leeds-teaching-hospitals"


@pytest.fixture
def hal(seat):
    return seat("hal", HOSPITAL, "records_officer", name="Hal Gray")


def seen_at_hospital(number, born, *, year, parent_born=""):
    """Health records are kept until the 26th birthday."""
    named = {"given_name": "Kim", "family_name": f"Vale{number}"}
    people = [{"role": "subject", "reference": f"K-{number}", "date_of_birth": born, **named}]
    if parent_born:
        of_parent = {"role": "parent", "reference": f"P-{number}", "date_of_birth": parent_born}
        people.append({**of_parent, "given_name": "Pat", "family_name": f"Marsh{number}"})
    source = {"agency": HOSPITAL, "system": "epr", "reference": f"H-{number}"}
    return note(f"H-{number}", occurred_at=f"{year}-05-01T10:00:00Z", people=people, source=source)


@pytest.fixture
def opened(client):
    """The page of a records officer."""

    def page(officer, **query):
        client.force_login(officer)
        return client.get(reverse("keeping"), query)

    return page


def due(officer, **more):
    return [one.contribution.reference for one in queries.look_for_due(officer, at=NOW, **more).shown]


def test_older_notes_that_name_a_grown_parent_do_not_stand_before_what_is_due(tell, hal, monkeypatch):
    monkeypatch.setattr(queries, "LOOKED_AT", 2)
    tell(seen_at_hospital(9, "1995-01-01", year=2012))
    tell(*[seen_at_hospital(n, "2009-01-01", year=2010, parent_born="1970-01-01") for n in range(3)])
    assert due(hal) == ["H-9"]


def test_nor_does_what_an_older_brother_is_in_or_a_child_of_no_known_birthday(tell, hal):
    tell(seen_at_hospital(1, "1995-01-01", year=2012, parent_born="1970-01-01"), seen_at_hospital(2, "", year=1990))
    with_brother = seen_at_hospital(3, "2009-01-01", year=2010)
    brother = {"role": "subject", "reference": "K-4", "given_name": "Lee", "family_name": "Vale4"}
    with_brother["people"].append(brother | {"date_of_birth": "1994-01-01"})
    tell(with_brother)
    told = Contribution.objects.filter(agency=HOSPITAL)
    found = may_be_due(told, controller=HOSPITAL, at=NOW).values_list("reference", flat=True)
    assert list(found) == due(hal) == ["H-1"]


def test_what_is_due_by_the_day_is_left_out_on_no_day_of_the_year(tell, hal):
    tell(*[seen_at_hospital(n, f"2000-{n:02}-28", year=2004) for n in range(1, 13)])
    for month in range(1, 13):
        at = datetime(2026, month, 28, 0, 30, tzinfo=NOW.tzinfo)
        assert len(queries.due_for(hal, at=at)) == month


def test_a_kind_that_a_rule_names_is_due_by_no_other(tell, una):
    of_other_kind = old("N-2", person={"reference": "C-2", "date_of_birth": "1945-01-01"})
    tell(of_other_kind | {"occurred_at": "2015-05-01T10:00:00Z"})
    told = Contribution.objects.filter(agency="leeds-city-council")
    assert not may_be_due(told, controller="leeds-city-council", at=NOW).exists()


def test_the_page_says_that_it_looked_at_part_and_goes_on_from_there(tell, hal, opened, monkeypatch):
    monkeypatch.setattr(queries, "LOOKED_AT", 2)
    tell(*[seen_at_hospital(n, "1995-01-01", year=2010 + n) for n in range(4)])
    for receipt in Contribution.objects.filter(reference__in=["H-0", "H-1"]).values_list("receipt", flat=True):
        place_hold(by=hal, at=NOW, because="The inquiry asked", receipt=receipt)
    page = opened(hal)
    assert "Falls due (0 or more) Nothing of the 2 looked at falls due. Not all was looked at" in words(page)
    last = Contribution.objects.get(reference="H-1").pk
    assert f'href="{reverse("keeping")}?after={last}"' in page.content.decode()
    assert "Falls due (2)" in words(opened(hal, after=last))
    assert due(hal, after=last) == ["H-2", "H-3"]
    assert "Falls due (0 or more)" in words(opened(hal, after="x"))


def test_of_more_than_a_page_the_longest_due_are_shown(tell, hal, opened, monkeypatch):
    monkeypatch.setattr(queries, "MOST", 2)
    tell(*[seen_at_hospital(n, f"199{n}-01-01", year=2010) for n in range(3)])
    assert due(hal) == ["H-0", "H-1"]
    assert "Falls due (2 or more) The 2 that are longest due." in words(opened(hal))
