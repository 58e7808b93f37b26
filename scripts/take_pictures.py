"""Takes the pictures of the documentation from the running demo: `make demo`, then `make pictures`."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]


def be(page: Page, address: str, name: str) -> None:
    """Becomes one of the demo's people."""
    page.goto(f"{address}/demo/be-someone/")
    page.get_by_role("button", name=f"Be {name}").click()


def take(page: Page, address: str) -> None:
    """The front-door worker's child, its timeline open, and the chair's briefing."""
    be(page, address, "Maya")
    page.get_by_role("search").get_by_role("searchbox").fill("kai")
    page.get_by_role("search").get_by_role("button").click()
    page.get_by_role("main").get_by_role("link", name="Open").first.click()
    page.get_by_role("main").get_by_role("link", name="Timeline").first.click()
    page.screenshot(path=PICTURES / "child.png")
    be(page, address, "Ellen")
    page.goto(f"{address}/briefing/")
    page.screenshot(path=PICTURES / "briefing.png")


def main(address: str) -> None:
    """Pictures of a page at a desk, 1280 by 900."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        take(browser.new_page(viewport={"width": 1280, "height": 900}, locale="en-GB"), address)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
