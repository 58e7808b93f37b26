"""Marking what is held back: offered and never applied alone, cut for good, released by two people."""

import json
import re
import zlib
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from alongside.access_requests.actions import log_request
from alongside.access_requests.models import Mark, RequestPart
from alongside.access_requests.releasing import release, say_ready
from alongside.access_requests.terms import terms
from alongside.ledger.models import LedgerEvent
from alongside.people.tests.factories import CAMHS, COUNCIL, moved, team
from alongside.web.errors import Refused
from alongside.web.tests.reading import words

from .conftest import ASKED, AT, tell

THIRD = {"exemption": "third_party", "because": "Zara did not agree", "do": "mark"}


def bench(part, at=-1):
    """The address of one of its items: the last unless another is asked."""
    return reverse("access_item", args=[part.pk, list(part.items.order_by("pk"))[at].pk])


def look_through(client, part):
    for number in range(part.items.count()):
        if not list(part.items.order_by("pk"))[number].looked_at:
            client.post(bench(part, number), {"do": "looked"})


def released(as_one, part, grace, imran):
    """What goes out once Grace looked through it and Imran let it go."""
    look_through(as_one(grace), part)
    as_one(grace).post(reverse("access_ready", args=[part.pk]))
    answer = as_one(imran).post(reverse("access_release", args=[part.pk]), follow=True)
    assert "It is released." in words(answer)
    part.refresh_from_db()
    return part.pack


