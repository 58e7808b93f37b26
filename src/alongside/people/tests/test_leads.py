"""Who leads for a child: nobody by their own word alone, and nobody by a date that they typed."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from alongside.access.rules import Level
from alongside.people.emergency import ask_in_emergency, judge, notices_waiting_for
from alongside.people.leads import LEAD, leading_first, leads_for
from alongside.people.models import EmergencyNotice
from alongside.people.queries import level_of
from alongside.people.standings import confirm_standing

from .factories import CAMHS, COUNCIL, NOW, practitioner, standing

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(minutes=5)
LONG_AGO, LATELY = NOW - timedelta(days=2500), NOW - timedelta(days=300)


@pytest.fixture
def leah():
    return practitioner("leah", "social_worker", COUNCIL, name="Leah Brandt")


@pytest.fixture
def carl():
    return practitioner("carl", "social_worker", COUNCIL, name="Carl Crook")


@pytest.fixture
def claim(kai, carl):
    """Carl said on our pages that he has worked with Kai for years; nobody confirmed it."""
    return standing(kai, COUNCIL, level="known", worker=carl.name, since=LONG_AGO)


def told():
    return {one.told.key: one.told_as for one in EmergencyNotice.objects.select_related("told")}


def test_an_unconfirmed_word_displaces_nobody_who_leads(kai, ann, leah, carl, claim):
    standing(kai, COUNCIL, practitioner=leah, worker=leah.name, since=LATELY)
    ask_in_emergency(reference="7F3K", by=ann, at=NOW, because="Hurt, in A&E")
    assert told() == {"leah": LEAD}
    assert level_of(viewer=carl, person=kai, at=SOON) is Level.KNOWN


def test_where_nothing_else_is_known_the_front_door_and_governance_hear(kai, ann, grace, claim):
    practitioner("maya", "front_door_worker", COUNCIL)
    ask_in_emergency(reference="7F3K", by=ann, at=NOW, because="Hurt, in A&E")
    assert set(told()) == {"maya", "grace"}


def test_whoever_was_told_by_their_own_word_reads_and_judges_nothing(kai, ann, grace, carl, claim):
    """Also a notice of before, when such a word was enough."""
    opened = ask_in_emergency(reference="7F3K", by=ann, at=NOW, because="Hurt, in A&E")
    notice = EmergencyNotice.objects.create(standing=opened, told=carl, told_at=NOW, told_as=LEAD)
    assert notices_waiting_for(carl, at=SOON) == []
    with pytest.raises(PermissionDenied):
        judge(notice=notice, verdict="judged_not_fair", because="no", by=carl, at=SOON)
    assert level_of(viewer=ann, person=kai, at=SOON) is Level.TEAM


def test_who_was_known_here_first_leads_whatever_day_is_typed(kai, leah, carl):
    first = standing(kai, COUNCIL, practitioner=leah, since=LATELY)
    claimed = standing(kai, COUNCIL, level="known", worker=carl.name, since=LONG_AGO)
    confirm_standing(standing=claimed, by=leah, at=NOW)
    assert set(leads_for(kai, at=SOON)) == {leah}
    first.until = NOW
    first.save()
    assert leads_for(kai, at=SOON) == {carl: LEAD}


def test_what_nobody_confirmed_comes_last_whichever_service_it_is(kai, claim):
    confirmed = standing(kai, CAMHS, worker="Ann")
    assert leading_first([claim, confirmed]) == [confirmed, claim]
