"""Somebody meets a child whom they know outside work in their work: they say so there, and it goes to a colleague."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.chronology.models import ChronologyEntry
from alongside.contributions.models import Unopened
from alongside.contributions.rules import OUR_PAGES
from alongside.ledger.models import LedgerEvent
from alongside.linkage.actions import move
from alongside.linkage.models import LinkQuestion
from alongside.people.closing import restrict
from alongside.people.emergency import notices_waiting_for, open_in_emergency
from alongside.people.models import Person, Tie
from alongside.people.tests.factories import COUNCIL, NOW, POLICE, child, practitioner, record, team
from alongside.web.tests.reading import words

from .factories import entry, known_as

pytestmark = pytest.mark.django_db
LINK, WHY = "Do you know this child or the family outside work?", {"because": "His aunt is my neighbour"}
INTELLIGENCE = {"kind": "partnership_intelligence"}
KAI = [{"role": "subject", "given_name": "Kai", "family_name": "Adeyemi"}]


def at_a_machine(who):
    client = Client()
    client.force_login(who)
    return client


def tied():
    return set(Tie.objects.values_list("practitioner__key", "person__reference"))


def says_so(client, page, key, **more):
    """Opens the page, follows its link, and says so there; what they read then."""
    address = reverse(f"{page}_tie", args=[key])
    shown = client.get(reverse(page, args=[key]))
    assert LINK in words(shown)
    assert f'href="{address}"' in shown.content.decode()
    assert client.get(address).status_code == 200
    return client.post(address, WHY | more, follow=True)


def closed_to(client, page, key):
    return [client.get(reverse(name, args=[key])).status_code for name in (page, f"{page}_tie")] == [404, 404]


@pytest.fixture
def intelligence(kai):
    told = INTELLIGENCE | {"told": {"narrative": "In a grey car.", "people": KAI}}
    return entry(kai, "catch", handling="police", contribution=told).contribution


@pytest.fixture
def kofi(signed_in):
    return signed_in("kofi", "police_intelligence", POLICE)


def test_whoever_grades_says_so_and_a_colleague_grades(client, kofi, kai, intelligence):
    ines = practitioner("ines", "police_intelligence", POLICE)
    read = words(says_so(client, "grade", intelligence.receipt))
    assert "closed to you from now on" in read
    assert "Nobody else" not in read
    assert "Nothing waits to be graded" in read
    assert closed_to(client, "grade", intelligence.receipt)
    assert tied() == {("kofi", "7F3K")}
    assert LedgerEvent.objects.get(what="tie declared").subject == "person:7F3K"
    assert "To grade (1)" in words(at_a_machine(ines).get(reverse("intelligence")))


def test_where_nobody_else_grades_it_is_said_whom_to_tell(client, kofi, kai, intelligence):
    practitioner("sal", "seat_manager", POLICE, name="Sal Booth", phone="0113 496 0007")
    practitioner("una", "seat_manager", COUNCIL)
    read = words(says_so(client, "grade", intelligence.receipt))
    assert "Nobody else can take it on now. Tell Sal Booth (0113 496 0007)" in read
    assert "Una" not in read


def test_where_nobody_gives_seats_out_either_whoever_runs_the_server_is_told(client, kofi, kai, intelligence):
    assert "Tell whoever runs Alongside for the partnership" in words(says_so(client, "grade", intelligence.receipt))


def test_the_page_tells_no_more_of_the_child_than_where_one_came_from(client, kofi, kai, intelligence):
    page = words(client.get(reverse("grade_tie", args=[intelligence.receipt])))
    for known in ("7F3K", "Emmanuel", "Coach Dean", "2011"):
        assert known not in page
    assert not LedgerEvent.objects.filter(operation="view", actor="kofi").exists()


def of_two(kai, agency, **more):
    """Something told of Kai and of Kit; the records of the two, and Kit."""
    kit = child("8G4M", given_name="Kit")
    records = {one: known_as(one, agency) for one in (kai, kit)}
    people = [
        {"role": "subject", "reference": one.reference, "given_name": f"Told {number}"}
        for number, one in enumerate(records.values(), start=1)
    ]
    first = entry(kai, agency, contribution=more | {"told": {"narrative": "In a car.", "people": people}})
    entry(kit, agency, role="witness")
    ChronologyEntry.objects.filter(person=kit).update(contribution=first.contribution)
    return first.contribution, records, kit


def test_of_several_people_one_says_whom_one_knows(client, kofi, kai):
    first, records, kit = of_two(kai, "catch", **INTELLIGENCE)
    address = reverse("grade_tie", args=[first.receipt])
    page = words(client.get(address))
    assert "Whom do you know?" in page
    assert "Told 1" in page
    assert "Told 2" in page
    assert "Kit" not in page
    looks = LedgerEvent.objects.filter(operation="view", what="intelligence").values_list("subject", flat=True)
    assert set(looks) == {"person:7F3K", "person:8G4M"}
    assert "Choose whom you know" in words(client.post(address, WHY))
    client.post(address, WHY | {"who": [records[kit].pk]})
    assert tied() == {("kofi", "8G4M")}
    assert closed_to(client, "grade", first.receipt)


def test_what_is_not_filed_yet_waits_until_it_is_known_of_whom_it_tells(client, kofi, kai, intelligence):
    intelligence.entries.all().delete()
    address = reverse("grade_tie", args=[intelligence.receipt])
    assert "has a record here yet" in words(client.get(address))
    assert "has a record here yet" in words(client.post(address, WHY))
    assert not Tie.objects.exists()


def test_a_tie_needs_a_line_of_words(client, kofi, kai, intelligence):
    page = client.post(reverse("grade_tie", args=[intelligence.receipt]), {"because": ""})
    assert "Write in a line how you know them" in words(page)
    assert not Tie.objects.exists()


@pytest.mark.parametrize("page", ["grade", "urgent_told", "release_told", "look_over", "came_in", "link_pair"])
def test_nobody_learns_by_it_what_there_is(client, signed_in, kai, intelligence, page):
    """What is not there, and what is not theirs, are answered alike, and nothing is kept."""
    signed_in("ana", "analyst", POLICE)
    key = 999_999 if page == "link_pair" else intelligence.receipt
    assert client.post(reverse(f"{page}_tie", args=[key]), WHY).status_code == 403
    assert not Tie.objects.exists()


def test_whoever_releases_says_so_too(client, signed_in, kai, intelligence):
    signed_in("hall", "police_supervisor", POLICE)
    assert "closed to you from now on" in words(says_so(client, "release_told", intelligence.receipt))
    assert closed_to(client, "release_told", intelligence.receipt)


def test_a_supervisor_says_so_of_what_their_team_sent(client, signed_in, kai):
    safe = team("safe", POLICE)
    author = practitioner("priya", "police_officer", POLICE, team=safe)
    told = {"author": author, "system": OUR_PAGES, "told": {"narrative": "At home.", "people": KAI}}
    one = entry(kai, contribution=told).contribution
    signed_in("hall", "police_supervisor", POLICE, team=safe)
    assert "Nobody else can take it on now" in words(says_so(client, "look_over", one.receipt))
    assert closed_to(client, "look_over", one.receipt)


def test_what_is_urgent_is_left_to_a_colleague(client, signed_in, kai):
    told = {"urgent": True, "told": {"narrative": "A knife.", "people": KAI}}
    one = entry(kai, contribution=told).contribution
    maya, bea = signed_in("maya", "front_door_worker", COUNCIL), practitioner("bea", "front_door_manager")
    says_so(client, "urgent_told", one.receipt)
    assert closed_to(client, "urgent_told", one.receipt)
    assert tied() == {(maya.key, "7F3K")}
    assert at_a_machine(bea).get(reverse("urgent_told", args=[one.receipt])).status_code == 200


@pytest.fixture
def came(kai):
    told = {"reported_at": NOW, "told": {"narrative": "In the park.", "people": KAI}}
    one = entry(kai, contribution=told).contribution
    Unopened.objects.create(contribution=one)
    return one


@pytest.mark.parametrize("where", ["came_in", "child"])
def test_what_only_they_opened_at_the_front_door_waits_again(client, signed_in, kai, came, where):
    signed_in("maya", "front_door_worker", COUNCIL)
    bea = practitioner("bea", "front_door_manager")
    assert client.get(reverse("came_in", args=[came.receipt])).status_code == 200
    assert not Unopened.objects.exists()
    client.post(reverse(f"{where}_tie", args=[came.receipt if where == "came_in" else "7F3K"]), WHY)
    assert Unopened.objects.get().contribution == came
    assert came.receipt in at_a_machine(bea).get(reverse("not_opened")).content.decode()
    assert closed_to(client, "came_in", came.receipt)


def test_what_a_colleague_opened_too_does_not_wait_again(client, signed_in, kai, came):
    bea = at_a_machine(practitioner("bea", "front_door_manager"))
    bea.get(reverse("came_in", args=[came.receipt]))
    signed_in("maya", "front_door_worker", COUNCIL)
    says_so(client, "came_in", came.receipt)
    assert not Unopened.objects.exists()


def test_whoever_alone_keeps_a_restriction_reads_whom_to_tell_there_too(client, signed_in, kai, came):
    bea = signed_in("bea", "front_door_manager", COUNCIL)
    restrict(person=kai, readers=[], by=bea, at=NOW, because="Moved")
    read = words(says_so(client, "came_in", came.receipt))
    assert "Nobody named on the record can lift its restriction now. Tell whoever runs Alongside" in read


@pytest.fixture
def pair(kai):
    left, right = record(kai, POLICE), record(child("8G4M", given_name="Kaï"), COUNCIL)
    return LinkQuestion.objects.create(left=left, right=right, weight=5, reason="In part.", asked_at=NOW)


@pytest.fixture
def grace(signed_in):
    return signed_in("grace", "information_officer", COUNCIL)


def test_whoever_decides_on_a_pair_says_so_of_both_and_a_colleague_decides(client, grace, pair):
    hugo = practitioner("hugo", "information_officer", POLICE)
    read = words(says_so(client, "link_pair", pair.pk))
    assert "No pair waits for a decision" in read
    assert "Nobody else" not in read
    assert tied() == {("grace", "7F3K"), ("grace", "8G4M")}
    assert closed_to(client, "link_pair", pair.pk)
    decided = {"verdict": "same", "because": "I know them"}
    assert client.post(reverse("link_pair", args=[pair.pk]), decided).status_code == 404
    assert "Waiting (1)" in words(at_a_machine(hugo).get(reverse("link_review")))


def test_two_records_of_one_child_are_one_tie(client, grace, pair):
    pair.right.person = pair.left.person
    pair.right.save()
    pair.doubted = pair.right
    pair.save()
    says_so(client, "link_pair", pair.pk)
    assert tied() == {("grace", "7F3K")}


def test_of_a_restricted_pair_whoever_is_named_with_them_hears(client, grace, pair):
    bea = practitioner("bea", "front_door_manager", phone="0113 496 0009")
    practitioner("hugo", "information_officer", POLICE)
    restrict(person=pair.left.person, readers=[grace], by=bea, at=NOW, because="Moved")
    assert "Nobody else can take it on now. Tell Bea (0113 496 0009)" in words(says_so(client, "link_pair", pair.pk))


@pytest.fixture
def used(kai):
    priya = practitioner("priya", "police_officer", POLICE, name="Priya Nair")
    practitioner("gov", "information_officer", POLICE)
    return lambda: open_in_emergency(person=kai, by=priya, at=NOW, because="Hurt at his uncle’s flat")


def test_whoever_judges_an_emergency_says_so_and_a_colleague_judges(client, signed_in, kai, used):
    gov = signed_in("gil", "information_officer", POLICE)
    notice = used().notices.get(told=gov)
    read = words(says_so(client, "emergency_notice", notice.pk))
    assert "Nothing waits for your view" in read
    assert "Nobody else" not in read
    assert "7F3K" not in read
    assert tied() == {("gil", "7F3K")}
    assert closed_to(client, "emergency_notice", notice.pk)
    assert notices_waiting_for(type(gov).objects.get(key="gov"), at=NOW)


def test_where_nobody_else_can_judge_it_is_said_whom_to_tell(client, kai, used):
    practitioner("maya", "front_door_worker")
    notice = used().notices.get(told__key="gov")
    client.force_login(notice.told)
    page = client.get(reverse("emergency_notice_tie", args=[notice.pk]))
    assert "Kai" not in words(page)
    assert "Nobody else can take it on now" in words(says_so(client, "emergency_notice", notice.pk))


def test_where_the_records_are_somebody_else_s_by_now_they_are_closed_too(client, signed_in, kai, used):
    notice, told_of, now = used().notices.get(told__key="gov"), known_as(kai, POLICE), child("8G4M")
    move(told_of, now, by=notice.told, at=NOW, rule="decided", because="One child")
    Person.objects.filter(pk=kai.pk).update(stands=False)
    client.force_login(notice.told)
    says_so(client, "emergency_notice", notice.pk)
    assert tied() == {("gov", "7F3K"), ("gov", "8G4M")}


def test_nobody_reaches_another_s_notice(client, signed_in, kai, used):
    notice = used().notices.get(told__key="gov")
    signed_in("leah", "social_worker", COUNCIL)
    assert client.post(reverse("emergency_notice_tie", args=[notice.pk]), WHY).status_code == 404
    assert not Tie.objects.exists()