def all_that_a_pdf_holds(pdf: bytes) -> str:
    """Its words, and every stream of it unpacked: nothing can hide in either."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    unpacked = []
    for one in streams:
        try:
            unpacked.append(zlib.decompress(one))
        except zlib.error:
            unpacked.append(one)
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return text + b" ".join([pdf, *unpacked]).decode("latin-1")


def test_somebody_elses_name_is_offered_and_nothing_is_applied_alone(as_one, part, grace):
    page = as_one(grace).get(bench(part)).content.decode()
    assert "Somebody else’s name or number may stand here" in page
    assert "“Zara Brown”" in page
    assert "checked" not in page
    assert "“Kai”" not in page
    assert not Mark.objects.exists()


def test_a_ticked_name_is_held_back_and_shown_as_such(as_one, part, grace):
    page = as_one(grace).get(bench(part)).content.decode()
    (key,) = set(re.findall(r'value="(narrative\|18\|28)"', page))
    as_one(grace).post(bench(part), THIRD | {"spans": [key]})
    mark = Mark.objects.get()
    assert (mark.section, mark.start, mark.end, mark.exemption, mark.by) == ("narrative", 18, 28, "third_party", grace)
    assert "Held back: Third party" in words(as_one(grace).get(bench(part)))


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({}, "Tick what is held back, or write the words"),
        ({"words": "Nobody here"}, "These words stand nowhere in it"),
        ({"words": "Zara", "exemption": ""}, "Choose why it is held back"),
        ({"words": "Zara", "because": ""}, "Write in a line what makes you think so"),
        ({"spans": ["narrative|0|500"]}, "Select a valid choice"),
    ],
)
def test_what_is_missing_is_said_in_words(as_one, part, grace, answers, says):
    assert says in words(as_one(grace).post(bench(part), THIRD | answers))
    assert not Mark.objects.exists()


def test_what_is_held_back_is_in_no_copy_of_the_pack(as_one, part, grace, imran):
    as_one(grace).post(bench(part), THIRD | {"words": "Zara Brown"})
    pack = released(as_one, part, grace, imran)
    client = as_one(grace)
    paper = client.get(reverse("access_pack", args=[part.pk, "pdf"])).content
    data = client.get(reverse("access_pack", args=[part.pk, "json"])).content.decode()
    for copy in (json.dumps(pack), data, all_that_a_pdf_holds(paper)):
        assert "Zara" not in copy
        assert "Brown" not in copy
    assert "Kai came in cold. [taken out] held the bag." in json.dumps(pack)
    assert "held the bag" in all_that_a_pdf_holds(paper)


def test_the_letter_counts_what_was_held_back_and_why(as_one, part, grace, imran):
    as_one(grace).post(bench(part), THIRD | {"words": "Zara"})
    as_one(grace).post(bench(part), THIRD | {"words": "He said nothing more", "exemption": "crime"})
    pack = released(as_one, part, grace, imran)
    assert [(one["says"], one["count"]) for one in pack["held_back"]] == [
        ("It is about somebody else, who has not agreed to your seeing it.", 1),
        ("For reasons that the law lets us not name.", 1),
    ]
    assert "crime" not in json.dumps(pack).casefold()


@pytest.mark.parametrize(("exemption", "items"), [("legal_privilege", 2), ("crime", 1)])
def test_what_is_held_back_whole_is_named_only_where_it_may_be(as_one, part, grace, imran, exemption, items):
    as_one(grace).post(bench(part), {"exemption": exemption, "because": "x", "do": "whole"})
    pack = released(as_one, part, grace, imran)
    assert [one["number"] for one in pack["items"]] == list(range(1, items + 1))
    assert "Kai came in cold" not in json.dumps(pack)


def test_who_told_intelligence_is_never_on_the_bench_nor_in_the_pack(as_one, kai, grace, imran):
    details = {"topic": "drugs", "call_back_phone": "0113 496 0990", "how_known": "saw", "source_grade": "1"}
    tell(kai, kind="partnership_intelligence", details=details)
    part = log_request(person=kai, by=grace, at=AT, **ASKED).parts.get(agency=COUNCIL)
    page = words(as_one(grace).get(bench(part)))
    assert "Always held back: 3 answers" in page
    assert "0990" not in page
    pack = json.dumps(released(as_one, part, grace, imran))
    assert "Drugs being sold" in pack
    for hidden in ("0990", "I saw or heard it myself", "1 Reliable"):
        assert hidden not in pack


def test_what_was_told_to_named_people_is_held_back_unread(as_one, kai, grace, imran):
    tell(kai, handling="restricted", readers=",leah,", narrative="For Leah alone.")
    part = log_request(person=kai, by=grace, at=AT, **ASKED).parts.get(agency=COUNCIL)
    page = words(as_one(grace).get(bench(part)))
    assert "It was told to named people only" in page
    assert "For Leah alone." not in page
    as_one(grace).post(bench(part), {"do": "looked"})
    as_one(grace).post(bench(part), THIRD | {"words": "Leah"})
    assert part.items.last().looked_at is None
    as_one(grace).post(bench(part), {"do": "whole", "exemption": "source", "because": "Asked Leah"})
    assert "For Leah alone." not in json.dumps(released(as_one, part, grace, imran))


def test_codes_and_short_names_are_said_in_words(as_one, kai, grace, imran):
    team("east", COUNCIL)
    held = kai.records.get(agency=COUNCIL)
    held.sex, held.date_of_birth = "M", "2011-03-04"
    held.save(update_fields=["sex", "date_of_birth"])
    tell(kai, kind="social_care_involvement", details={"service": "Social care", "team": "east"})
    part = log_request(person=kai, by=grace, at=AT, **ASKED).parts.get(agency=COUNCIL)
    said = [
        (one["label"], one["text"])
        for item in released(as_one, part, grace, imran)["items"]
        for one in item["sections"]
    ]
    assert {("Sex", "male"), ("Date of birth", "4 March 2011"), ("Team", "East")} <= set(said)


def test_one_officer_alone_cannot_let_it_go(as_one, part, grace):
    look_through(as_one(grace), part)
    say_ready(part=part, by=grace, at=AT)
    answer = as_one(grace).post(reverse("access_release", args=[part.pk]))
    assert answer.status_code == 403
    assert "another officer lets it go" in words(answer)
    assert as_one(grace).get(reverse("access_pack", args=[part.pk, "json"])).status_code == 404


def test_nothing_is_ready_before_everything_was_looked_through(as_one, part, grace, imran):
    with pytest.raises(Refused, match="2 to go"):
        say_ready(part=part, by=grace, at=AT)
    with pytest.raises(Refused, match="does not wait"):
        release(part=part, by=imran, at=AT)


def test_what_came_in_since_has_to_be_collected_first(as_one, kai, part, grace, imran):
    look_through(as_one(grace), part)
    tell(kai, narrative="New.")
    with pytest.raises(Refused, match="More came in"):
        say_ready(part=part, by=grace, at=AT)
    as_one(grace).post(reverse("access_collect", args=[part.pk]))
    assert part.items.count() == 3
    look_through(as_one(grace), part)
    say_ready(part=part, by=grace, at=AT)
    tell(kai, narrative="Newer.")
    with pytest.raises(Refused, match="Send it back"):
        release(part=part, by=imran, at=AT)


def test_the_second_person_can_send_it_back_with_a_reason(as_one, part, grace, imran):
    look_through(as_one(grace), part)
    say_ready(part=part, by=grace, at=AT)
    assert "Kai came in cold." in words(as_one(imran).get(reverse("access_release", args=[part.pk])))
    assert as_one(grace).post(bench(part), THIRD | {"words": "Zara"}).status_code == 403
    as_one(imran).post(reverse("access_release", args=[part.pk]), {"because": "Zara is named"})
    page = words(as_one(grace).get(reverse("access_request", args=[part.pk])))
    assert "The second person sent it back" in page
    assert "Zara is named" in page
    assert as_one(grace).post(bench(part), THIRD | {"words": "Zara"}).status_code == 302


def test_a_mark_taken_away_wants_another_look(as_one, part, grace):
    as_one(grace).post(bench(part), THIRD | {"words": "Zara"})
    as_one(grace).post(bench(part), {"do": "looked"})
    mark = Mark.objects.get()
    as_one(grace).post(reverse("access_unmark", args=[part.pk, mark.item_id, mark.pk]))
    mark.refresh_from_db()
    assert (mark.undone_by, part.items.last().looked_at) == (grace, None)


def test_what_went_out_stays_as_it_went_out_and_each_thing_is_disclosed_once(as_one, part, grace, imran):
    pack = released(as_one, part, grace, imran)
    record = part.items.first().record
    record.postcode = "LS1 1AA"
    record.save(update_fields=["postcode"])
    again = as_one(imran).get(reverse("access_pack", args=[part.pk, "json"])).json()
    assert again == pack
    lines = LedgerEvent.objects.filter(operation="disclose", what="access pack")
    subjects = sorted([part.request.subject, *(one.subject for one in part.items.all())])
    assert sorted(lines.values_list("subject", flat=True)) == subjects
    assert lines.first().details["number"] == part.number
    assert lines.first().actor == "imran"


def test_the_letter_says_what_the_law_has_it_say_beside_the_copy(as_one, part, grace, imran):
    pack = released(as_one, part, grace, imran)
    paper = PdfReader(BytesIO(as_one(grace).get(reverse("access_pack", args=[part.pk, "pdf"])).content))
    text = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    assert [one.heading for one in terms().letter] == [one["heading"] for one in pack["letter"]]
    for one in pack["letter"]:
        assert one["heading"] in text
        assert one["says"].split(".")[0] in text


def test_a_pack_of_before_the_letter_said_more_still_prints(as_one, part, grace, imran):
    released(as_one, part, grace, imran)
    del part.pack["letter"]
    part.save(update_fields=["pack"])
    paper = as_one(grace).get(reverse("access_pack", args=[part.pk, "pdf"]))
    assert "What we held back" in all_that_a_pdf_holds(paper.content)


def test_the_paper_is_tagged_marked_and_numbered(as_one, part, grace, imran):
    released(as_one, part, grace, imran)
    paper = as_one(grace).get(reverse("access_pack", args=[part.pk, "pdf"]))
    read = PdfReader(BytesIO(paper.content))
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in paper.content
    for page in read.pages:
        text = page.extract_text()
        assert "OFFICIAL-SENSITIVE" in text
        assert part.number in text
        assert "?:" not in text
    assert paper["Content-Disposition"] == f'attachment; filename="OFFICIAL-SENSITIVE-{part.number.lower()}.pdf"'
    assert LedgerEvent.objects.filter(what="access pack as pdf", actor="grace").count() == 1


def test_each_controller_answers_in_its_own_time(as_one, part, grace, imran):
    released(as_one, part, grace, imran)
    other = RequestPart.objects.exclude(pk=part.pk).get(request=part.request)
    assert (part.state, other.state) == ("released", "collected")


def test_whoever_came_back_by_another_seat_is_no_second_officer(as_one, part, grace, imran):
    """Grace said that it is ready, went to another agency, and answers requests at her first one again."""
    look_through(as_one(grace), part)
    say_ready(part=part, by=grace, at=AT)
    again = moved(moved(grace, "health_worker", CAMHS, at=AT), "information_officer", at=AT)
    said = words(as_one(again).get(reverse("access_request", args=[part.pk])))
    assert "Another officer of your agency reads it and lets it go" in said
    with pytest.raises(Refused, match="another officer lets it go"):
        release(part=part, by=again, at=AT)
    release(part=part, by=imran, at=AT)
