"""A real browser on a real server. `page` refuses script errors, policy violations and foreign requests by itself."""

import os
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.factories.programme import PASSWORD

AXE = (Path(__file__).parent.parent / "vendor/axe-core-4.14.1/axe.min.js").read_text()
PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 800}


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser():
    # Playwright keeps an event loop in this thread, and Django would take that for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )


@pytest.fixture
def live_site(transactional_db, live_server, settings) -> str:
    """The address of the running site; mailed links lead there too."""
    settings.SITE_URL = live_server.url
    return live_server.url


@pytest.fixture
def new_page(browser: Browser, live_site: str):
    """Opens a page in a browser of its own; anything the page complains of fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def make(*, viewport: dict = LAPTOP, **options) -> Page:
        context = browser.new_context(viewport=viewport, base_url=live_site, locale="en-GB", **options)
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if _is_complaint(message) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request", lambda request: complaints.append(request.url) if _is_foreign(request.url, live_site) else None
        )
        return page

    yield make
    for context in contexts:
        # Captured, and shown where a journey failed: where it stood and what could have been done there.
        for page in context.pages:
            sys.stdout.write(f"\n{page.url}\n{page.locator('main').aria_snapshot()}\n")
        context.close()
    assert complaints == []


@pytest.fixture
def page(new_page) -> Page:
    return new_page()


@pytest.fixture
def sign_in(live_site: str):
    """Signs somebody in as a person would, with e-mail address and password."""

    def do(page: Page, user, password: str = PASSWORD) -> None:
        page.goto("/accounts/login/")
        page.get_by_label("Email").fill(user.email)
        page.get_by_label("Password", exact=True).fill(password)
        page.get_by_role("button", name="Sign in", exact=True).click()

    return do


@pytest.fixture
def check_accessibility():
    """axe-core finds nothing on the page, and the page does not scroll sideways."""

    def check(page: Page) -> None:
        page.evaluate(AXE)
        found = page.evaluate("async () => (await axe.run(document)).violations")
        told = [f"{page.url}: {rule['id']} {[node['html'][:200] for node in rule['nodes']]}" for rule in found]
        assert told == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
            f"{page.url} scrolls sideways"
        )

    return check


def _is_complaint(message) -> bool:
    # A refused form or a 404 that a journey provokes is not the page's fault.
    return message.type in {"error", "warning"} and "Failed to load resource" not in message.text


def _is_foreign(url: str, live_site: str) -> bool:
    return not url.startswith((live_site, "data:", "blob:"))
