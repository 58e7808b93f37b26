"""A name that is held back stands in no part of the pack: not over the letter, nor in its data or its file's name."""

import json
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from alongside.access_requests.actions import collect, log_request
from alongside.access_requests.packing import pack_of
from alongside.access_requests.queries import items_of
from alongside.access_requests.tests.test_workbench import all_that_a_pdf_holds, bench, look_through, released
from alongside.people.tests.factories import COUNCIL, record
from alongside.web.tests.reading import words

from .conftest import ASKED, AT, tell

# Kai has a new family name; his mother, Ada Brown, asks, and is not to learn it.
SAFE = {"exemption": "child_abuse", "because": "A new name since he was adopted"}
OF_A_PARENT = ASKED | {"asked_by": "Ada Brown"}


@pytest.fixture
def asked(kai, grace):
    return log_request(person=kai, by=grace, at=AT, **OF_A_PARENT).parts.get(agency=COUNCIL)


def hold_back_the_name(client, part):
    for number in range(part.items.count()):
        client.post(bench(part, number), SAFE | {"do": "mark", "words": "Adeyemi"})


def test_a_family_name_held_back_stands_nowhere_in_the_pack(as_one, asked, grace, imran):
    hold_back_the_name(as_one(grace), asked)
    pack = released(as_one, asked, grace, imran)
    assert pack["about"] == "Kai [taken out]"
    paper, data = (as_one(imran).get(reverse("access_pack", args=[asked.pk, form])) for form in ("pdf", "json"))
    copies = [all_that_a_pdf_holds(paper.content), data.content.decode(), json.dumps(pack)]
    assert not [one for one in (*copies, str(paper.headers), str(data.headers)) if "Adeyemi" in one]
    read = PdfReader(BytesIO(paper.content))
    assert "Adeyemi" not in f"{read.metadata} {read.xmp_metadata and read.xmp_metadata.dc_title}"
    assert "Kai [taken out]" in read.outline[0].title


@pytest.mark.parametrize("exemption", ["child_abuse", "third_party"])
def test_where_all_of_how_they_are_known_is_held_back_the_letter_names_nobody(as_one, asked, grace, imran, exemption):
    as_one(grace).post(bench(asked, 0), SAFE | {"do": "whole", "exemption": exemption})
    pack = released(as_one, asked, grace, imran)
    assert pack["about"] == ""
    assert "Adeyemi" not in json.dumps(pack)
    paper = all_that_a_pdf_holds(as_one(imran).get(reverse("access_pack", args=[asked.pk, "pdf"])).content)
    assert f"What {asked.agency.name} holds" in " ".join(paper.split())


def test_of_two_records_the_letter_takes_the_name_that_goes_out_whole(as_one, kai, asked, grace):
    record(kai, COUNCIL, reference="C-0", system="liquid", given_name="Kai", family_name="Brown")
    collect(part=asked, by=grace, at=AT)
    hold_back_the_name(as_one(grace), asked)
    assert pack_of(asked, items_of(asked))["about"] == "Kai Brown"


def test_it_is_the_name_that_was_looked_through(kai, asked):
    kai.records.filter(agency=COUNCIL).update(family_name="Elsewhere")
    assert pack_of(asked, items_of(asked))["about"] == "Kai Adeyemi"


def test_what_the_pack_is_made_of_alone_names_the_person(asked):
    """Another agency's name for them is not ours to give."""
    assert pack_of(asked, [])["about"] == ""


def test_the_second_person_reads_what_stands_over_the_letter(as_one, kai, asked, grace, imran):
    tell(kai, narrative="More.")
    collect(part=asked, by=grace, at=AT)
    look_through(as_one(grace), asked)
    as_one(grace).post(reverse("access_ready", args=[asked.pk]))
    page = words(as_one(imran).get(reverse("access_release", args=[asked.pk])))
    pack = pack_of(asked, items_of(asked))
    assert f"What {asked.agency.name} holds about Kai Adeyemi" in page
    for said in ("number", "controller", "asked_by", "reply_to", "asked_on", "edition", "marking"):
        assert pack[said] in page
    assert all(one["told"] in page for one in pack["items"])
    assert all(one["heading"] in page and one["says"] in page for one in pack["letter"])
