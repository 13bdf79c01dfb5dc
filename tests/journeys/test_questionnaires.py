"""A facilitator asks the teams, and brings in a licensed provider's results, in a real browser."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.models.licensed_results import LicensedResult
from assessments.models.waves import Wave
from assessments.services.licensed_results import enter_result
from programme.models.deliveries import Delivery
from tests.factories.assessments import SMALL_QUESTIONNAIRE, make_instrument, make_licensed_instrument, make_people
from tests.factories.programme import Cast

PHONE = {"width": 390, "height": 844}
RESULTS = "Name\tCourage\tCalm\tCommon Sense\tSelf-belief\tSignificant\nPat Participant\t9,5\t8\t1\t2\tCalm; Courage"


@pytest.fixture
def people(live_site):
    cast = Cast()
    make_instrument()
    make_people(cast.programme, 5, organisation=cast.council, team=cast.managers)
    make_people(cast.programme, 5, organisation=cast.nhs, team=cast.managers)
    return cast


def draft_one(page, check_accessibility):
    page.get_by_role("navigation", name="Programme").get_by_role("link", name="Questionnaires").click()
    check_accessibility(page)
    page.get_by_role("link", name="New questionnaire").click()
    check_accessibility(page)
    page.get_by_label("Small check").check()
    page.get_by_label("Title").fill("How we work")
    page.get_by_label("Why people are asked").fill("To see where we stand.")
    page.get_by_role("button", name="Save the draft").click()
    check_accessibility(page)  # “Choose at least one team”
    page.get_by_label("Senior Managers (11 people)").check()
    page.get_by_role("button", name="Save the draft").click()


@pytest.mark.parametrize(
    "options", [{}, {"viewport": PHONE}, {"java_script_enabled": False}], ids=["laptop", "phone", "no script"]
)
def test_from_a_draft_to_a_reminder(people, new_page, sign_in, check_accessibility, options):
    page = new_page(**options)
    check = check_accessibility if options.get("java_script_enabled", True) else lambda page: None
    sign_in(page, people.facilitator)
    draft_one(page, check)
    check(page)
    for link in ("All the questions", "The mails people get"):
        page.get_by_role("link", name=link).click()
        check(page)
        page.get_by_role("link", name="Back", exact=True).click()
    page.get_by_role("link", name="Open …").click()
    check(page)
    page.get_by_role("button", name="Open and mail 11 people").click()
    check(page)
    assert page.get_by_text("11 people will be mailed now.").is_visible()
    assert Delivery.objects.count() == 11

    page.get_by_role("link", name="Remind those who have not finished").click()
    check(page)
    page.get_by_role("button", name="Send 11 reminders").click()
    assert page.get_by_text("11 reminders are on their way.").is_visible()

    page.get_by_role("link", name="Close it early").click()
    check(page)
    page.get_by_role("button", name="Close it now").click()
    check(page)
    assert Wave.objects.get().closed_at - timezone.now() < timedelta(minutes=1)


def test_results_of_a_provider_are_pasted_checked_and_saved(people, page, sign_in, check_accessibility):
    make_licensed_instrument()
    sign_in(page, people.facilitator)
    page.get_by_role("navigation", name="Programme").get_by_role("link", name="Questionnaires").click()
    page.get_by_role("link", name="Results of licensed providers").click()
    check_accessibility(page)
    page.get_by_role("link", name="Import results").click()
    page.get_by_label("Wide strengths results").check()
    page.get_by_label("Or paste the rows").fill(RESULTS + "\nNobody\t1\t2\t3\t4\t")
    check_accessibility(page)
    page.get_by_role("button", name="Check the results").click()
    check_accessibility(page)
    page.get_by_role("button", name="Save the results of 1 person").click()
    check_accessibility(page)
    assert LicensedResult.objects.get().member == people.participant_member

    page.get_by_role("link", name="Type in one person").click()
    page.get_by_label("Wide strengths results").check()
    page.get_by_label("Person").select_option("Eve Executive")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Save the results").click()
    check_accessibility(page)
    for name in ("Courage", "Calm", "Common Sense", "Self-belief"):
        page.get_by_label(name, exact=True).fill("5,5")
    page.get_by_role("button", name="Save the results").click()
    assert page.get_by_text("The results of Eve Executive are saved.").is_visible()


def test_a_participant_shares_a_profile(people, new_page, sign_in, check_accessibility):
    enter_result(
        people.participant_member,
        actor=people.facilitator,
        at=timezone.now(),
        instrument_version=make_licensed_instrument(),
        scores={"courage": 9.5, "calm": 1, "common_sense": 2, "self_belief": 3},
        significant=["courage", "calm"],
    )
    page = new_page(viewport=PHONE)
    sign_in(page, people.participant)
    page.goto(f"/programmes/{people.programme.pk}/my-profile/")
    check_accessibility(page)
    page.get_by_text("All scales").click()
    page.get_by_role("button", name="Share my strengths profile").click()
    check_accessibility(page)

    facilitator = new_page()
    sign_in(facilitator, people.facilitator)
    facilitator.goto(f"/programmes/{people.programme.pk}/profiles/{people.participant_member.pk}/")
    check_accessibility(facilitator)
    assert facilitator.get_by_role("heading", name="Strengths of Pat Participant").is_visible()


def test_an_administrator_loads_an_instrument(people, page, sign_in, check_accessibility):
    sign_in(page, people.administrator)
    page.goto("/instruments/")
    check_accessibility(page)
    page.get_by_role("link", name="Load an instrument").click()
    page.get_by_label("Or the definition as text").fill(SMALL_QUESTIONNAIRE.replace("kind: text", "kind: riddle"))
    page.get_by_role("button", name="Check and preview").click()
    check_accessibility(page)
    assert page.get_by_text("Line 24, items[5].kind").is_visible()
    page.get_by_label("Or the definition as text").fill(SMALL_QUESTIONNAIRE.replace('"1.0"', '"2.0"'))
    page.get_by_role("button", name="Check and preview").click()
    check_accessibility(page)
    page.get_by_role("button", name="Load it").click()
    check_accessibility(page)
    assert page.get_by_role("heading", name="Small check").is_visible()
