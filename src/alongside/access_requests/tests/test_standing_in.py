"""An officer who answers for an agency that has none reads of it what its teller let them, and no more."""

import pytest
from django.urls import reverse

from alongside.access_requests.actions import hold_back_whole, log_request, look_through
from alongside.access_requests.open_to import why_closed
from alongside.access_requests.queries import items_of
from alongside.access_requests.releasing import release, say_ready
from alongside.agencies.models import Agency
from alongside.chronology.tests.factories import entry
from alongside.people.tests.factories import CAMHS, COUNCIL, practitioner, record
from alongside.web.tests.reading import words

from .conftest import ASKED, AT, tell

LINE = "Kai carries for the Elm Road line."
WHOLE = {"exemption": "crime", "because": "Asked police"}
ONLY = {
    "police": "It was told to police only.",
    f"agencies:{CAMHS}": "It was told to named agencies only, and not to yours.",
    "restricted:leah": "It was told to named people only, and not to you.",
}


@pytest.fixture
def highways(kai):
    """It knows Kai, and may have nobody who answers requests."""
    said = {"name": "Leeds Highways", "short_name": "Highways", "sector": "place", "is_statutory": False}
    one = Agency.objects.create(slug="leeds-highways", **said)
    record(kai, one.slug, reference="H-1")
    return one


@pytest.fixture
def told(kai, highways, grace, piet):
    """Gives the item of what highways told with that handling, in a request that Grace wrote down."""

    def tells(handling):
        word, _, readers = handling.partition(":")
        source = {"told": {"narrative": LINE, "people": [{"reference": "H-1"}]}, "system": "niche"}
        entry(kai, highways.slug, handling=word, readers=f",{readers}," if readers else "", contribution=source)
        part = log_request(person=kai, by=grace, at=AT, **ASKED).parts.get(agency=highways)
        return items_of(part)[-1]

    return tells


@pytest.mark.parametrize("handling", ONLY)
def test_what_is_not_for_them_is_held_back_unread(as_one, told, grace, handling):
    item = told(handling)
    address = reverse("access_item", args=[item.part_id, item.pk])
    said = words(as_one(grace).get(address))
    assert (ONLY[handling] in said, LINE in said) == (True, False)
    as_one(grace).post(address, {"do": "looked"})
    assert items_of(item.part)[-1].looked_at is None
    as_one(grace).post(address, WHOLE | {"do": "whole"})
    assert items_of(item.part)[-1].looked_by == grace


def test_where_no_duty_in_law_stands_behind_them_what_is_for_statutory_agencies_is_closed(told):
    item, zed = told("statutory"), practitioner("zed", "information_officer", "catch")
    assert why_closed(item, zed) == "It was told to statutory agencies only."


@pytest.mark.parametrize("handling", ["team", "partnership", "statutory", f"agencies:{CAMHS},{COUNCIL}"])
def test_what_their_agency_may_read_is_looked_through(as_one, told, grace, handling):
    item = told(handling)
    assert LINE in words(as_one(grace).get(reverse("access_item", args=[item.part_id, item.pk])))


def test_the_pack_goes_out_without_it(as_one, told, grace, imran):
    item = told("police")
    look_through(item=items_of(item.part)[0], by=grace, at=AT)
    hold_back_whole(item=item, by=grace, at=AT, **WHOLE)
    say_ready(part=item.part, by=grace, at=AT)
    assert LINE not in words(as_one(imran).get(reverse("access_release", args=[item.part_id])))
    release(part=item.part, by=imran, at=AT)
    data = as_one(imran).get(reverse("access_pack", args=[item.part_id, "json"])).content.decode()
    assert (LINE in data, "For reasons that the law lets us not name." in data) == (False, True)


def test_their_own_agencys_intelligence_they_answer_for_themselves(as_one, kai, grace):
    tell(kai, handling="police", narrative="Ours for police.")
    part = log_request(person=kai, by=grace, at=AT, **ASKED).parts.get(agency=COUNCIL)
    item = items_of(part)[-1]
    assert "Ours for police." in words(as_one(grace).get(reverse("access_item", args=[part.pk, item.pk])))
