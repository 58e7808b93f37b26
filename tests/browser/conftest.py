"""A real browser for tests, and the questions that every page is asked in it.

`browser_page` is a page at a desk, `at_320` on a small phone, `without_script` where JavaScript is off.
Each fails its test when a script breaks, the content policy is broken or another machine is asked.
"""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

# Playwright's loop runs in this thread, and Django's live server shares the tests' database on purpose.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"),
]
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}


@pytest.fixture(scope="session", autouse=True)
def static_files_come_as_a_real_server_sends_them() -> Iterator[None]:
    """Through our middleware with its headers: the tests' own server would send them past it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "_should_handle", lambda self, path: False)
        yield


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The Chromium on the path, else Playwright's own."""
    with sync_playwright() as playwright:
        found = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield browser
        browser.close()


def watched(context: BrowserContext) -> tuple[Page, list[str]]:
    """A page, and the list of what went wrong on it while nobody was looking."""
    page, wrong = context.new_page(), []
    page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    page.on("console", lambda said: "Content Security Policy" in said.text and wrong.append(said.text))
    page.on("request", lambda asked: wrong.extend(foreign(asked.url)))
    return page, wrong


def foreign(address: str) -> list[str]:
    """The address, if it is on another machine than this one."""
    ours = ("http://localhost:", "http://127.0.0.1:", "data:", "blob:", "about:")
    return [] if address.startswith(ours) else [f"asked another machine: {address}"]


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages with the context options given; looks at the end at what went wrong on each."""
    contexts, faults = [], []

    def opened(**options: object) -> Page:
        context = chromium.new_context(locale="en-GB", timezone_id="Europe/London", **options)
        contexts.append(context)
        page, wrong = watched(context)
        faults.append(wrong)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [fault for wrong in faults for fault in wrong] == []


@pytest.fixture
def browser_page(open_page: Callable[..., Page]) -> Page:
    """A page at a desk, 1280 pixels wide."""
    return open_page(viewport=DESK)


@pytest.fixture
def at_320(open_page: Callable[..., Page]) -> Page:
    """A page on a small phone, 320 pixels wide, pressed with a thumb."""
    return open_page(viewport=PHONE, has_touch=True)


@pytest.fixture
def without_script(open_page: Callable[..., Page]) -> Page:
    """A page at a desk where JavaScript is off."""
    return open_page(viewport=DESK, java_script_enabled=False)


@pytest.fixture
def sign_in(live_server: object) -> Callable[[Page, AbstractBaseUser], None]:
    """Signs a practitioner in on a page, without the sign-in page."""

    def signed_in(page: Page, user: AbstractBaseUser) -> None:
        client = Client()
        client.force_login(user)
        cookie = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])

    return signed_in


@pytest.fixture(scope="session")
def axe_clean() -> Callable[[Page], None]:
    """Fails with each rule broken and where, on the page as it stands."""

    def clean(page: Page) -> None:
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": AXE_RULES}}).response["violations"]
        broken = [f"{rule['id']}: {rule['help']}: {node['html']}" for rule in found for node in rule["nodes"]]
        assert not broken, "\n".join(broken)

    return clean


@pytest.fixture(scope="session")
def no_sideways_scroll() -> Callable[[Page], None]:
    """Fails when anything on the page is wider than the window."""

    def none(page: Page) -> None:
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{page.url} scrolls {wide} pixels sideways"

    return none
