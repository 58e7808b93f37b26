"""A tie and a restriction close what was told of an emergency as they close the record."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from alongside.agencies.models import Practitioner
from alongside.agencies.seats import lift, suspend
from alongside.linkage.actions import move
from alongside.linkage.models import RecordLink
from alongside.people.closing import declare_tie, restrict
from alongside.people.emergency import ask_in_emergency, judge, notices_waiting_for, open_in_emergency
from alongside.people.judging import counted
from alongside.people.models import EmergencyNotice, Person, Verdict
from alongside.people.tests.factories import CAMHS, COUNCIL, NOW, POLICE, child, practitioner, record, standing, team
from alongside.web.tests.reading import words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_morning_of_the_tests():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def leah(kai):
    lead = practitioner("leah", "social_worker", COUNCIL)
    standing(kai, COUNCIL, practitioner=lead)
    return lead


def told() -> set[str]:
    return set(EmergencyNotice.objects.values_list("told__key", flat=True))


def opened(kai, by):
    open_in_emergency(person=kai, by=by, at=NOW, because="Hurt at his uncle’s flat")


def pages_of(client, who) -> tuple[list[str], int]:
    """What a practitioner reads of the one notice of theirs: on three pages, and the answer of the last."""
    client.force_login(who)
    notice = client.get(reverse("emergency_notice", args=[EmergencyNotice.objects.get(told=who).pk]))
    pages = [client.get("/"), client.get(reverse("emergency_queue")), notice]
    return [words(page) for page in pages], notice.status_code


def test_whoever_is_tied_to_the_child_is_not_told_and_the_next_is(kai, priya, leah, grace):
    ann = practitioner("ann", "health_worker", CAMHS)
    practitioner("gil", "information_officer", CAMHS)
    standing(kai, CAMHS, practitioner=ann)
    for who in (leah, grace):
        declare_tie(person=kai, by=who, at=NOW, because="My nephew")
    opened(kai, priya)
    assert told() == {"ann", "gil"}


def test_of_a_restricted_record_nobody_who_is_tied_is_told(kai, priya, leah, grace):
    bea, ron = (practitioner(key, "front_door_manager", COUNCIL) for key in ("bea", "ron"))
    restrict(person=kai, readers=[leah], by=bea, at=NOW, because="Moved")
    for who in (bea, leah):
        declare_tie(person=kai, by=who, at=NOW, because="My nephew")
    ask_in_emergency(reference="7F3K", by=priya, at=NOW, because="Hurt")
    assert told() == {"ron", "grace"}
    assert len(notices_waiting_for(ron, at=timezone.now())) == 1


@pytest.mark.parametrize("who", ["leah", "grace"])
def test_a_tie_that_is_declared_later_closes_the_notice(client, request, kai, priya, leah, grace, who):
    opened(kai, priya)
    viewer = request.getfixturevalue(who)
    declare_tie(person=kai, by=viewer, at=NOW, because="My nephew")
    pages, status = pages_of(client, viewer)
    assert status == 404
    assert not any("uncle" in page or "7F3K" in page for page in pages)
    with pytest.raises(PermissionDenied):
        judge(notice=EmergencyNotice.objects.get(told=viewer), verdict="judged_fair", because="x", by=viewer, at=NOW)


def test_a_later_restriction_closes_it_to_the_lead_and_leaves_the_word_to_the_office(client, kai, priya, leah, grace):
    opened(kai, priya)
    restrict(person=kai, readers=[], by=practitioner("bea", "front_door_manager"), at=NOW, because="Moved")
    pages, status = pages_of(client, leah)
    assert status == 404
    assert not any("uncle" in page or "7F3K" in page for page in pages)
    judge(notice=EmergencyNotice.objects.get(told=grace), verdict="judged_fair", because="Called", by=grace, at=NOW)
    assert not notices_waiting_for(grace, at=timezone.now())


def answer_of(client, who, notice) -> int:
    client.force_login(who)
    return client.get(reverse("emergency_notice", args=[notice.pk])).status_code


def test_whoever_left_the_office_reads_it_no_more_and_their_word_does_not_count(client, kai, priya, leah, grace):
    opened(kai, priya)
    notice = EmergencyNotice.objects.get(told=grace)
    Practitioner.objects.filter(pk=grace.pk).update(role="analyst")
    grace.refresh_from_db()
    pages, status = pages_of(client, grace)
    assert status == 404
    assert "uncle" not in " ".join(pages)
    with pytest.raises(PermissionDenied):
        judge(notice=notice, verdict="judged_fair", because="I called", by=grace, at=timezone.now())


def test_whoever_leads_for_the_child_no_more_reads_it_no_more(client, kai, priya, leah, grace):
    opened(kai, priya)
    notice = EmergencyNotice.objects.get(told=leah)
    assert answer_of(client, leah, notice) == 200
    kai.standings.filter(practitioner=leah).update(until=NOW)
    assert answer_of(client, leah, notice) == 404
    assert "uncle" not in words(client.get("/"))


def test_where_the_officer_who_was_told_has_left_a_successor_looks_into_it(client, kai, priya, leah, grace):
    opened(kai, priya)
    notice = EmergencyNotice.objects.get(told=grace)
    hugo = practitioner("hugo", "information_officer", grace.agency_id)
    assert answer_of(client, hugo, notice) == 404
    suspend(practitioner=grace, because="Left", by="tests", at=NOW)
    assert notices_waiting_for(hugo, at=NOW) == [notice]
    assert answer_of(client, hugo, notice) == 200
    judge(notice=notice, verdict="judged_fair", because="I called the ward", by=hugo, at=NOW)
    notice.refresh_from_db()
    assert (notice.told, notice.judged_by, notice.verdict) == (grace, hugo, "judged_fair")
    lift(practitioner=grace, because="Back", by="tests", at=NOW)
    assert notices_waiting_for(Practitioner.objects.get(pk=grace.pk), at=NOW) == []


def test_who_judged_is_named_where_the_verdict_is_and_each_reads_what_they_said(client, kai, priya, leah, grace):
    opened(kai, priya)
    notice = EmergencyNotice.objects.get(told=grace)
    suspend(practitioner=grace, because="Left", by="tests", at=NOW)
    hugo = practitioner("hugo", "information_officer", grace.agency_id)
    judge(notice=notice, verdict="judged_fair", because="I called the ward", by=hugo, at=NOW)
    lift(practitioner=grace, because="Back", by="tests", at=NOW)
    page = reverse("emergency_notice", args=[notice.pk])
    for who, said in ((hugo, "Read it again"), (Practitioner.objects.get(pk=grace.pk), "You have judged none yet")):
        client.force_login(who)
        assert said in words(client.get(reverse("emergency_queue")))
        assert "Judged fair by Hugo" in words(client.get(page))
    client.force_login(priya)
    assert "was read by Hugo" in words(client.get("/"))


def test_a_verdict_names_who_gave_it_and_nobody_is_named_without_one(kai, priya, leah, grace):
    opened(kai, priya)
    notices = EmergencyNotice.objects.filter(told=grace)
    for half in ({"judged_by": grace}, {"judged_at": NOW, "verdict": "judged_fair", "because": "x"}):
        with pytest.raises(IntegrityError, match="a_judgement_says"), transaction.atomic():
            notices.update(**half)


def test_where_the_officer_who_was_told_knows_the_family_another_looks_into_it(kai, priya, leah, grace):
    opened(kai, priya)
    notice = EmergencyNotice.objects.get(told=grace)
    hugo = practitioner("hugo", "information_officer", grace.agency_id)
    assert notices_waiting_for(hugo, at=NOW) == []
    declare_tie(person=kai, by=grace, at=NOW, because="My nephew")
    assert (notices_waiting_for(grace, at=NOW), notices_waiting_for(hugo, at=NOW)) == ([], [notice])


def test_a_record_that_stayed_closed_is_not_said_to_have_been_opened(client, kai, priya, leah, grace):
    opened(kai, priya)
    judge(notice=EmergencyNotice.objects.get(told=leah), verdict=Verdict.NOT_FAIR, because="No", by=leah, at=NOW)
    later = NOW + timedelta(minutes=1)
    again = ask_in_emergency(reference=kai.reference, by=priya, at=later, because="Hurt at his uncle’s flat")
    mate = practitioner("mate", "social_worker", COUNCIL)
    standing(kai, COUNCIL, practitioner=mate)
    (row,) = counted(at=later)
    assert (row.uses, row.waiting) == (1, 1)
    client.force_login(leah)
    said = words(client.get(reverse("emergency_queue")))
    assert f"asked for the record of child {kai.reference}" in said
    assert "(it stayed closed)" in said
    notice = again.notices.get(told=leah)
    done = client.post(
        reverse("emergency_notice", args=[notice.pk]), {"verdict": Verdict.NOT_FAIR, "because": "Again"}, follow=True
    )
    assert "The record stayed closed." in words(done)
    client.force_login(mate)
    with time_machine.travel(later, tick=False):
        assert words(client.get("/")).count("opened the record of Kai") == 1


def as_worker_of_another_team(kai):
    standing(kai, COUNCIL, team=team("safe"), worker="Rae")
    return practitioner("rae", "social_worker", COUNCIL, team=team("other"))


def as_colleague_of_whoever_left(kai):
    gone = practitioner("gone", "social_worker", COUNCIL, team=team("safe"), is_active=False)
    standing(kai, COUNCIL, practitioner=gone, team=team("safe"), worker="Gone")
    return practitioner("rae", "social_worker", COUNCIL, team=team("safe"))


@pytest.mark.parametrize("told_so", [as_worker_of_another_team, as_colleague_of_whoever_left])
def test_whoever_is_told_may_look_into_it_while_the_work_that_names_them_goes_on(client, kai, priya, grace, told_so):
    rae = told_so(kai)
    opened(kai, priya)
    notice = EmergencyNotice.objects.get(told=rae)
    assert answer_of(client, rae, notice) == 200
    kai.standings.filter(is_quiet=False).update(until=NOW)
    assert answer_of(client, rae, notice) == 404


def test_whoever_led_before_a_colleague_of_the_same_team_reads_it_no_more(client, kai, priya, grace):
    rae, sam = (practitioner(key, "social_worker", COUNCIL, team=team("safe")) for key in ("rae", "sam"))
    before = standing(kai, COUNCIL, practitioner=rae)
    opened(kai, priya)
    before.until = NOW
    before.save()
    standing(kai, COUNCIL, practitioner=sam, team=team("safe"), worker="Sam")
    assert answer_of(client, rae, EmergencyNotice.objects.get(told=rae)) == 404


def test_in_a_team_nobody_whose_role_sees_no_child_is_told(kai, priya, grace):
    practitioner("maya", "front_door_worker", COUNCIL)
    practitioner("ana", "analyst", COUNCIL, team=team("safe"))
    standing(kai, COUNCIL, team=team("safe"))
    opened(kai, priya)
    assert told() == {"maya", "grace"}


def test_where_two_agencies_were_told_and_both_officers_left_a_successor_in_either_looks_into_it(kai, grace):
    pol = practitioner("pol", "information_officer", POLICE)
    opened(kai, practitioner("ann", "health_worker", CAMHS))
    for one in (grace, pol):
        suspend(practitioner=one, because="Left", by="tests", at=NOW)
    hugo = practitioner("hugo", "information_officer", POLICE)
    (notice,) = notices_waiting_for(hugo, at=NOW)
    assert notice.told == pol


@pytest.mark.parametrize(("role", "ended", "status"), [("", None, 200), ("", NOW, 404), ("analyst", None, 404)])
def test_of_records_that_moved_since_it_is_for_who_is_near_them_now(client, kai, priya, leah, role, ended, status):
    opened(kai, priya)
    notice, told_of, now = EmergencyNotice.objects.get(told=leah), record(kai), child("8G4M")
    RecordLink.objects.create(record=told_of, person=kai, rule="decided", reason="Sent", linked_at=NOW)
    move(told_of, now, by=leah, at=NOW, rule="decided", because="One child")
    kai.standings.filter(practitioner=leah).update(person=now, until=ended)
    Person.objects.filter(pk=kai.pk).update(stands=False)
    Practitioner.objects.filter(pk=leah.pk).update(role=role or leah.role)
    assert answer_of(client, Practitioner.objects.get(pk=leah.pk), notice) == status
