"""A correction of what was given goes to its recipient as it could be given today: graded, and on no new conditions."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.chronology.tests.factories import contribution, entry
from alongside.contributions.models import Grade
from alongside.people.tests.factories import POLICE, practitioner
from alongside.web.tests.reading import words

from .conftest import AT, given

KEPT_CLOSE = "Do not share outside the team"


@pytest.fixture
def first(kai):
    kind = "partnership_intelligence"
    return entry(kai, kind=kind, contribution={"kind": kind, "told": {"narrative": "He is at the flat."}})


@pytest.fixture
def graded():
    kofi = practitioner("kofi", "police_intelligence", POLICE)

    def grade(told, conditions="", at=AT):
        handling = "C" if conditions else "P"
        said = {"source": "1", "information": "A", "priority": "Medium", "handling": handling}
        return Grade.objects.create(contribution=told, conditions=conditions, by=kofi, at=at, **said)

    return grade


def corrected(first):
    told = first.contribution
    type(told).objects.filter(pk=told.pk).update(is_newest=False)
    same = {name: getattr(told, name) for name in ("system", "reference", "kind", "handling")}
    newer = {"version": 2, "received_at": AT, "told": {"narrative": "Danny told me."}}
    first.contribution = contribution(told.agency_id, **same, **newer)
    first.save(update_fields=["contribution"])
    return first.contribution


def page_of(made, client) -> str:
    return words(client.get(reverse("received_one", args=[made.pk])))


def test_a_correction_that_police_have_not_graded_is_not_read(as_one, kai, leah, tom, first, graded):
    graded(first.contribution)
    made = given(kai, by=leah, to=tom, entries=[first])
    newer = corrected(first)
    page = page_of(made, as_one(tom))
    assert "and not given anew. Rely on it no longer: ask whoever gave it to you." in page
    assert "Danny told me." not in page
    assert "He is at the flat." not in page
    graded(newer)
    assert "Danny told me." in page_of(made, as_one(tom))


def test_a_correction_on_conditions_of_its_own_is_not_read(as_one, kai, leah, tom, first, graded):
    graded(first.contribution)
    made = given(kai, by=leah, to=tom, entries=[first])
    graded(corrected(first), KEPT_CLOSE)
    assert "Danny told me." not in page_of(made, as_one(tom))


def test_a_correction_on_the_conditions_of_the_first_is_read_with_them(as_one, kai, priya, tom, first, graded):
    graded(first.contribution, KEPT_CLOSE)
    made = given(kai, by=priya, to=tom, entries=[first])
    graded(corrected(first), KEPT_CLOSE)
    page = page_of(made, as_one(tom))
    assert "Danny told me." in page
    assert KEPT_CLOSE in page


def test_conditions_that_are_set_after_the_giving_are_read_beside_it(as_one, kai, leah, tom, first, graded):
    graded(first.contribution)
    made = given(kai, by=leah, to=tom, entries=[first])
    graded(first.contribution, KEPT_CLOSE, at=AT + timedelta(seconds=1))
    page = page_of(made, as_one(tom))
    assert "He is at the flat." in page
    assert KEPT_CLOSE in page
