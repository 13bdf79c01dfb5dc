"""From a result to the agenda of the next session, and a facilitator's plans and papers, in a real browser."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from pypdf import PdfReader

from assessments.enums import WaveState
from assessments.models.instruments import InstrumentVersion
from assessments.models.waves import Wave
from tests.factories.assessments import NOW, make_wave
from tests.factories.dashboards import people_of_both, running, told_wave
from tests.factories.sessions import make_session

LAPTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
PICTURE = {"trust": 4, "conflict": 3, "commitment": 4, "accountability": 2, "results": 4}
both_sizes = pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["laptop", "phone"])


@pytest.fixture
def story(transactional_db, cast):
    """A running programme with a released wave and two sessions to come."""
    programme = running(cast)
    told_wave(programme, people_of_both(cast), PICTURE, days=(timezone.now() - NOW).days - 20, title="Midpoint")
    for days in (10, 40):
        make_session(programme, date=timezone.localdate() + timedelta(days=days), agenda="10am to 10.15am Welcome")
    return cast


@both_sizes
def test_a_result_becomes_work_in_one_click(story, viewport, new_page, sign_in, check_accessibility):
    page = new_page(viewport=viewport)
    sign_in(page, story.facilitator)
    wave = Wave.objects.get()
    page.goto(f"/programmes/{story.programme.pk}/results/{wave.pk}/")
    page.get_by_role("heading", name="Activities that fit this picture").scroll_into_view_if_needed()
    check_accessibility(page)

    page.get_by_role("button", name="Promise round").click()
    page.get_by_text("“Promise round” is on the agenda of").wait_for()

    page.get_by_role("link", name="See all activities, or choose another session").click()
    page.get_by_label("Which session is it for?").select_option(index=1)
    page.get_by_role("button", name="Choose").click()
    page.get_by_role("link", name="Trust", exact=True).click()
    check_accessibility(page)
    page.get_by_role("button", name="A walk in pairs").click()
    page.get_by_text("“A walk in pairs” is on the agenda of").wait_for()
    assert page.get_by_role("heading", name="For conflict").count() == 0

    soon, later = story.programme.sessions.order_by("date")
    assert soon.agenda.splitlines()[-1] == "10.15am to 10.35am Promise round (20 minutes)"
    assert later.agenda.splitlines()[-1] == "10.15am to 10.45am A walk in pairs (30 minutes)"
    page.goto(f"/programmes/{story.programme.pk}/sessions/{later.pk}/")
    page.get_by_text("A walk in pairs (30 minutes)").wait_for()
    check_accessibility(page)


@both_sizes
def test_three_questionnaires_are_planned(story, instruments, viewport, new_page, sign_in, check_accessibility):
    page = new_page(viewport=viewport)
    sign_in(page, story.facilitator)
    page.goto(f"/programmes/{story.programme.pk}/questionnaires/")
    page.get_by_role("link", name="Plan baseline, midpoint and end").click()
    check_accessibility(page)
    page.get_by_role("radio", name="Team dimensions").check()
    page.get_by_label("Title").fill("How we work together")
    page.get_by_label("Why people are asked").fill("To see what changes.")
    page.get_by_role("checkbox", name="Senior Managers").check()
    page.get_by_role("button", name="Save three drafts").click()

    for point in ("baseline", "midpoint", "end"):
        page.get_by_role("link", name=f"How we work together: {point}").wait_for()
    check_accessibility(page)


@both_sizes
def test_the_questions_are_printed_without_a_name(story, instruments, viewport, new_page, sign_in, check_accessibility):
    now = timezone.now()
    version = InstrumentVersion.objects.get(key="team_dimensions")
    wave = make_wave(
        story.programme, instrument_version=version, state=WaveState.OPEN, opened_at=now,
        closes_at=now + timedelta(days=9), teams=[story.managers],
    )  # fmt: skip
    page = new_page(viewport=viewport)
    sign_in(page, story.facilitator)
    page.goto(f"/programmes/{story.programme.pk}/questionnaires/{wave.pk}/")
    page.get_by_role("link", name="The questions on paper").click()
    check_accessibility(page)

    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    words = " ".join(" ".join(sheet.extract_text() for sheet in printed.pages).split())
    assert all(item.text in words for item in version.definition.items)
    assert "This paper is yours." in words
    assert "Please take no filled-in paper back" not in words
    assert story.facilitator.name not in words
