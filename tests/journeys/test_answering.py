"""Participants answer: on small phones, with and without script, through tunnels, on two devices, twice."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

import assessments
from assessments.enums import WaveState
from assessments.models.invitations import WaveInvitation
from assessments.models.responses import Response
from assessments.queries.answering import answers_given
from assessments.services.links import mint_link
from tests.factories.assessments import invite, make_instrument, make_wave
from tests.journeys.conftest import PHONE

CATALOGUE = Path(assessments.__file__).parent / "catalogue"
SMALL_PHONE = {"width": 320, "height": 568}


@pytest.fixture
def asked(cast):
    """Invites the participant to a questionnaire of the catalogue."""

    def ask(name: str = "team_dimensions") -> WaveInvitation:
        wave = make_wave(
            cast.programme,
            teams=[cast.managers],
            state=WaveState.OPEN,
            closes_at=timezone.now() + timedelta(days=4),
            instrument_version=make_instrument((CATALOGUE / f"{name}.yaml").read_text()),
        )
        return invite(wave, cast.participant_member)

    return ask


def start(page: Page, invitation: WaveInvitation) -> None:
    page.goto(mint_link(invitation))
    page.locator("main form button.cg-button--big").click()
    page.wait_for_url("**/answering/**")


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words).click()


def choose(page: Page, question: int, option: int) -> None:
    """Chooses the option of that number in the question of that number on the page, both counted from 1."""
    page.locator("[data-question]").nth(question - 1).locator("input[type=radio]").nth(option - 1).check()


def mark(page: Page, question: int):
    return page.locator("[data-question]").nth(question - 1).locator("[data-mark]")


@pytest.mark.parametrize(("script", "viewport"), [(True, PHONE), (False, SMALL_PHONE)])
def test_a_phone_answers_72_questions(new_page, asked, check_accessibility, script, viewport):
    invitation = asked("work_strengths")
    page = new_page(viewport=viewport, java_script_enabled=script, has_touch=True)
    page.goto(mint_link(invitation))
    if script:
        check_accessibility(page)
    press(page, "Start now")

    for number in range(1, 13):
        page.wait_for_url(f"**/page/{number}/")
        if script and number in (1, 12):
            check_accessibility(page)
        for question in range(1, 7):
            choose(page, question, 1 + (number + question) % 5)
        press(page, "Continue")
    page.wait_for_url("**/check/")
    expect(page.get_by_text("6 of 6 answered")).to_have_count(12)
    if script:
        check_accessibility(page)
    press(page, "Send my answers")

    expect(page.get_by_role("heading", name="Thank you. Your answers are sent.")).to_be_visible()
    expect(page.get_by_role("heading", name="Your own profile")).to_be_visible()
    if script:
        check_accessibility(page)
    assert len(answers_given(invitation)) == 72
    assert Response.objects.get().submitted_at is not None


def test_each_answer_is_saved_as_it_is_chosen(new_page, asked):
    invitation = asked()
    page = new_page(viewport=PHONE)
    start(page, invitation)

    choose(page, 1, 3)

    expect(mark(page, 1)).to_have_text("Saved")
    expect(page.get_by_role("status")).to_contain_text("1 of 5 on this page")
    assert answers_given(invitation)["trust_1"].value == 3


def test_after_the_browser_died_the_link_goes_on_where_it_stopped(new_page, asked):
    invitation = asked()
    page = new_page(viewport=PHONE)
    start(page, invitation)
    for question in range(1, 6):
        choose(page, question, 2)
    expect(mark(page, 5)).to_have_text("Saved")
    page.context.close()

    again = new_page(viewport=PHONE)
    start(again, invitation)

    again.wait_for_url("**/page/2/")


def test_without_a_connection_answers_wait_and_are_saved_later(new_page, asked):
    invitation = asked()
    page = new_page(viewport=PHONE)
    start(page, invitation)
    page.context.set_offline(True)

    choose(page, 1, 3)
    choose(page, 2, 4)
    expect(page.get_by_role("status")).to_contain_text("Not saved yet")
    assert answers_given(invitation) == {}

    page.context.set_offline(False)
    expect(mark(page, 1)).to_have_text("Saved")
    expect(mark(page, 2)).to_have_text("Saved")
    assert {key: given.value for key, given in answers_given(invitation).items()} == {"trust_1": 3, "trust_2": 4}


def test_answers_that_waited_survive_closing_the_page(new_page, asked):
    invitation = asked()
    page = new_page(viewport=PHONE)
    start(page, invitation)
    address = page.url
    page.context.set_offline(True)
    choose(page, 1, 3)
    expect(mark(page, 1)).to_have_text("Not saved yet")
    page.goto("about:blank")
    page.context.set_offline(False)

    page.goto(address)

    expect(mark(page, 1)).to_have_text("Saved")
    assert answers_given(invitation)["trust_1"].value == 3


def test_a_locked_down_browser_without_storage_saves_as_well(new_page, asked):
    invitation = asked()
    page = new_page(viewport=PHONE)
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('locked'); } })")
    start(page, invitation)

    choose(page, 1, 3)

    expect(mark(page, 1)).to_have_text("Saved")
    assert answers_given(invitation)["trust_1"].value == 3


def test_continue_without_a_connection_waits_instead_of_losing_the_page(new_page, asked):
    invitation = asked()
    page = new_page(viewport=PHONE)
    start(page, invitation)
    for question in range(1, 6):
        choose(page, question, 2)
    expect(mark(page, 5)).to_have_text("Saved")
    page.context.set_offline(True)
    choose(page, 5, 4)

    press(page, "Continue")
    expect(page.get_by_role("status")).to_contain_text("Not saved yet")
    page.context.set_offline(False)

    page.wait_for_url("**/page/2/")
    assert answers_given(invitation)["conflict_1"].value == 4


def test_the_last_device_wins_and_says_what_the_other_had(new_page, asked):
    invitation = asked()
    phone, laptop = new_page(viewport=PHONE), new_page()
    start(phone, invitation)
    start(laptop, invitation)

    choose(phone, 1, 2)
    expect(mark(phone, 1)).to_have_text("Saved")
    choose(laptop, 1, 5)

    expect(laptop.get_by_text("You had answered “Rarely” on another device meanwhile.")).to_be_visible()
    assert answers_given(invitation)["trust_1"].value == 5


def test_a_double_tap_sends_once_and_leaves_nothing_in_the_browser(new_page, asked):
    invitation = asked()
    page = new_page(viewport=PHONE)
    start(page, invitation)
    choose(page, 1, 2)
    expect(mark(page, 1)).to_have_text("Saved")
    page.evaluate("id => localStorage.setItem(`answers-waiting-${id}`, '{}')", str(invitation.pk))
    page.goto(f"/answering/{invitation.pk}/check/")

    page.get_by_role("button", name="Send my answers").dblclick()

    page.wait_for_url("**/done/")
    expect(page.get_by_role("heading", name="Thank you. Your answers are sent.")).to_be_visible()
    page.wait_for_function("localStorage.length === 0")
    assert Response.objects.filter(submitted_at__isnull=False).count() == 1


def test_the_keyboard_alone_is_enough(new_page, asked):
    invitation = asked()
    page = new_page()
    start(page, invitation)

    page.locator("input[type=radio]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")

    expect(page.locator("[name=was-trust_1]")).to_have_value("2")
    assert answers_given(invitation)["trust_1"].value == 2
    assert page.url.endswith("/page/1/")


def test_missed_questions_are_shown_and_lead_to_the_first_radio(new_page, asked, check_accessibility):
    page = new_page(viewport=PHONE)
    start(page, asked())
    choose(page, 1, 1)
    press(page, "Continue")

    notice = page.locator(".cg-missed")
    expect(notice).to_contain_text("4 questions have no answer yet")
    expect(notice).to_be_focused()
    check_accessibility(page)
    notice.get_by_role("link").first.click()
    expect(page.locator("#q-trust_2_0")).to_be_focused()


def test_start_closed_and_unknown_pages_are_accessible(new_page, asked, check_accessibility):
    page = new_page(viewport=SMALL_PHONE)
    invitation = asked()
    path = mint_link(invitation)
    invitation.wave.closes_at = timezone.now() - timedelta(minutes=1)
    invitation.wave.save()

    for address in (path, "/answer/" + "A" * 32 + "/"):
        page.goto(address)
        check_accessibility(page)
