"""First pages in a real browser: one screen, one printed page, and nothing that axe-core objects to."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from pypdf import PdfReader

from assessments.enums import WavePoint
from sessions.enums import Dimension
from tests.factories.assessments import NOW
from tests.factories.dashboards import fill, people_of_both, running, told_wave
from tests.factories.sessions import make_commitment, make_decision, make_session

HEADINGS_TOO_WIDE = """() => [...document.querySelectorAll(".cg-fig thead th.c-now")]
    .filter(heading => heading.scrollWidth > heading.clientWidth).map(heading => heading.innerText)"""
LAPTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture
def story(transactional_db, cast):
    """A programme in its middle with two released waves, sessions, commitments and decisions."""
    programme, today = running(cast), timezone.localdate()
    now = (timezone.now() - NOW).days
    people = people_of_both(cast)
    told_wave(programme, people, dict.fromkeys(Dimension.values, 3), days=now - 200)
    risen = {**dict.fromkeys(Dimension.values, 4), "accountability": 3}
    told_wave(programme, people, risen, days=now - 20, point=WavePoint.MIDPOINT)
    for days in (-100, -10, 10):
        make_session(programme, date=today + timedelta(days=days), teams=[cast.executives, cast.managers])
    make_commitment(cast.participant_member, due_on=today - timedelta(days=3))
    for title in ("Host of the January follow-up", "Publishing the case study"):
        make_decision(programme, title=title, due_on=today + timedelta(days=9))
    return cast


def test_executive_sees_everything_on_one_screen_and_prints_it_on_one_page(story, page, sign_in, check_accessibility):
    page.set_viewport_size(LAPTOP)
    sign_in(page, story.executive)
    page.wait_for_selector("text=Four of five dimensions are up in both organisations.")
    page.reload()  # without the greeting of the sign-in

    decisions = page.locator("#h-ask").locator("xpath=ancestor::section").bounding_box()
    assert decisions["y"] + decisions["height"] <= LAPTOP["height"]
    check_accessibility(page)

    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(printed.pages) == 1
    assert printed.pages[0].mediabox.width > printed.pages[0].mediabox.height


@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["laptop", "phone"])
@pytest.mark.parametrize("who", ["facilitator", "executive", "participant"])
def test_first_pages_are_accessible(cast, who, viewport, new_page, sign_in, check_accessibility):
    fill(cast, 2)
    page = new_page(viewport=viewport)
    sign_in(page, getattr(cast, who))
    page.wait_for_selector("main h1")

    check_accessibility(page)


@pytest.mark.parametrize("who", ["facilitator", "executive"])
def test_long_names_of_organisations_fit_a_phone(story, who, new_page, sign_in, check_accessibility):
    for organisation, name in (
        (story.council, "Westmoor and Harbour Council, Adult Care"),
        (story.nhs, "Tamar Valley NHS Foundation Trust"),
    ):
        organisation.short_name = name
        organisation.save()
    page = new_page(viewport=PHONE)
    sign_in(page, getattr(story, who))
    page.wait_for_selector("main h1")
    check_accessibility(page)
    assert page.evaluate(HEADINGS_TOO_WIDE) == []

    page.get_by_role("link", name="Results", exact=True).click()
    page.locator("main ul a, main a.govuk-link").first.click()
    check_accessibility(page)
    assert page.evaluate(HEADINGS_TOO_WIDE) == []
