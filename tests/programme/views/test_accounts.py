import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programme.enums import AuditAction
from programme.mail import write_account_invitation
from programme.models.account_invitations import AccountInvitation
from programme.models.audit import AuditEntry
from programme.models.deliveries import Delivery
from programme.models.users import User
from programme.services import accounts
from tests.factories.programme import make_user

GOOD = {"name": "Nia New", "password": "three quiet lamps"}


@pytest.fixture
def invited(cast):
    return accounts.invite_account(
        actor=cast.administrator, at=timezone.now(), email="new@example.org", name="Nia", may_create_programmes=True
    )


@pytest.fixture
def way_in(invited):
    """The path in the mail."""
    message = write_account_invitation(Delivery.objects.get(recipient=invited))
    return "/welcome/" + message.text.split("/welcome/")[1].split()[0]


def state() -> list:
    return [list(AccountInvitation.objects.values()), list(User.objects.order_by("pk").values())]


def test_looking_at_the_link_changes_nothing_however_often(way_in):
    before = state()

    for _ in range(5):
        assert Client().get(way_in, headers={"user-agent": "Scanner"}).status_code == 200
        assert Client().head(way_in).status_code == 200

    assert state() == before


def test_accepting_sets_name_and_password_and_signs_in(way_in, invited):
    browser = Client()

    response = browser.post(way_in, GOOD)

    invited.refresh_from_db()
    assert response.url == reverse("home")
    assert (invited.name, invited.check_password("three quiet lamps")) == ("Nia New", True)
    assert "Set up your first programme" in browser.get("/").content.decode()
    assert AuditEntry.objects.filter(action=AuditAction.SIGN_IN, actor_id=invited.pk).count() == 1


def test_where_a_second_step_is_required_it_comes_next_without_asking_for_the_password_again(way_in, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    browser = Client()
    browser.post(way_in, GOOD)

    assert browser.get(reverse("home")).url == reverse("mfa_index")
    assert browser.get(reverse("account_list")).url == reverse("mfa_index")
    assert browser.get(reverse("mfa_activate_totp")).status_code == 200


def test_accepting_twice_is_met_kindly(way_in, invited):
    Client().post(way_in, GOOD)

    again = Client().post(way_in, {"name": "Thief", "password": "other words here"})

    invited.refresh_from_db()
    assert again.status_code == 200
    assert "Your account is set up already" in again.content.decode()
    assert invited.name == "Nia New"


@pytest.mark.parametrize("password", ["short", "password123", "new@example.org", ""])
def test_a_weak_password_is_refused(way_in, invited, password):
    response = Client().post(way_in, {**GOOD, "password": password})

    invited.refresh_from_db()
    assert response.status_code == 200
    assert "There is a problem" in response.content.decode()
    assert not invited.has_usable_password()


def test_a_link_that_ran_out_says_what_to_do(way_in):
    AccountInvitation.objects.update(expires_at=timezone.now())

    response = Client().post(way_in, GOOD)

    assert response.status_code == 410
    assert "Ask the person who invited you" in response.content.decode()


def test_an_unknown_link_is_not_found(db):
    assert Client().get("/welcome/nonsense/").status_code == 404


def test_somebody_else_signed_in_is_asked_to_sign_out_first(way_in, invited, cast, client_for):
    response = client_for(cast.facilitator).post(way_in, GOOD)

    invited.refresh_from_db()
    assert response.status_code == 409
    assert not invited.has_usable_password()


def test_an_administrator_invites_a_facilitator(cast, client_for):
    form = {"name": "Nia", "email": "New@Example.org", "may_create_programmes": "on"}

    response = client_for(cast.administrator).post(reverse("account_invite"), form)

    user = User.objects.get(email="new@example.org")
    assert response.url == reverse("account_list")
    assert (user.may_create_programmes, user.is_administrator) == (True, False)
    assert Delivery.objects.filter(recipient=user).count() == 1


def test_an_invitation_needs_something_to_do(cast, client_for):
    response = client_for(cast.administrator).post(
        reverse("account_invite"), {"name": "Nia", "email": "new@example.org"}
    )

    assert "Choose at least one thing this person may do" in response.content.decode()
    assert not User.objects.filter(email="new@example.org").exists()


def test_all_rights_can_be_taken_away(cast, client_for):
    client_for(cast.administrator).post(reverse("account_change", args=[cast.other_facilitator.pk]), {})

    cast.other_facilitator.refresh_from_db()
    assert cast.other_facilitator.may_create_programmes is False


def test_the_last_administrator_is_told_why_not(cast, client_for):
    response = client_for(cast.administrator).post(reverse("account_change", args=[cast.administrator.pk]), {})

    cast.administrator.refresh_from_db()
    assert cast.administrator.is_administrator is True
    assert "This is the only administrator" in response.content.decode()


def test_an_account_is_switched_off_and_on(cast, client_for):
    browser = client_for(cast.administrator)

    asked = browser.get(reverse("account_deactivate", args=[cast.other_facilitator.pk])).content.decode()
    assert "Another programme" in asked
    browser.post(reverse("account_deactivate", args=[cast.other_facilitator.pk]))
    cast.other_facilitator.refresh_from_db()
    assert cast.other_facilitator.is_active is False

    browser.post(reverse("account_reactivate", args=[cast.other_facilitator.pk]))
    cast.other_facilitator.refresh_from_db()
    assert cast.other_facilitator.is_active is True


def test_a_new_invitation_is_queued_from_the_list(cast, client_for, invited):
    client_for(cast.administrator).post(reverse("account_reinvite", args=[invited.pk]))

    assert sorted(Delivery.objects.filter(recipient=invited).values_list("state", flat=True)) == [
        "cancelled",
        "pending",
    ]


def test_the_list_bears_a_search_for_what_no_database_takes(cast, client_for):
    assert client_for(cast.administrator).get(reverse("account_list"), {"q": "\x00"}).status_code == 200


def test_the_list_finds_accounts_and_costs_the_same_for_many(cast, client_for, django_assert_max_num_queries):
    browser = client_for(cast.administrator)
    browser.get(reverse("account_list"))
    counts = []
    for more in (1, 20):
        for _ in range(more):
            make_user()
        with django_assert_max_num_queries(20) as queries:
            browser.get(reverse("account_list"))
        counts.append(len(queries))

    assert counts[0] == counts[1]
    text = browser.get(reverse("account_list"), {"q": "eve exec"}).content.decode()
    assert (cast.executive.email in text, cast.participant.email in text) == (True, False)


@pytest.mark.parametrize(("who", "offered"), [("facilitator", True), ("participant", False)])
def test_the_second_step_is_urged_on_those_with_wide_sight(cast, client_for, who, offered):
    text = client_for(getattr(cast, who)).get(reverse("account")).content.decode()

    assert ("Add a second step for signing in" in text) is offered
    assert reverse("mfa_index") in text


def test_people_change_their_own_name_only(cast, client_for):
    client_for(cast.participant).post(reverse("account_name"), {"name": "Pat New", "is_administrator": "on"})

    cast.participant.refresh_from_db()
    cast.participant_member.refresh_from_db()
    assert (cast.participant.name, cast.participant.is_administrator) == ("Pat New", False)
    assert cast.participant_member.name != "Pat New"


def test_a_member_made_by_us_can_ask_for_a_code(cast, mail_sink):
    user = accounts.ensure_users({"jo@example.org": "Jo"})["jo@example.org"]

    Client().post(reverse("account_request_login_code"), {"email": user.email})

    assert len(mail_sink.to("jo@example.org")) == 1
