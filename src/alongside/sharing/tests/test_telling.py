"""Saying that whoever holds the paper was told: of what was on the page, and of nothing that came after it."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from alongside.agencies.seats import suspend
from alongside.chronology.tests.factories import entry
from alongside.contributions.models import Contribution
from alongside.ledger.models import LedgerEvent
from alongside.people.tests.factories import COUNCIL, practitioner
from alongside.sharing.disposing import forget_given
from alongside.sharing.waiting import waiting_for
from alongside.web.tests.reading import words

from .conftest import AT, given
from .telling import marks_on, on_paper

OPENED, CALLED = AT + timedelta(minutes=1), AT + timedelta(minutes=10)


@pytest.fixture
def grace(kai):
    return practitioner("grace", "information_officer", COUNCIL, name="Grace Lumb")


@pytest.fixture
def seen(kai):
    return [entry(kai, title=title) for title in ("Seen at the station", "Seen at the park")]


@pytest.fixture
def made(kai, leah, seen):
    return on_paper(given(kai, by=leah, outside="A foster carer", entries=seen), at=AT)


def taken_back(one, *, at):
    Contribution.objects.filter(pk=one.contribution_id).update(withdrawn_at=at, withdrawn_because="Wrong child")


def disposed_of(one, *, at):
    forget_given([one.contribution], at=at)


@pytest.fixture(params=["giver", "officer"])
def teller(request, leah, grace, made):
    """Whoever tells the holder, the page on which they read of what, and where they say that they did."""
    if request.param == "giver":
        return leah, reverse("gave", args=[made.pk]), reverse("share_told", args=[made.pk])
    suspend(practitioner=leah, because="Left", by="tests", at=AT)
    page = reverse("share_left_told", args=[made.pk])
    return grace, page, page


def shown_on(client, page) -> dict[str, list[str]]:
    with time_machine.travel(OPENED, tick=False):
        return marks_on(client.get(page))


def says(client, page, shown) -> str:
    with time_machine.travel(CALLED, tick=False):
        return words(client.post(page, shown, follow=True))


def of_paper(who) -> list[str]:
    who.refresh_from_db()
    return [one.do for one in waiting_for(who, at=CALLED) if one.do.startswith("Tell A foster carer")]


def lines() -> int:
    return LedgerEvent.objects.filter(what="corrections told").count()


# Also where it came in just before the page was opened, and was kept just after.
@pytest.mark.parametrize("when", [AT + timedelta(minutes=5), AT])
@pytest.mark.parametrize("change", [taken_back, disposed_of])
def test_what_changes_while_the_holder_is_called_is_told_by_another_call(as_one, teller, seen, change, when):
    who, page, press = teller
    client = as_one(who)
    taken_back(seen[0], at=AT)
    shown = shown_on(client, page)
    change(seen[1], at=when)
    said = says(client, press, shown)
    assert "you told A foster carer" in said
    assert "Something else changed meanwhile: tell them of that, too." in said
    assert len(of_paper(who)) == 1
    assert "Something else" not in says(client, press, shown_on(client, page))
    assert (of_paper(who), lines()) == ([], 2)


def test_a_second_change_of_the_same_entry_is_told_as_well(as_one, teller, seen):
    who, page, press = teller
    client = as_one(who)
    taken_back(seen[0], at=AT)
    shown = shown_on(client, page)
    taken_back(seen[0], at=AT + timedelta(minutes=5))
    assert "Nothing is kept: what is to be told changed since you opened this page." in says(client, press, shown)
    assert (len(of_paper(who)), lines()) == (1, 0)


def test_nothing_is_told_where_there_is_nothing_to_tell(as_one, kai, leah, tom, seen, made):
    """No line of the ledger says that a partner heard of what nobody told them."""
    to_a_seat = given(kai, by=leah, to=tom, entries=seen)
    taken_back(seen[0], at=AT)
    client = as_one(leah)
    shown = shown_on(client, reverse("gave", args=[made.pk]))
    for one, answers in ((to_a_seat, shown), (made, {}), (made, {"shown": ["1@2", "gone@x"]})):
        assert "Nothing is kept" in says(client, reverse("share_told", args=[one.pk]), answers)
    assert lines() == 0
    for _ in range(2):
        says(client, reverse("share_told", args=[made.pk]), shown)
    assert lines() == 1
