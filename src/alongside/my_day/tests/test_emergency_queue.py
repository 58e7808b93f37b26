"""Each emergency use is judged: longest waiting first, with what was looked at, counted, and told to who opened it."""

from datetime import timedelta
from unittest import mock

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from alongside.chronology.emergency_views import ANSWERED_AFTER
from alongside.chronology.tests.factories import entry
from alongside.ledger import subjects
from alongside.ledger.models import LedgerEvent
from alongside.people.closing import restrict
from alongside.people.emergency import ask_in_emergency, judge, notices_waiting_for, open_in_emergency
from alongside.people.judging import counted
from alongside.people.models import EmergencyNotice
from alongside.people.tests.factories import CAMHS, COUNCIL, NOW, child, practitioner, standing
from alongside.web.tests.reading import words

pytestmark = pytest.mark.django_db
QUEUE = reverse("emergency_queue")
LATE = NOW + timedelta(days=3, minutes=1)


@pytest.fixture(autouse=True)
def the_morning_of_the_tests():
    with time_machine.travel(NOW + timedelta(minutes=20), tick=False):
        yield


def opened(kai, by, at=NOW):
    return open_in_emergency(person=kai, by=by, at=at, because="A child is in danger now: found hurt")


def notice_of(who):
    return notices_waiting_for(who, at=timezone.now())[0]


def test_what_waited_longest_stands_first_and_is_late_after_the_playbooks_days(client, kai, priya, grace):
    opened(kai, priya)
    opened(child("9Z9Z", called="Zoë"), priya, at=NOW + timedelta(days=3))
    with time_machine.travel(LATE, tick=False):
        client.force_login(grace)
        page = words(client.get(QUEUE))
    assert "Waiting for your view (2)" in page
    assert page.index("7F3K") < page.index("Past due") < page.index("9Z9Z")
    assert page.count("Past due") == 1
    assert "Kai" not in page
    assert {one.subject for one in LedgerEvent.objects.filter(what="emergency notices")} == {
        subjects.child("7F3K"),
        subjects.child("9Z9Z"),
    }


def test_each_agency_and_month_is_counted_with_what_nobody_judged_beside_it(kai, priya, grace):
    ann = practitioner("ann", "health_worker", CAMHS)
    for by, verdict in ((priya, "judged_fair"), (ann, "training_agreed"), (ann, "")):
        opened(child(), by)
        if verdict:
            judge(notice=notice_of(grace), verdict=verdict, because="I called", by=grace, at=NOW)
    rows = [(r.agency, r.uses, r.fair, r.training, r.not_fair, r.waiting, r.late) for r in counted(at=LATE)]
    assert rows == [("CAMHS", 2, 0, 1, 0, 1, 1), ("Police", 1, 1, 0, 0, 0, 0)]


def test_the_word_of_information_governance_counts_and_not_the_leads_alone(kai, priya, grace):
    leah = practitioner("leah", "social_worker", COUNCIL)
    standing(kai, COUNCIL, practitioner=leah)
    opened(kai, priya)
    judge(notice=notice_of(leah), verdict="judged_fair", because="I called", by=leah, at=NOW)
    assert [(row.fair, row.waiting) for row in counted(at=NOW)] == [(0, 1)]


def test_a_lead_reads_their_own_notices_and_no_counts(client, kai, priya):
    leah = practitioner("leah", "social_worker", COUNCIL)
    standing(kai, COUNCIL, practitioner=leah)
    opened(kai, priya)
    client.force_login(leah)
    page = words(client.get(QUEUE))
    assert "Waiting for your view (1)" in page
    assert "By agency and month" not in page


def looked_by(client, priya, *addresses):
    client.force_login(priya)
    for address in addresses:
        assert client.get(address).status_code == 200


