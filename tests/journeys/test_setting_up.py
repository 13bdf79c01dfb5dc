"""From an invitation to a programme with people in it, as a facilitator goes through it."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from programme.enums import DeliveryPurpose, DeliveryState, Role
from programme.mail import write_account_invitation
from programme.models.deliveries import Delivery
from programme.models.programmes import Programme
from programme.services import accounts, deliveries
from tests.factories.programme import make_member, make_organisation, make_user
from tests.journeys.conftest import LAPTOP, PHONE


@pytest.mark.parametrize(("viewport", "script"), [(LAPTOP, True), (PHONE, True), (PHONE, False)])
def test_an_invited_facilitator_sets_up_a_programme(cast, live_site, new_page, check_accessibility, viewport, script):
    page = new_page(viewport=viewport, java_script_enabled=script)
    look = check_accessibility if script else _leave_alone

    page.goto(_mailed_link(cast.administrator))
    look(page)
    page.get_by_label("Full name").fill("Nia New")
    page.get_by_label("Password", exact=True).fill("three quiet lamps")
    page.get_by_role("button", name="Set up my account").click()
    page.get_by_text("Welcome, Nia New.").wait_for()
    look(page)

    page.get_by_role("link", name="Set up a programme").click()
    _name_the_programme(page, look)
    page.get_by_role("link", name="Partner organisations").click()
    for name, kind in (("Westshire Council", "Council"), ("Harbour NHS Trust", "NHS body")):
        page.get_by_role("link", name="Add a new organisation").click()
        page.get_by_label("Name", exact=True).fill(name)
        page.get_by_label("Short name").fill(name.split()[0])
        page.get_by_label(kind, exact=True).check()
        look(page)
        page.get_by_role("button", name="Save").click()
    look(page)
    page.get_by_role("link", name="Done", exact=True).click()
    page.get_by_role("link", name="Teams", exact=True).click()
    page.get_by_label("Name of the team").fill("Executives")
    page.get_by_role("button", name="Add this team").click()
    look(page)
    page.get_by_role("link", name="Done", exact=True).click()
    page.get_by_role("link", name="Privacy text and threshold").click()
    look(page)
    page.get_by_role("button", name="Save").click()
    _add_jo(page, look)

    programme = Programme.objects.get(name="Harbour and hills")
    page.goto(reverse("programme_setup", args=[programme.pk]))
    page.get_by_role("heading", name="The programme is set up").wait_for()
    look(page)
    jo = programme.members.get(name="Jo Bloggs")
    assert (jo.email, jo.team.name, jo.organisation.name) == ("jo@nhs.net", "Executives", "Harbour NHS Trust")


@pytest.mark.parametrize("viewport", [LAPTOP, PHONE, {"width": 320, "height": 568}])
def test_the_pages_of_looking_after_a_programme_are_accessible(cast, new_page, sign_in, check_accessibility, viewport):
    _make_work(cast)
    page = new_page(viewport=viewport)
    sign_in(page, cast.facilitator)
    in_programme = ["member_list", "member_add", "partner_list", "team_list", "delivery_list", "programme_audit"]
    person = {"programme_id": cast.programme.pk, "member_id": cast.participant_member.pk}

    for address in [
        *(reverse(name, args=[cast.programme.pk]) for name in in_programme),
        reverse("member_change", kwargs=person),
        reverse("member_end", kwargs=person),
        reverse("account"),
        reverse("programme_list"),
    ]:
        page.goto(address)
        check_accessibility(page)


@pytest.mark.parametrize("viewport", [LAPTOP, PHONE])
def test_the_pages_of_administration_are_accessible(cast, new_page, sign_in, check_accessibility, viewport):
    _make_work(cast)
    page = new_page(viewport=viewport)
    sign_in(page, cast.administrator)
    names = ["home", "account_list", "account_invite", "organisation_list", "delivery_list_all", "audit_list"]

    for address in [
        *map(reverse, names),
        reverse("account_change", args=[cast.participant.pk]),
        reverse("account_deactivate", args=[cast.facilitator.pk]),
        reverse("member_list", args=[cast.programme.pk]),
    ]:
        page.goto(address)
        check_accessibility(page)


def test_an_error_takes_the_keyboard_to_the_field(cast, new_page, sign_in, check_accessibility):
    page = new_page()
    sign_in(page, cast.facilitator)
    page.goto(reverse("member_add", args=[cast.programme.pk]))

    page.get_by_role("button", name="Add this person").click()
    page.get_by_role("link", name="Enter the person's e-mail address").wait_for()
    check_accessibility(page)
    assert page.title().startswith("Error: ")
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    page.get_by_role("link", name="Enter the person's e-mail address").click()

    assert page.evaluate("document.activeElement.id") == "id_email"


def _mailed_link(administrator) -> str:
    user = accounts.invite_account(
        actor=administrator, at=timezone.now(), email="nia@example.org", name="Nia", may_create_programmes=True
    )
    message = write_account_invitation(Delivery.objects.get(recipient=user))
    return "/welcome/" + message.text.split("/welcome/")[1].split()[0]


def _name_the_programme(page, look) -> None:
    page.get_by_label("Name of the programme").fill("Harbour and hills")
    page.get_by_label("Aims").fill("Know each other. Decide together.")
    first, last = page.get_by_role("group", name="First day"), page.get_by_role("group", name="Last day")
    for group, year in ((first, "2026"), (last, "2028")):
        group.get_by_label("Day").fill("2")
        group.get_by_label("Month").fill("11")
        group.get_by_label("Year").fill(year)
    look(page)
    page.get_by_role("button", name="Continue").click()
    look(page)


def _add_jo(page, look) -> None:
    """With a slip in the address, which the page notices."""
    page.get_by_label("Programme steps").or_(page.get_by_role("link", name="People", exact=True)).first.click()
    page.get_by_role("link", name="Add a person").click()
    page.get_by_label("Full name").fill("Jo Bloggs")
    page.get_by_label("E-mail address").fill("jo@nhs.ent")
    page.get_by_label("Harbour NHS Trust").check()
    page.get_by_label("Team").select_option("Executives")
    page.get_by_role("button", name="Add this person").click()
    page.get_by_text("Did you mean jo@nhs.net?").first.wait_for()
    look(page)
    page.get_by_label("E-mail address").fill("jo@nhs.net")
    page.get_by_role("button", name="Add this person").click()
    page.get_by_text("Jo Bloggs is in the programme now.").wait_for()
    look(page)


def _make_work(cast) -> None:
    """Something of everything that the pages can show."""
    make_member(
        cast.programme, roles={Role.FACILITATOR, Role.EXECUTIVE}, job_title="Director of a long-named directorate"
    )
    make_member(cast.programme, organisation=make_organisation(), left_on=timezone.localdate())
    make_user(is_active=False)
    accounts.invite_account(
        actor=cast.administrator, at=timezone.now(), email="nia@example.org", name="Nia", may_create_programmes=True
    )
    for state in DeliveryState:
        delivery = deliveries.queue(
            cast.participant,
            purpose=DeliveryPurpose.WAVE_INVITATION,
            subject_id=uuid4(),
            occurrence="first",
            programme=cast.programme,
        )
        Delivery.objects.filter(pk=delivery.pk).update(state=state, problem="550 No such user")


def _leave_alone(page) -> None:
    """Without script axe cannot run either."""
