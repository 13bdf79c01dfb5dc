"""Sessions in a real browser: planned on a laptop, replied to and registered on a phone, read on any screen."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from sessions.enums import Attendance, Reply, SessionMode
from sessions.models.sessions import Session
from tests.factories.programme import make_member
from tests.factories.sessions import make_commitment, make_decision, make_session
from tests.journeys.conftest import LAPTOP, PHONE

SMALL_PHONE = {"width": 320, "height": 568}
TODAY = timezone.localdate()


@pytest.fixture
def programme(cast):
    """A programme that runs today, with a session held, one next week, a promise and a question."""
    cast.programme.starts_on, cast.programme.ends_on = TODAY - timedelta(days=200), TODAY + timedelta(days=200)
    cast.programme.save()
    people = [cast.participant_member, cast.executive_member]
    people += [
        make_member(cast.programme, organisation=organisation, team=cast.managers)
        for organisation in (cast.council, cast.nhs)
    ]
    facts = {"teams": [cast.managers], "agenda": "10am Welcome\n10.30am Promises", "purpose": "To meet again"}
    held = make_session(cast.programme, title="Held", date=TODAY - timedelta(days=7), people=people, **facts)
    coming = make_session(
        cast.programme,
        title="Next week",
        date=TODAY + timedelta(days=7),
        people=people,
        invited_at=timezone.now(),
        mode=SessionMode.HYBRID,
        link="https://video.example.org/abc",
        **facts,
    )
    make_commitment(cast.participant_member, session=held, carried_to=coming, due_on=TODAY - timedelta(days=1))
    make_commitment(cast.participant_member, session=held, done_on=TODAY)
    make_decision(cast.programme, session=coming, due_on=TODAY + timedelta(days=20))
    cast.held, cast.coming = held, coming
    return cast


def at(name: str, cast, **kwargs) -> str:
    return reverse(f"sessions:{name}", kwargs={"programme_id": cast.programme.pk, **kwargs})


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


@pytest.mark.parametrize("viewport", [LAPTOP, PHONE, SMALL_PHONE], ids=["laptop", "phone", "small phone"])
def test_every_page_is_accessible_and_fits(programme, new_page, sign_in, check_accessibility, viewport):
    coming, held = programme.coming.pk, programme.held.pk
    place = programme.coming.invitations.first().pk
    pages = {
        programme.facilitator: [
            at("session_list", programme),
            at("session_new", programme),
            at("session_detail", programme, session_id=coming),
            at("session_edit", programme, session_id=coming),
            at("session_cancel", programme, session_id=coming),
            at("session_people", programme, session_id=held),
            at("invitation_remove", programme, session_id=coming, invitation_id=place),
            at("register", programme, session_id=held),
            at("commitment_list", programme),
            at("commitment_new", programme),
            at("decision_list", programme),
        ],
        programme.executive: [
            at("session_list", programme),
            at("session_detail", programme, session_id=coming),
            at("commitment_list", programme),
            at("decision_detail", programme, decision_id=programme.programme.decisions.get().pk),
        ],
        programme.participant: [
            at("session_list", programme),
            at("session_detail", programme, session_id=coming),
            at("reply", programme, session_id=coming),
            at("commitment_list", programme),
        ],
    }
    for person, addresses in pages.items():
        page = new_page(viewport=viewport)
        sign_in(page, person)
        for address in addresses:
            page.goto(address)
            check_accessibility(page)


def test_a_facilitator_plans_past_a_warning(programme, page, sign_in, check_accessibility):
    day = programme.coming.date
    sign_in(page, programme.facilitator)
    page.goto(at("session_list", programme))
    page.get_by_role("link", name="Plan a session").click()
    press(page, "Plan it and invite")
    expect(page.get_by_role("alert")).to_contain_text("Enter a title")
    check_accessibility(page)

    page.get_by_label("Title").fill("A second meeting")
    for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        page.get_by_label(label, exact=True).fill(str(value))
    page.get_by_label("From", exact=True).fill("11am")
    page.get_by_label("To", exact=True).fill("1pm")
    page.get_by_role("radio", name="By video", exact=True).check()
    page.get_by_label("Senior Managers", exact=True).check()
    page.wait_for_timeout(1100)  # a second press within a second counts as the first
    press(page, "Plan it and invite")
    expect(page.get_by_text("are invited to “Next week” at that time")).to_be_visible()
    check_accessibility(page)

    page.wait_for_timeout(1100)
    press(page, "Plan it anyway and invite")
    expect(page.get_by_role("heading", level=1)).to_have_text("A second meeting")
    expect(page.get_by_text("3 people on the list")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_attendance_is_two_taps_on_a_phone(programme, new_page, sign_in, script):
    page = new_page(viewport=PHONE, java_script_enabled=script, has_touch=True)
    sign_in(page, programme.facilitator)
    page.goto(at("session_list", programme))

    page.get_by_role("link", name=re.compile("^Take attendance")).tap()
    page.get_by_role("button", name="Everybody was there, all 4").tap()

    expect(page.get_by_role("status")).to_contain_text("4 of 4 people were there")


def test_single_people_are_marked_with_a_thumb(programme, new_page, sign_in):
    page = new_page(viewport=PHONE, has_touch=True)
    sign_in(page, programme.facilitator)
    page.goto(at("register", programme, session_id=programme.held.pk))
    row = page.get_by_role("group", name="Pat Participant")
    choice = row.get_by_role("radio", name="Apologies")

    assert choice.bounding_box()["height"] >= 44
    choice.tap()
    press(page, "Save the register")

    expect(page.get_by_role("status")).to_contain_text("3 not marked yet")
    assert programme.held.invitations.get(member=programme.participant_member).attendance == Attendance.APOLOGIES


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_participant_replies_on_a_phone(programme, new_page, sign_in, script):
    page = new_page(viewport=PHONE, java_script_enabled=script)
    sign_in(page, programme.participant)
    page.goto(at("reply", programme, session_id=programme.coming.pk))

    page.get_by_role("radio", name="Yes, I am coming").check()
    press(page, "Send my reply")

    expect(page.get_by_text("You are coming.")).to_be_visible()
    assert programme.coming.invitations.get(member=programme.participant_member).reply == Reply.COMING


def test_the_way_to_a_mailed_page_leads_through_signing_in(programme, page):
    page.goto(at("reply", programme, session_id=programme.coming.pk))
    page.get_by_label("Email").fill(programme.participant.email)
    page.get_by_label("Password", exact=True).fill("correct horse battery")
    press(page, "Sign in")

    expect(page.get_by_text("Are you coming?").first).to_be_visible()


def test_a_session_is_cancelled_after_its_consequence_was_read(programme, page, sign_in):
    sign_in(page, programme.facilitator)
    page.goto(at("session_detail", programme, session_id=programme.coming.pk))
    page.get_by_role("link", name="Cancel it").click()
    expect(page.get_by_text("4 people have been invited.")).to_be_visible()

    press(page, "Cancel the session")

    expect(page.get_by_role("status")).to_contain_text("people are told by mail")
    assert Session.objects.get(pk=programme.coming.pk).is_cancelled
