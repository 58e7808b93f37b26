"""Walks through the pages as one person would: every address that needs nothing more, then what those pages link to."""

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from tests.house.tracked import pages

# Of pages that differ only in whose they are, this many are opened.
OF_ONE_NAME = 3
# Answers to actions, not pages: they take a POST.
ACTIONS = {"sign_out", "stay_signed_in", "link_undo", "import_take_in", "child_number", "copies_seen_to"}
ACTIONS |= {"sign_in_passkey", "recovery_codes", "end_session", "end_other_sessions", "take_factor_away"}
XHTML = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True)
class Visit:
    """One page as it was answered."""

    name: str
    address: str
    answer: HttpResponse

    @property
    def is_html(self) -> bool:
        return self.answer.status_code == 200 and self.answer["Content-Type"].startswith("text/html")

    @cached_property
    def parsed(self) -> tuple[Element, list[str]]:
        """The page as a browser reads it, and what a browser has to guess at."""
        parser = html5lib.HTMLParser()
        tree = parser.parse(self.answer.content, transport_encoding="utf-8")
        return tree, [f"{self.address}: line {place[0]}: {code} {facts}" for place, code, facts in parser.errors]

    @property
    def mistakes(self) -> list[str]:
        return self.parsed[1]

    @property
    def links(self) -> Iterator[str]:
        for link in self.parsed[0].iter(f"{XHTML}a"):
            if (target := link.get("href")) and not urlsplit(target).scheme:
                yield urlsplit(urljoin(self.address, target))._replace(fragment="").geturl()


def name_of(address: str) -> str:
    """The name of the page at this address, or "" where there is none."""
    try:
        return resolve(urlsplit(address).path).url_name or ""
    except Resolver404:
        return ""


def plain_addresses() -> list[str]:
    """Every page that needs nothing more to be opened."""
    found = set()
    for _, pattern in pages():
        try:
            found.add(reverse(pattern.name))
        except NoReverseMatch:
            continue
    return sorted(found)


def walk(client: Client, *, also: Iterable[str] = ()) -> Iterator[Visit]:
    """Every page that this client comes to, beginning with every plain one and `also`. A page that is named but not
    there comes with an empty name."""
    named = set(also)
    waiting, seen, often = deque([*plain_addresses(), *sorted(named)]), set(), Counter()
    while waiting:
        address = waiting.popleft()
        name = name_of(address)
        if address in seen or name in ACTIONS or (often[name] >= OF_ONE_NAME and address not in named):
            continue
        seen.add(address)
        often[name] += 1
        visit = Visit(name, address, client.get(address))
        yield visit
        visit.answer.close()
        if visit.is_html:
            waiting.extend(visit.links)
