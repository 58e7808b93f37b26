"""Paper whose giver can tell its holder nothing any more: officers of their agency do, and are named."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from alongside.agencies.models import Practitioner
from alongside.agencies.seats import lift, suspend
from alongside.chronology.tests.factories import entry
from alongside.contributions.models import Contribution
from alongside.ledger.models import LedgerEvent
from alongside.people.closing import declare_tie, restrict
from alongside.people.tests.factories import COUNCIL, POLICE, practitioner
from alongside.sharing.actions import told_of_changes
from alongside.sharing.disposing import forget_given
from alongside.sharing.queries import decisions, shown
from alongside.web.tests.reading import words

from .conftest import AT, given
from .telling import marks_on, on_paper

SOON = AT + timedelta(minutes=2)
CHANGED = "Tell A foster carer: what Leah Brandt gave them was corrected or taken back."
GONE = "Tell A foster carer: what Leah Brandt gave them was disposed of."


@pytest.fixture
def grace(kai):
    """The council's information officer, who sees no child."""
    return practitioner("grace", "information_officer", COUNCIL, name="Grace Lumb")


@pytest.fixture
def seen(kai):
    return entry(kai, title="Seen with a grey car")


@pytest.fixture
def made(kai, leah, seen):
    return on_paper(given(kai, by=leah, outside="A foster carer", entries=[seen], words="He likes chips."), at=AT)


def taken_back(seen):
    Contribution.objects.filter(pk=seen.contribution_id).update(withdrawn_at=AT, withdrawn_because="Wrong child")


def disposed_of(seen):
    forget_given([seen.contribution], at=AT)


def ends(kai, leah):
    suspend(practitioner=leah, because="Left", by="tests", at=AT)


def moves(kai, leah):
    Practitioner.objects.filter(pk=leah.pk).update(role="analyst")


def is_tied(kai, leah):
    declare_tie(person=kai, by=leah, at=AT, because="My nephew")


def is_left_out(kai, leah):
    restrict(person=kai, readers=[], by=practitioner("bea", "front_door_manager", COUNCIL), at=AT, because="Few")


def page_of(made) -> str:
    return reverse("share_left_told", args=[made.pk])


def marks(made) -> list[str]:
    (one,) = shown(decisions().filter(pk=made.pk), viewer=made.by, at=SOON)
    return list(one.marks)


def first_page(as_one, who) -> str:
    who.refresh_from_db()
    return words(as_one(who).get("/", follow=True))


@pytest.mark.parametrize("leave", [ends, moves, is_tied, is_left_out])
@pytest.mark.parametrize(("change", "said"), [(taken_back, CHANGED), (disposed_of, GONE)])
def test_the_holder_is_told_by_an_officer_where_the_giver_cannot(
    as_one, grace, kai, leah, made, seen, leave, change, said
):
    change(seen)
    with time_machine.travel(SOON, tick=False):
        assert "Tell A foster carer" not in first_page(as_one, grace)
        assert as_one(grace).get(page_of(made)).status_code == 404  # Leah can tell them herself.
        leave(kai, leah)
        assert said in first_page(as_one, grace)
        if leave is not ends:
            assert "Tell A foster carer" not in first_page(as_one, leah)
        client = as_one(grace)
        assert client.post(page_of(made), marks_on(client.get(page_of(made)))).status_code == 302
        assert "Tell A foster carer" not in first_page(as_one, grace)
        assert as_one(grace).get(page_of(made)).status_code == 404
    made.refresh_from_db()
    line = LedgerEvent.objects.get(what="corrections told")
    assert (made.told_by, line.actor, line.details) == (grace, "grace", {"to": "A foster carer"})


@pytest.mark.parametrize("change", [taken_back, disposed_of])
def test_the_page_names_nothing_of_the_child_and_a_look_is_in_the_ledger(as_one, grace, kai, leah, made, seen, change):
    change(seen)
    ends(kai, leah)
    page = words(as_one(grace).get(page_of(made)))
    assert "Leah Brandt gave something about a child to A foster carer" in page
    assert f"number {made.pk}, and can see to it no more" in page
    assert not [word for word in ("Kai", "7F3K", "grey car", "chips") if word in page]
    looks = LedgerEvent.objects.filter(actor="grace", operation="view", what="paper left to tell of")
    assert [one.subject for one in looks] == [made.subject]


def test_a_later_correction_is_told_again_and_the_team_reads_who_did(as_one, grace, kai, leah, made, seen):
    taken_back(seen)
    ends(kai, leah)
    told_of_changes(decision=made, shown=marks(made), by=grace, at=SOON)
    assert CHANGED not in first_page(as_one, grace)
    Contribution.objects.filter(pk=seen.contribution_id).update(withdrawn_at=SOON + timedelta(days=1))
    assert CHANGED in first_page(as_one, grace)
    lift(practitioner=leah, because="Back", by="tests", at=SOON)
    leah.refresh_from_db()
    assert "The holder was told by: Grace Lumb" in words(as_one(leah).get(reverse("gave", args=[made.pk])))
    told_of_changes(decision=made, shown=marks(made), by=leah, at=SOON + timedelta(days=2))
    made.refresh_from_db()
    assert made.told_by is None


def test_nobody_else_hears_or_tells(as_one, grace, kai, leah, made, seen, priya):
    taken_back(seen)
    ends(kai, leah)
    other = practitioner("hal", "information_officer", POLICE)
    tied = practitioner("win", "data_protection_lead", COUNCIL)
    declare_tie(person=kai, by=tied, at=AT, because="My nephew")
    for who in (other, tied):
        assert "Tell A foster carer" not in first_page(as_one, who)
        assert as_one(who).get(page_of(made)).status_code == 404
    assert as_one(priya).get(page_of(made)).status_code == 403
    for who in (other, tied, priya):
        with pytest.raises(PermissionDenied):
            told_of_changes(decision=made, shown=marks(made), by=who, at=AT)


def test_where_the_only_officer_has_a_tie_another_agencys_tells_the_holder(as_one, grace, kai, leah, made, seen):
    hal = practitioner("hal", "information_officer", POLICE)
    taken_back(seen)
    ends(kai, leah)
    assert "Tell A foster carer" not in first_page(as_one, hal)
    declare_tie(person=kai, by=grace, at=AT, because="My nephew")
    assert CHANGED in first_page(as_one, hal)
    told_of_changes(decision=made, shown=marks(made), by=hal, at=SOON)
    assert "Tell A foster carer" not in first_page(as_one, hal)


def test_paper_that_was_taken_back_or_did_not_change_is_nobodys_to_tell(as_one, grace, kai, leah, made, seen):
    ends(kai, leah)
    assert "Tell A foster carer" not in first_page(as_one, grace)
    taken_back(seen)
    made.ended_at, made.ended_by, made.ended_because = AT, leah, "No longer needed"
    made.save()
    assert "Tell A foster carer" not in first_page(as_one, grace)
