"""In a pack nobody is taken for somebody else who has the same number in another system."""

import json

import pytest

from alongside.access_requests.actions import collect, log_request
from alongside.access_requests.collecting import changed
from alongside.access_requests.models import PackItem
from alongside.access_requests.sections import names_of_others, own_names
from alongside.chronology.tests.factories import entry
from alongside.people.models import AgencyRecord
from alongside.people.tests.factories import COUNCIL, record

from .conftest import ASKED, AT

PEOPLE = [
    {"role": "subject", "reference": "C-1", "given_name": "Kai", "family_name": "Adeyemi", "childs_words": "I am cold"},
    {"role": "sibling", "reference": "1001", "given_name": "Zane", "family_name": "Brown", "childs_words": "I saw Dad"},
]


@pytest.fixture
def told(kai):
    """Kai is 1001 in one of the council's systems; in the one that tells, 1001 is Zane."""
    record(kai, COUNCIL, reference="1001", system="liquid")
    said = {"narrative": "Zane Brown told us.", "people": PEOPLE}
    return entry(kai, COUNCIL, contribution={"told": said, "system": "mosaic"}).contribution


def test_a_siblings_own_words_are_not_taken_for_the_childs(kai, told, grace):
    part = log_request(person=kai, by=grace, at=AT, **ASKED).parts.get(agency=COUNCIL)
    (item,) = part.items.filter(contribution=told)
    assert (item.record.system, item.record.reference) == ("mosaic", "C-1")
    assert "I saw Dad" not in json.dumps(item.texts)
    assert "I am cold" in json.dumps(item.texts)
    assert "Zane Brown" in names_of_others(item)
    assert "Zane" not in own_names(item)


def test_what_was_taken_for_the_childs_before_goes_from_the_pack(kai, told, grace):
    part = log_request(person=kai, by=grace, at=AT, **ASKED).parts.get(agency=COUNCIL)
    other = AgencyRecord.objects.get(system="liquid")
    wrong = PackItem.objects.create(part=part, record=other, contribution=told, texts=[["voice", "", "I saw Dad"]])
    assert changed(part).gone == [wrong]
    collect(part=part, by=grace, at=AT)
    assert not part.items.filter(pk=wrong.pk).exists()
