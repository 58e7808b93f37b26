"""A scripted day: people of every seat open pages, and for each child that an answer shows there is one line in the
ledger, no more and no less. Who is shown is read from the answers alone.

So that a name tells whose it is, everybody in the city is given a name that nobody else has.
"""

import random
import re
from collections import Counter, deque
from datetime import timedelta
from html import unescape
from io import BytesIO
from itertools import product
from string import ascii_lowercase
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest
from conftest import past_every_trigger
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from alongside.agencies.models import Practitioner
from alongside.contributions.models import Contribution
from alongside.contributions.tests.on_pages import FIGHT, seen, sent
from alongside.demo.loading import run_demo
from alongside.flow import follow_pending
from alongside.ledger.models import LedgerEvent
from alongside.people.models import AgencyRecord, Person
from alongside.people.told import record_key
from tests.crawl import ACTIONS, Visit, name_of, plain_addresses

pytestmark = pytest.mark.django_db
SEATS = ("maya", "ellen", "rowan", "priya", "ros", "kofi", "nadia", "grace", "tom", "leon", "hannah", "jas")
# Nothing of a child is in these, or only what their writer is typing; the ledger's own page is one line by itself.
NOT_WALKED = ACTIONS | {"be_someone", "tell_step", "begin_telling", "go_on", "send_notification", "ledger"}
SHOW_CHILDREN = {
    *("my_day", "emergency_notice", "find_results", "link_pair", "receipt", "look_over", "urgent_told"),
    *("child", "child_timeline", "child_entry", "child_records", "child_not_this", "child_looked", "child_places"),
    *("briefing", "briefing_json", "briefing_pdf", "briefing_text", "briefing_places", "raise_action", "tick_off"),
    *("not_opened", "came_in"),
}
SUFFIXES = ["".join(letters) for letters in product(ascii_lowercase, repeat=3)]
NAME = re.compile(r"\bZq([a-z]{3})\b")
REFERENCE = re.compile(r"\b[0-9A-Z]{8}\b")


@pytest.fixture
def city(settings, tmp_path):
    """A small city, of which everybody has a name of their own: given, family and liked name, in every record."""
    settings.DEMO, settings.VAR, settings.UPLOADS = True, tmp_path, tmp_path / "uploads"
    now = timezone.now()
    run_demo(at=now, until=timezone.localdate(now), children=24, days=30, files=tmp_path / "city")
    tell_on_the_pages(timezone.localdate(now) - timedelta(days=1))
    named = dict(zip(Person.objects.order_by("pk"), SUFFIXES, strict=False))
    for person, suffix in named.items():
        own = dict.fromkeys(("given_name", "family_name"), f"Zq{suffix}")
        Person.objects.filter(pk=person.pk).update(called=f"Zq{suffix}", **own)
        AgencyRecord.objects.filter(person=person).update(**own, aliases=[])
    by_record = {(one.agency_id, one.system, one.reference): one.person for one in AgencyRecord.objects.all()}
    with past_every_trigger():
        for told in Contribution.objects.all():
            for number, person in enumerate(told.told.get("people", []), start=1):
                name = f"Zq{named[by_record[record_key(told, number, person)]]}"
                person |= dict.fromkeys(("given_name", "family_name", "likes_to_be_called"), name)
            Contribution.objects.filter(pk=told.pk).update(told=told.told)
    return {f"Zq{suffix}": person.reference for person, suffix in named.items()}


def tell_on_the_pages(day) -> None:
    """A notification that needs someone now, which a supervisor looks over, and something seen."""
    when = {"occurred_on_day": day.day, "occurred_on_month": day.month, "occurred_on_year": day.year}
    with patch("alongside.contributions.views.follow_soon"):
        told = sent(signed_in("priya"), what_happened=FIGHT | when)
        Contribution.objects.filter(pk=told.pk).update(urgent=True)
        seen(signed_in("tom"), at_risk_now="yes")
    while follow_pending(at=timezone.now()):
        pass


def is_walked(name: str) -> bool:
    """Of an access request each line names the request and not the child, whose team reads who looked at them."""
    return name not in NOT_WALKED and not name.startswith("access_")


def signed_in(key: str) -> Client:
    client = Client()
    client.force_login(Practitioner.objects.get(key=key))
    return client


