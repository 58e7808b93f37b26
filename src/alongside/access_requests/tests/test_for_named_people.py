"""What was told to named people is read by them alone, also by the second person and when the pack is gone."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from alongside.access_requests.actions import hold_back_whole, log_request, look_through, mark, take_mark_away
from alongside.access_requests.models import Mark
from alongside.access_requests.queries import items_of
from alongside.access_requests.releasing import release, say_ready, send_back
from alongside.access_requests.rules import Span
from alongside.access_requests.tests.test_workbench import bench
from alongside.ledger.models import LedgerEvent
from alongside.people.closing import declare_tie
from alongside.people.tests.factories import COUNCIL
from alongside.web.errors import Refused
from alongside.web.tests.reading import words

from .conftest import ASKED, AT, tell

FOR_THEM = "For Leah and Noor."
HELD = {"exemption": "third_party", "because": "Zara did not agree"}


@pytest.fixture
def asked(kai, grace, leah, noor):
    """Grace writes down a request; one thing in it was told to Leah and Noor alone."""
    tell(kai, handling="restricted", readers=",leah,noor,", narrative=FOR_THEM)
    return log_request(person=kai, by=grace, at=AT, **ASKED).parts.get(agency=COUNCIL)


def read_by(officer, part):
    for item in items_of(part):
        look_through(item=item, by=officer, at=AT)


def page(name, *args):
    return reverse(f"access_{name}", args=args)


def test_the_second_person_is_one_of_them(as_one, asked, leah, noor, imran):
    read_by(leah, asked)
    say_ready(part=asked, by=leah, at=AT)
    for address in (page("release", asked.pk), page("request", asked.pk)):
        said = words(as_one(imran).get(address))
        assert "Something in it was not told for you to read. Who may read all of it: Noor Aziz." in said
        assert (FOR_THEM in said, "Kai came in cold" in said) == (False, False)
    answer = as_one(imran).get(page("release", asked.pk))
    assert answer.status_code == 403
    assert as_one(imran).post(page("release", asked.pk)).status_code == 403
    assert not LedgerEvent.objects.filter(what="access pack before release", actor="imran").exists()
    assert FOR_THEM in words(as_one(noor).get(page("release", asked.pk)))
    assert "It is released." in words(as_one(noor).post(page("release", asked.pk), follow=True))


@pytest.mark.parametrize("form", ["pdf", "json"])
def test_a_copy_of_what_went_out_is_for_them_too(as_one, asked, leah, noor, grace, form):
    read_by(leah, asked)
    say_ready(part=asked, by=leah, at=AT)
    release(part=asked, by=noor, at=AT)
    copy = page("pack", asked.pk, form)
    refused = as_one(grace).get(copy)
    assert refused.status_code == 403
    assert "Who may read all of it: Leah Hill, Noor Aziz." in words(refused)
    assert not LedgerEvent.objects.filter(what=f"access pack as {form}").exists()
    said = words(as_one(grace).get(page("request", asked.pk)))
    assert "Pack to print" not in said
    assert as_one(leah).get(copy).status_code == 200


def test_who_says_that_it_is_ready_could_read_all_of_it(as_one, asked, leah, grace):
    read_by(leah, asked)
    with pytest.raises(Refused, match="not told for you to read"):
        say_ready(part=asked, by=grace, at=AT)
    assert "Who may read all of it: Leah Hill, Noor Aziz." in words(as_one(grace).get(page("request", asked.pk)))


def test_where_nobody_else_may_it_is_sent_back_and_held_back_whole(as_one, kai, asked, leah, noor, imran):
    declare_tie(person=kai, by=noor, at=AT, because="My nephew")
    read_by(leah, asked)
    say_ready(part=asked, by=leah, at=AT)
    said = words(as_one(imran).get(page("release", asked.pk)))
    assert "Nobody else who answers requests at your agency may read all of it" in said
    assert FOR_THEM not in said
    as_one(imran).post(page("release", asked.pk), {"because": "Hold that back whole"})
    as_one(imran).post(bench(asked), HELD | {"do": "whole"})
    say_ready(part=asked, by=leah, at=AT)
    assert FOR_THEM not in words(as_one(imran).get(page("release", asked.pk)))
    release(part=asked, by=imran, at=AT)
    assert as_one(imran).get(page("pack", asked.pk, "json")).status_code == 200


def test_nobody_else_marks_it_looks_it_through_or_takes_a_mark_away(as_one, asked, leah, grace):
    item = items_of(asked)[-1]
    mark(item=item, spans=[("narrative", Span(0, 3))], by=leah, at=AT, **HELD)
    held = Mark.objects.get()
    for does, what in (
        (look_through, {"item": item}),
        (mark, {"item": item, "spans": [("narrative", Span(4, 8))], **HELD}),
        (take_mark_away, {"mark": held}),
    ):
        with pytest.raises(PermissionDenied):
            does(**what, by=grace, at=AT)
    said = words(as_one(grace).get(bench(asked)))
    assert ("Zara did not agree" in said, "Take this mark away" in said) == (False, False)
    assert as_one(grace).post(page("unmark", asked.pk, item.pk, held.pk)).status_code == 403
    assert "Zara did not agree" in words(as_one(leah).get(bench(asked)))


@pytest.mark.parametrize("do", ["mark", "whole"])
def test_nobody_else_learns_by_trying_whether_a_word_stands_in_it(as_one, asked, grace, do):
    tries = [HELD | {"do": do, "words": one, "because": ""} for one in ("Noor", "Nowhere")]
    there, not_there = (words(as_one(grace).post(bench(asked), one)) for one in tries)
    assert there == not_there
    assert "stand nowhere in it" not in there


def test_whoever_held_it_back_whole_unread_may_take_that_away(as_one, asked, leah, grace):
    as_one(grace).post(bench(asked), HELD | {"do": "whole"})
    held = Mark.objects.get()
    assert "Zara did not agree" in words(as_one(grace).get(bench(asked)))
    take_mark_away(mark=held, by=grace, at=AT)
    assert items_of(asked)[-1].looked_at is None


QUOTED = "It says that they hide at 4 Elm Road"


def test_why_it_was_held_back_whole_by_one_who_reads_it_is_for_those_who_do(as_one, asked, leah, noor, grace):
    hold_back_whole(item=items_of(asked)[-1], exemption="third_party", because=QUOTED, by=leah, at=AT)
    said = words(as_one(grace).get(bench(asked)))
    assert ("Elm Road" in said, "Leah Hill" in said) == (False, True)
    assert "Elm Road" in words(as_one(noor).get(bench(asked)))


def test_why_it_was_sent_back_is_for_those_who_read_what_would_have_gone_out(as_one, asked, leah, noor, grace):
    read_by(leah, asked)
    say_ready(part=asked, by=leah, at=AT)
    send_back(part=asked, by=noor, at=AT, because=QUOTED)
    request = page("request", asked.pk)
    for _ in range(2):
        said = words(as_one(grace).get(request))
        assert ("The second person sent it back" in said, "Elm Road" in said) == (True, False)
        assert "Elm Road" in words(as_one(leah).get(request))
        # It is for them still, when that is held back whole.
        hold_back_whole(item=items_of(asked)[-1], **HELD, by=leah, at=AT + timedelta(minutes=1))


def test_whoever_may_read_all_that_would_have_gone_out_is_told_why_it_was_sent_back(as_one, asked, leah, imran, grace):
    hold_back_whole(item=items_of(asked)[-1], **HELD, by=leah, at=AT)
    for one in asked.items.filter(looked_at=None):
        look_through(item=one, by=grace, at=AT)
    say_ready(part=asked, by=grace, at=AT)
    send_back(part=asked, by=imran, at=AT + timedelta(minutes=1), because="A neighbour is named")
    assert "A neighbour is named" in words(as_one(grace).get(page("request", asked.pk)))
