"""What was given is read as a page of its own, until it ends, and tells what changed since."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from pypdf import PdfReader

from alongside.access.limits import Measure
from alongside.access.queries import use_lately
from alongside.chronology.tests.factories import contribution, entry
from alongside.ledger.models import LedgerEvent
from alongside.people.closing import lift, restrict
from alongside.people.models import Standing
from alongside.people.tests.factories import CAMHS, COUNCIL, POLICE, practitioner, team
from alongside.sharing.actions import give, take_back
from alongside.sharing.models import ShareDecision
from alongside.sharing.recipients import Target
from alongside.web.tests.reading import words

from .conftest import AT, TOLD, given
from .telling import marks_on

MINUTE = timedelta(minutes=1)


def page_of(made) -> str:
    return reverse("received_one", args=[made.pk])


def seen(subject: str) -> int:
    return LedgerEvent.objects.filter(operation="view", what="given to me", subject=subject).count()


def test_the_recipient_reads_what_was_given_and_nothing_else(as_one, kai, leah, tom):
    told = entry(kai, title="Seen at the bus station", contribution={"told": {"narrative": "He was cold."}})
    entry(kai, title="Something else", contribution={"told": {"narrative": "Not for the school."}})
    made = given(kai, by=leah, to=tom, entries=[told], words="He walks home by the park.")
    page = words(as_one(tom).get(page_of(made)))
    for said in ("Kai", "He was cold.", "He walks home by the park.", "You may read it until 21 February 2027"):
        assert said in page
    assert "Something else" not in page
    assert "Not for the school." not in page
    assert [seen(one) for one in ("person:7F3K", made.subject, told.contribution.subject)] == [1, 1, 1]


def test_my_day_says_so_without_a_name_until_it_is_read(as_one, kai, leah, tom):
    made = given(kai, by=leah, to=tom, words="x")
    home = words(as_one(tom).get("/"))
    assert "Read what Leah Brandt, Social care, gave you about a child." in home
    assert "Kai" not in home
    as_one(tom).get(page_of(made))
    assert "gave you about a child" not in words(as_one(tom).get("/"))
    assert "Tom Whitaker , 23 November" in words(as_one(leah).get(reverse("gave", args=[made.pk])))


def test_somebody_who_sees_no_child_is_told_too(as_one, kai, leah):
    omar = practitioner("omar", "place_worker", "leeds-highways")
    made = given(kai, by=leah, to=omar, words="Mend the lamps on Kiln Lane first.")
    assert "gave you about a child" in words(as_one(omar).get("/"))
    assert "Mend the lamps" in words(as_one(omar).get(page_of(made)))


def restricted(kai, *, to=(), at=AT):
    bea = practitioner("bea", "front_door_manager", COUNCIL)
    return restrict(person=kai, readers=list(to), by=bea, at=at, because="Moved for safety")


def test_what_was_given_before_a_restriction_opens_no_more_until_it_is_lifted(as_one, kai, leah, tom):
    made = given(kai, by=leah, to=tom, words="Look for a grey car.")
    closed = restricted(kai)
    tom_now = as_one(tom)
    assert tom_now.get(page_of(made)).status_code == 404
    assert "Kai" not in words(tom_now.get(reverse("received")))
    assert "gave you about a child" not in words(tom_now.get("/"))
    lift(restriction=closed, by=closed.restricted_by, at=AT + MINUTE, because="They are safe")
    assert "Look for a grey car." in words(tom_now.get(page_of(made)))


def test_whoever_is_named_reads_what_they_were_given_before(as_one, kai, leah, tom):
    made = given(kai, by=leah, to=tom, words="Look for a grey car.")
    restricted(kai, to=[tom])
    assert "Look for a grey car." in words(as_one(tom).get(page_of(made)))


def test_what_somebody_named_gives_after_a_restriction_is_read(as_one, kai, leah, tom):
    restricted(kai, to=[leah], at=AT - 5 * MINUTE)
    made = given(kai, by=leah, to=tom, words="Look for a grey car.")
    assert "Look for a grey car." in words(as_one(tom).get(page_of(made)))


def test_everybody_of_a_team_reads_what_was_given_to_it(as_one, kai, leah):
    crisis = team("crisis", CAMHS)
    inside, outside = (
        practitioner(key, "health_worker", CAMHS, team=where) for key, where in (("a", crisis), ("b", None))
    )
    made = give(person=kai, to=Target(team=crisis), chosen=[], words="x", by=leah, at=AT, **TOLD)
    assert as_one(inside).get(page_of(made)).status_code == 200
    assert as_one(outside).get(page_of(made)).status_code == 404


@pytest.mark.parametrize("who", ["leah", "ann", "priya"])
def test_nobody_else_reads_it_not_even_the_team(as_one, request, kai, leah, tom, who):
    made = given(kai, by=leah, to=tom, words="x")
    assert as_one(request.getfixturevalue(who)).get(page_of(made)).status_code == 404


def test_it_ends_on_its_day_when_it_is_taken_back_and_with_the_seat(as_one, kai, leah, tom):
    made = given(kai, by=leah, to=tom, words="x")
    with time_machine.travel(AT + timedelta(days=91), tick=False):
        assert as_one(tom).get(page_of(made)).status_code == 404
    take_back(decision=made, because="It was the wrong child", by=leah, at=AT)
    assert as_one(tom).get(page_of(made)).status_code == 410
    assert "Taken back" in words(as_one(leah).get(reverse("gave", args=[made.pk])))


def corrected(given_entry, **more):
    """A newer version of what was told."""
    first = given_entry.contribution
    first.is_newest = False
    first.save(update_fields=["is_newest"])
    same = {"system": first.system, "reference": first.reference, "version": 2, "kind": first.kind}
    return contribution(first.agency_id, **same, **({"received_at": AT + MINUTE, "handling": first.handling} | more))


def test_a_correction_is_told_to_whoever_received_the_first(as_one, kai, leah, tom):
    told = entry(kai, contribution={"told": {"narrative": "He had a knife."}})
    made = given(kai, by=leah, to=tom, entries=[told])
    as_one(tom).get(page_of(made))
    corrected(told, told={"narrative": "He had a phone."})
    assert "was corrected or taken back" in words(as_one(tom).get("/"))
    with time_machine.travel(AT + 2 * MINUTE, tick=False):
        page = words(as_one(tom).get(page_of(made)))
        assert "He had a phone." in page
        assert "He had a knife." not in page
        assert "was corrected or taken back" not in words(as_one(tom).get("/"))


def test_a_correction_for_fewer_readers_takes_the_first_away_and_shows_nothing(as_one, kai, leah, tom):
    told = entry(kai, contribution={"told": {"narrative": "He had a knife."}})
    made = given(kai, by=leah, to=tom, entries=[told])
    corrected(told, told={"narrative": "Who said so."}, handling="police")
    page = words(as_one(tom).get(page_of(made)))
    assert "for fewer readers than before" in page
    assert "He had a knife." not in page
    assert "Who said so." not in page


def test_what_was_taken_back_by_its_teller_is_not_read_any_more(as_one, kai, leah, tom):
    told = entry(kai, contribution={"told": {"narrative": "He had a knife."}})
    made = given(kai, by=leah, to=tom, entries=[told])
    first = told.contribution
    first.withdrawn_at, first.withdrawn_because = AT, "Another boy"
    first.save(update_fields=["withdrawn_at", "withdrawn_because"])
    page = words(as_one(tom).get(page_of(made)))
    assert "Taken back by whoever told it, 23 November 2026 at 9:20am: Another boy." in page
    assert "He had a knife." not in page


def test_intelligence_is_given_without_what_could_show_who_told_it(as_one, kai, priya, tom):
    details = {"topic": "drugs", "how_known": "saw", "source_grade": "1", "call_back_phone": "0113 496 0990"}
    graded = {"kind": "partnership_intelligence", "told": {"narrative": "A grey car.", "details": details}}
    told = entry(kai, POLICE, handling="police", kind="partnership_intelligence", contribution=graded)
    page = words(as_one(tom).get(page_of(given(kai, by=priya, to=tom, entries=[told]))))
    assert "Drugs being sold" in page
    for hidden in ("I saw or heard it myself", "1 Reliable", "0990"):
        assert hidden not in page


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_a_recipient_without_a_seat_has_marked_paper(as_one, kai, leah):
    told = entry(kai, contribution={"told": {"narrative": "He was cold.", "details": {}}})
    made = given(kai, by=leah, outside="Mx Foster, carer", entries=[told], words="Please ring first."[7:])
    answer = as_one(leah).get(reverse("share_paper", args=[made.pk]))
    pdf = answer.content
    assert answer["Content-Disposition"] == f'inline; filename="OFFICIAL-SENSITIVE-given-{made.pk}.pdf"'
    said = text_of(pdf)
    for part in (
        "OFFICIAL-SENSITIVE",
        "Given to Mx Foster, carer by Leah Brandt",
        "He was cold.",
        "Until: 21 February 2027",
    ):
        assert part in said
    assert b"pdfuaid" in pdf or "/MarkInfo" in str(PdfReader(BytesIO(pdf)).trailer["/Root"])
    assert LedgerEvent.objects.filter(what="given on paper", subject=told.contribution.subject).count() == 1


def test_one_paper_is_one_copy_however_much_is_on_it(as_one, kai, leah):
    told = [entry(kai, title=f"Seen {turn}") for turn in range(5)]
    made = given(kai, by=leah, outside="A foster carer", entries=told)
    as_one(leah).get(reverse("share_paper", args=[made.pk]))
    (use,) = use_lately(Measure.EXPORT, by=leah, at=AT)
    assert use["use"]["day"] == 1


def test_whoever_gave_paper_is_asked_to_tell_of_a_correction_until_they_did(as_one, kai, leah):
    told = entry(kai)
    made = given(kai, by=leah, outside="A foster carer", entries=[told])
    corrected(told)
    with time_machine.travel(AT + 2 * MINUTE, tick=False):
        assert "Tell A foster carer: what you gave them was corrected" in words(as_one(leah).get("/"))
        marks = marks_on(as_one(leah).get(reverse("gave", args=[made.pk])))
        page = words(as_one(leah).post(reverse("share_told", args=[made.pk]), marks, follow=True))
        assert "Kept: you told A foster carer." in page
        assert "Tell A foster carer" not in words(as_one(leah).get("/"))
    line = LedgerEvent.objects.get(what="corrections told")
    assert json.dumps(line.details) == '{"to": "A foster carer"}'


def test_paper_is_made_by_whoever_gave_it_while_they_are_in_the_team(as_one, kai, leah, priya):
    made = given(kai, by=leah, outside="A foster carer", words="x")
    paper = reverse("share_paper", args=[made.pk])
    assert as_one(priya).get(paper).status_code == 404
    Standing.objects.filter(practitioner=leah, agency=COUNCIL).update(until=AT)
    assert as_one(leah).get(paper).status_code == 404


def test_of_what_was_disposed_of_no_paper_is_made(as_one, kai, leah):
    made = given(kai, by=leah, outside="A foster carer", entries=[entry(kai)])
    paper = reverse("share_paper", args=[made.pk])
    assert as_one(leah).get(paper).status_code == 200
    made.entries.all().delete()
    ShareDecision.objects.filter(pk=made.pk).update(gone_at=AT)
    assert as_one(leah).get(paper).status_code == 404