def test_what_was_looked_at_is_shown_with_titles_for_whoever_may_read_them(client, kai, priya, grace):
    leah = practitioner("leah", "social_worker", COUNCIL)
    standing(kai, COUNCIL, practitioner=leah)
    told = entry(kai, title="Seen at the bus station")
    opened(kai, priya)
    looked_by(client, priya, reverse("child_entry", args=["7F3K", told.contribution.receipt]))
    seen = {}
    for who in (leah, grace):
        client.force_login(who)
        seen[who.key] = words(client.get(reverse("emergency_notice", args=[notice_of(who).pk])))
    assert "entry: Seen at the bus station" in seen["leah"]
    assert "an entry that you may not read" in seen["grace"]
    assert "Seen at the bus station" not in seen["grace"]


def test_what_was_looked_at_before_or_by_others_is_not_shown(client, kai, priya, grace):
    ann = practitioner("ann", "health_worker", CAMHS)
    standing(kai, CAMHS, practitioner=ann)
    opened(kai, priya)
    looked_by(client, ann, reverse("child_timeline", args=["7F3K"]))
    client.force_login(grace)
    page = words(client.get(reverse("emergency_notice", args=[notice_of(grace).pk])))
    assert "Nothing was looked at while it was open." in page


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("judged_fair", "Judged fair"),
        ("training_agreed", "Training agreed"),
        ("judged_not_fair", "Judged not fair"),
    ],
)
def test_whoever_opened_it_reads_the_verdict_in_words(client, kai, priya, grace, verdict, said):
    opened(kai, priya)
    judge(notice=notice_of(grace), verdict=verdict, because="We spoke", by=grace, at=NOW)
    client.force_login(priya)
    page = words(client.get("/"))
    assert "was read by Grace Lumb , Social care: " + said in page
    assert "We spoke" in page
    with time_machine.travel(NOW + timedelta(days=29), tick=False):
        client.force_login(priya)
        assert "was read by" not in words(client.get("/"))


def test_a_verdict_does_not_tell_that_there_is_a_restricted_record(client, kai, priya, grace):
    """Whoever asked for it was answered as for no record at all: a word on it would say that there is one."""
    bea = practitioner("bea", "front_door_manager", COUNCIL)
    restrict(person=kai, readers=[], by=bea, at=NOW, because="Moved for safety")
    ask_in_emergency(reference="7F3K", by=priya, at=NOW, because="A child is in danger now")
    judge(notice=EmergencyNotice.objects.get(told=bea), verdict="judged_fair", because="Spoke", by=bea, at=NOW)
    client.force_login(priya)
    page = words(client.get("/"))
    assert "was read by" not in page
    assert "7F3K" not in page


def test_a_verdict_is_hidden_once_the_record_closes_to_whoever_opened_it(client, kai, priya, grace):
    opened(kai, priya)
    judge(notice=notice_of(grace), verdict="judged_fair", because="We spoke", by=grace, at=NOW)
    restrict(person=kai, readers=[], by=practitioner("bea", "front_door_manager", COUNCIL), at=NOW, because="Moved")
    client.force_login(priya)
    assert "was read by" not in words(client.get("/"))


def test_who_may_know_of_the_child_is_told_whom_to_call_before_opening(client, kai, priya):
    standing(kai, COUNCIL, worker="Leah Brandt", phone="0113 496 0222")
    client.force_login(priya)
    page = words(client.get(reverse("child_emergency", args=["7F3K"])))
    assert page.index("0113 496 0222") < page.index("Open for 2 hours")
    assert LedgerEvent.objects.filter(what="contact card", subject="person:7F3K", actor="priya").exists()
    assert "0113 496 0222" not in words(client.get(reverse("child_emergency", args=["NOBODY"])))


REASON = {"why": "A child is in danger now", "happening": "Hurt at the bus station"}