class Day:
    """Who opens what; every answer is compared with the lines that it left."""

    def __init__(self, names: dict[str, str], seed: int) -> None:
        self.names, self.draw = names, random.Random(seed)
        self.references = set(names.values())
        self.views, self.shown, self.wrong = 0, 0, []
        # How often each page was opened, and how often it showed somebody.
        self.opened, self.pages = Counter(), Counter()

    def walk(self, key: str, views: int) -> None:
        """So many pages of all that this seat has been led to, the kind opened least so far first."""
        client, met = signed_in(key), set()
        plain = [one for one in plain_addresses() if is_walked(name_of(one))]
        waiting = deque(plain + [self.search(client) for _ in range(4)])
        for _ in range(views):
            if not waiting:
                waiting.extend(met)
            self.draw.shuffle(waiting) if self.draw.random() < 0.2 else None
            address = min(waiting, key=lambda one: self.opened[name_of(one)])
            waiting.remove(address)
            visit = self.open(client, key, address)
            fresh = [link for link in self.led_to(visit) if link not in met]
            met.update(fresh)
            waiting.extend(fresh)

    def led_to(self, visit: Visit) -> list[str]:
        links = [link for link in visit.links if is_walked(name_of(link))] if visit.is_html else []
        if visit.name == "child":
            links += [f"{visit.address}places.geojson", f"{visit.address}?print"]
        return sorted(set(links))

    def search(self, client: Client) -> str:
        some = self.draw.choice(sorted(self.names))
        person = Person.objects.get(reference=self.names[some])
        asked = {"q": self.draw.choice([person.date_of_birth, person.date_of_birth[:4]])}
        return client.post(reverse("find"), asked).headers.get("Location", reverse("find"))

    def open(self, client: Client, key: str, address: str) -> Visit:
        before = LedgerEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        visit = Visit(name_of(address), address, client.get(address))
        lines = LedgerEvent.objects.filter(pk__gt=before, operation="view", subject__startswith="person:")
        written = Counter(subject.removeprefix("person:") for subject in lines.values_list("subject", flat=True))
        shown = Counter(self.children_in(visit, client))
        self.views, self.shown = self.views + 1, self.shown + len(shown)
        self.opened[visit.name] += 1
        self.pages[visit.name] += bool(shown)
        if written != shown:
            self.wrong.append(f"{key}: {address}: shown {dict(shown - written)}, written {dict(written - shown)}")
        return visit

    def children_in(self, visit: Visit, client: Client) -> set[str]:
        """Whose name, or the reference of whose record, is in the answer. What was asked for in the address and is
        only said again is no answer; whom to call about that child is one."""
        if visit.answer.get("Content-Type", "").startswith("application/json") and "geojson" in visit.address:
            return self.on_the_map(visit, client)
        if visit.name == "child_emergency" and visit.answer.status_code == 200:
            return set(REFERENCE.findall(visit.address))
        text = words_of(visit)
        found = {self.names[f"Zq{suffix}"] for suffix in NAME.findall(text)}
        found |= (set(REFERENCE.findall(text)) & self.references) - set(REFERENCE.findall(visit.address))
        return found | heard_of(text) if visit.name.startswith("briefing") else found

    def on_the_map(self, visit: Visit, client: Client) -> set[str]:
        """A map has numbers only: a child's own map is of that child, the briefing's of the children in an incident."""
        if visit.name == "child_places":
            return set(REFERENCE.findall(visit.address))
        numbers = {str(one["properties"].get("number")) for one in visit.answer.json()["features"]}
        told = client.get(reverse("briefing_json") + "?" + urlsplit(visit.address).query).json()
        incidents = [one for one in told["incidents"] + told["told_late"] if str(one["number"]) in numbers]
        return {child["reference"] for one in incidents for child in one["children"] if not child["hidden"]}


def words_of(visit: Visit) -> str:
    if not 200 <= visit.answer.status_code < 300 and visit.answer.status_code != 403:
        return ""
    body = visit.answer.getvalue() if visit.answer.streaming else visit.answer.content
    if body.startswith(b"%PDF"):
        return " ".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages)
    return body.decode(errors="replace")


def heard_of(text: str) -> set[str]:
    """Whom the intelligence concerns whose words are in a briefing: they name nobody, and are of somebody."""
    said, heard = " ".join(unescape(text).split()), set()
    for one in Contribution.objects.filter(kind="partnership_intelligence", is_newest=True):
        words = one.told.get("details", {}).get("words_for_meeting") or one.told["narrative"]
        if " ".join(words.split()[:5]) in said:
            heard.update(one.entries.values_list("person__reference", flat=True))
    return heard


def raise_an_action() -> None:
    chair = signed_in("ellen")
    told = chair.get(reverse("briefing_json")).json()
    about = next(child["reference"] for child in told["children"] if not child["hidden"])
    asked = {"what": "Call", "owner": Practitioner.objects.get(key="maya").pk}
    day = timezone.localdate() + timedelta(days=1)
    due = {"due_day": day.day, "due_month": day.month, "due_year": day.year}
    assert chair.post(reverse("raise_action", args=[about]), asked | due).status_code == 302


def the_day(city, views: int) -> Day:
    day, because = Day(city, seed=7), {"why": "A child is in danger now", "happening": "In resus"}
    signed_in("nadia").post(reverse("child_emergency", args=[city["Zqaad"]]), because)
    raise_an_action()
    for turn, key in enumerate(SEATS):
        day.walk(key, views // len(SEATS) + (turn < views % len(SEATS)))
    return day


def test_in_a_short_day_each_child_shown_has_one_line(city):
    day = the_day(city, 150)
    assert not day.wrong, "\n".join(day.wrong)
    assert day.views == 150
    assert day.shown > 100


@pytest.mark.long
def test_in_a_day_of_2_000_views_each_child_shown_has_one_line(city):
    day = the_day(city, 2_000)
    assert not day.wrong, "\n".join(day.wrong)
    assert day.views == 2_000
    assert {name for name, times in day.pages.items() if times} >= SHOW_CHILDREN
