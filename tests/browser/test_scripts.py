"""Words that try to run: stored in every text field, shown on every page, sent in every form, and never run."""

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import count

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from alongside.contributions.actions import accept
from alongside.contributions.kinds import kinds
from alongside.flow import follow_pending
from alongside.people.models import AgencyRecord, Person
from tests.crawl import walk

from .payloads import PAYLOADS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("agencies")]
LISTENS = """
window.ran = () => console.log("RAN");
window.alert = window.ran;
addEventListener("securitypolicyviolation", (event) => console.log("VIOLATES", event.violatedDirective, event.sample));
"""
TYPE_IN_EVERY_FIELD = """(words) => {
  const types = ["text", "search", "email", "password"].map((type) => `input[type=${type}]`);
  const typed = [...types, "input:not([type])", "textarea"].join();
  const form = [...document.querySelectorAll("main form")].find((one) => one.querySelector(typed));
  if (!form) return false;
  form.noValidate = true;
  for (const field of form.querySelectorAll(typed)) { field.removeAttribute("maxlength"); field.value = words; }
  for (const box of form.querySelectorAll("input[type=radio], input[type=checkbox]")) box.checked = true;
  const button = form.querySelector("button[name]");
  const pressed = button && { type: "hidden", name: button.name, value: button.value };
  if (pressed) form.append(Object.assign(document.createElement("input"), pressed));
  form.dataset.filled = "yes";
  return true;
}"""
# Past every script of ours, as a browser without them would.
SENDS_IT = "HTMLFormElement.prototype.submit.call(document.querySelector('form[data-filled]'))"
PERSON = ("given_name", "family_name", "likes_to_be_called", "language", "trusted_person", "strengths", "parents")
OF_A_CHILD = ("child", "child_timeline", "child_records", "child_looked")
SEEKS = "main input[name=q]"
SHORT = 40
TOGETHER = 25
turn = count(1)


def told(payload: str, number: int) -> dict[str, object]:
    """Something of one kind, with the payload as the value of every field that takes words."""
    kind = list(kinds().values())[number % len(kinds())]
    envelope = {**kind.example, "kind": kind.key, "narrative": payload, "place": {"name": payload}, "handling": "team"}
    envelope["source"] = {**kind.example["source"], "reference": f"X-{number}"}
    envelope["occurred_at"] = (timezone.now() - timedelta(hours=3 + number % 40)).isoformat()
    envelope.pop("reported_at", None)
    words = {field.key: payload for field in kind.fields if field.type in ("text", "long_text", "words")}
    envelope["details"] = {**kind.example.get("details", {}), **words}
    person = {"role": kind.roles[0], "reference": f"P-{number}", "aliases": [payload], "childs_words": payload}
    envelope["people"] = [person | dict.fromkeys(PERSON, payload[:120])]
    return envelope


def keep(payloads: list[str]) -> list[str]:
    """Has partners tell them; gives the references of the children that came of it."""
    before = set(Person.objects.values_list("pk", flat=True))
    for payload in payloads:
        number = next(turn)
        envelope = told(payload, number)
        (verdict,) = accept([envelope], by="tests", at=timezone.now())
        for problem in verdict.problems:
            field = problem.field.split(".")
            (envelope["details"] if field[0] == "details" else envelope["people"][0]).pop(field[-1], None)
        if verdict.problems:
            (verdict,) = accept([envelope], by="tests", at=timezone.now())
        assert verdict.problems == (), verdict.problems
    while follow_pending(at=timezone.now()):
        pass
    return list(Person.objects.exclude(pk__in=before).values_list("reference", flat=True))


def addresses(user: object, children: list[str]) -> Iterator[str]:
    client = Client()
    client.force_login(user)
    yield from (visit.address for visit in walk(client) if visit.is_html)
    yield from (reverse(name, args=[reference]) for name in OF_A_CHILD for reference in children)


def look(page: Page, address: str) -> None:
    page.goto(address, wait_until="load")


def seek(page: Page, server: str, payload: str) -> int:
    """What is found by these words, where this reader may look for a child. Gives how many pages that opened."""
    look(page, server + reverse("find"))
    if not page.query_selector(SEEKS):
        return 0
    page.fill(SEEKS, payload)
    with page.expect_navigation(url=re.compile(reverse("find") + r"[\w-]+/$")):
        page.press(SEEKS, "Enter")
    return 1


def opened_as(page: Page, user: object, server: str, sign_in: object, children: list[str], payloads: list[str]) -> int:
    """Opens everything and sends every form once. Gives how many pages were opened."""
    opened = 0
    sign_in(page, user)
    found = sum(seek(page, server, payload) for payload in payloads[:3])
    for address in list(addresses(user, children)):
        look(page, server + address)
        opened += 1
        if page.evaluate(TYPE_IN_EVERY_FIELD, payloads[opened % len(payloads)]):
            with page.expect_navigation():
                page.evaluate(SENDS_IT)
            sign_in(page, user)
    return opened + found


@pytest.fixture
def heard(browser_page: Page) -> list[str]:
    """What was run or forbidden on the page, from now on."""
    said: list[str] = []
    browser_page.add_init_script(LISTENS)
    browser_page.on("console", lambda line: said.append(line.text) if line.text.startswith(("RAN", "VIOL")) else None)
    browser_page.on("dialog", lambda dialog: (said.append(f"dialog {dialog.message}"), dialog.dismiss()))
    return said


def test_the_ears_of_this_test_hear(live_server, browser_page, heard):
    look(browser_page, live_server.url + reverse("help"))
    browser_page.evaluate("window.ran()")
    assert heard == ["RAN"]


def test_some_words_that_try_to_run_do_not(live_server, browser_page, sign_in, maya, heard):
    some = PAYLOADS[:: len(PAYLOADS) // SHORT]
    children = keep(some)
    assert opened_as(browser_page, maya, live_server.url, sign_in, children[:4], some) > 20
    assert heard == []


@pytest.mark.long
@pytest.mark.parametrize("batch", range(0, len(PAYLOADS), TOGETHER))
def test_no_words_that_try_to_run_do(live_server, browser_page, sign_in, request, heard, batch):
    some = PAYLOADS[batch : batch + TOGETHER]
    children = keep(some)
    for who in ("maya", "grace", "priya"):
        opened_as(browser_page, request.getfixturevalue(who), live_server.url, sign_in, children, some)
    assert heard == []


def test_there_are_five_hundred():
    assert len(set(PAYLOADS)) >= 500


NAMES = [
    *("O'Brien", "Null", "null", "None", "ناديا", "\u200bZe\u200dro", "\u202eEvil", "D’Arcy & Söhne", "Ọlámidé"),
    "<b>Bold</b>",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_kept_byte_for_byte_and_shown(live_server, browser_page, sign_in, maya, name):
    envelope = told("A note.", 5)
    envelope["people"] = [
        {"role": envelope["people"][0]["role"], "reference": "P", "given_name": name, "family_name": "X"}
    ]
    (verdict,) = accept([envelope], by="tests", at=timezone.now())
    assert verdict.problems == ()
    while follow_pending(at=timezone.now()):
        pass
    record = AgencyRecord.objects.get(reference="P")
    assert record.given_name == name
    sign_in(browser_page, maya)
    look(browser_page, live_server.url + reverse("child_records", args=[record.person.reference]))
    assert name in browser_page.evaluate("document.querySelector('main').textContent")