def test_who_may_know_of_the_child_reads_whom_to_call_where_the_record_was_not_opened(client, kai, priya):
    standing(kai, COUNCIL, worker="Leah Brandt", phone="0113 496 0222")
    client.force_login(priya)
    page = words(client.post(reverse("child_emergency", args=["7F3K"]), REASON))
    assert page.index("No record was opened") < page.index("0113 496 0222")
    assert LedgerEvent.objects.filter(what="contact card", subject="person:7F3K", actor="priya").count() == 1


@pytest.mark.parametrize("reference", ["7F3K", "NOBODY"])
def test_asking_for_what_does_not_open_is_never_met_with_silence(client, kai, priya, grace, settings, reference):
    """Restricted or not there: in the same words, with what was written still in the form, and kept."""
    settings.DUTY_PHONE = "0113 496 0999"
    bea = practitioner("bea", "front_door_manager", COUNCIL)
    restrict(person=kai, readers=[], by=bea, at=NOW, because="Moved for safety")
    client.force_login(priya)
    with mock.patch("alongside.chronology.emergency_views.sleep") as waited:
        answer = client.post(reverse("child_emergency", args=[reference]), REASON)
    assert 0 < waited.call_args.args[0] <= ANSWERED_AFTER
    page = words(answer)
    assert answer.status_code == 403
    assert "Error: You cannot see this" in page
    assert "No record was opened What you wrote is kept, with your name and the time." in page
    assert page.index("0113 496 0999") < page.index("You are not in the team")
    assert 'value="Hurt at the bus station"' in answer.content.decode()
    kept = LedgerEvent.objects.get(subject=subjects.child(reference), actor="priya")
    assert kept.purpose == "A child is in danger now: Hurt at the bus station"


def test_whoever_is_in_the_team_already_is_led_to_the_record(client, kai):
    leah = practitioner("leah", "social_worker", COUNCIL)
    standing(kai, COUNCIL, practitioner=leah)
    client.force_login(leah)
    address = reverse("child_emergency", args=["7F3K"])
    reason = {"why": "A child is in danger now", "happening": "Hurt"}
    for answer in (client.get(address), client.post(address, reason)):
        assert answer.url == reverse("child", args=["7F3K"])
    assert not LedgerEvent.objects.filter(what="emergency access").exists()


def test_whoever_is_told_hears_by_mail_at_once_and_the_letter_says_nothing_of_the_child(
    kai, priya, leah, grace, mailoutbox, settings, django_capture_on_commit_callbacks
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.ADDRESS = "https://alongside.example"
    standing(kai, COUNCIL, practitioner=leah)
    with django_capture_on_commit_callbacks(execute=True):
        open_in_emergency(person=kai, by=priya, at=NOW, because="Hurt at his uncle’s flat")
    assert {to for one in mailoutbox for to in one.to} == {leah.email, grace.email}
    for letter in mailoutbox:
        assert f"https://alongside.example{reverse('emergency_queue')}" in letter.body
        assert not [word for word in ("uncle", "Kai", kai.reference, "Priya") if word in letter.body + letter.subject]


@pytest.mark.parametrize("when", ["just before", "long before"])
def test_of_two_who_judge_one_use_the_second_reads_that_their_word_is_not_kept(client, kai, priya, grace, when):
    opened(kai, priya)
    notice, later = notice_of(grace), {"verdict": "judged_not_fair", "because": "He is her cousin"}

    def in_another_window(**_):
        judge(notice=notice, verdict="judged_fair", because="I called", by=grace, at=NOW)

    def second(**said):
        in_another_window()
        return judge(**said)

    if when == "long before":
        in_another_window()
    client.force_login(grace)
    with mock.patch("alongside.my_day.notice_views.judge", second if when == "just before" else judge):
        page = words(client.post(reverse("emergency_notice", args=[notice.pk]), later, follow=True))
    assert "What you said is kept" not in page
    assert "What you say now is not kept: It was not fair: He is her cousin" in page
    assert "Judged fair by Grace Lumb" in page
    assert LedgerEvent.objects.filter(what__startswith="emergency access judged").count() == 1
