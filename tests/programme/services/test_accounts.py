from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from programme.enums import AuditAction, DeliveryPurpose, DeliveryState
from programme.lib.tokens import token_hash
from programme.mail import write_account_invitation
from programme.models.account_invitations import AccountInvitation
from programme.models.audit import AuditEntry
from programme.models.deliveries import Delivery
from programme.models.users import User
from programme.services import accounts, deliveries
from tests.factories.programme import PASSWORD, make_programme, make_user

NOW = timezone.now()


@pytest.fixture
def administrator(db):
    return make_user("ada@example.org", name="Ada", is_administrator=True)


def invite(administrator, **fields) -> User:
    fields = {"email": "new@example.org", "name": "Nia New", "may_create_programmes": True, **fields}
    return accounts.invite_account(actor=administrator, at=NOW, **fields)


def mailed_token(user) -> str:
    """What the newest mail to somebody says, written as the worker writes it."""
    delivery = Delivery.objects.filter(recipient=user).order_by("-created_at").first()
    message = write_account_invitation(delivery)
    return message.text.split("/welcome/")[1].split("/")[0]


def test_an_invitation_makes_an_account_without_password_and_queues_one_mail(administrator):
    user = invite(administrator)
    invite(administrator)

    delivery = Delivery.objects.get(recipient=user)
    assert (user.name, user.may_create_programmes, user.is_administrator) == ("Nia New", True, False)
    assert not user.has_usable_password()
    assert (delivery.purpose, delivery.state) == (DeliveryPurpose.ACCOUNT_INVITATION, DeliveryState.PENDING)
    assert EmailAddress.objects.get(user=user).verified is True


def test_somebody_with_a_password_gains_the_right_without_a_mail(administrator):
    known = make_user("new@example.org", name="Known")

    invite(administrator, name="Other name")

    known.refresh_from_db()
    assert (known.may_create_programmes, known.name, Delivery.objects.count()) == (True, "Known", 0)


def test_an_invitation_to_nothing_is_refused(administrator):
    with pytest.raises(ValidationError):
        invite(administrator, may_create_programmes=False)

    assert not User.objects.filter(email="new@example.org").exists()


def test_only_the_hash_of_the_mailed_token_is_kept(administrator):
    user = invite(administrator)

    token = mailed_token(user)

    invitation = AccountInvitation.objects.get(user=user)
    assert invitation.token_hash == token_hash(token)
    assert len(token) >= 32
    assert accounts.invitation_for(token) == invitation
    assert accounts.invitation_for("") is None


def test_each_mail_carries_a_fresh_token(administrator):
    user = invite(administrator)

    first, second = mailed_token(user), mailed_token(user)

    assert accounts.invitation_for(first) is None
    assert accounts.invitation_for(second).user == user


def test_an_invitation_is_accepted_once(administrator):
    user = invite(administrator)
    invitation = accounts.invitation_for(mailed_token(user))
    stale = AccountInvitation.objects.select_related("user").get(pk=invitation.pk)

    accepted = accounts.accept_invitation(invitation, name="Nia", password="three quiet lamps", at=NOW)
    again = accounts.accept_invitation(stale, name="Thief", password="other words here", at=NOW)

    user.refresh_from_db()
    assert (accepted, again) == (user, None)
    assert (user.name, user.check_password("three quiet lamps")) == ("Nia", True)
    assert AuditEntry.objects.filter(action=AuditAction.ACCOUNT_ACCEPTED).count() == 1


def test_an_invitation_runs_out_after_14_days(administrator):
    user = invite(administrator)
    invitation = accounts.invitation_for(mailed_token(user))

    assert accounts.can_accept(invitation, at=NOW + timedelta(days=13, hours=23))
    assert not accounts.can_accept(invitation, at=NOW + timedelta(days=14))
    late = accounts.accept_invitation(invitation, name="Nia", password="three quiet lamps", at=NOW + timedelta(days=14))
    assert late is None


def test_a_new_invitation_ends_the_earlier_one(administrator):
    user = invite(administrator)
    old = accounts.invitation_for(mailed_token(user))

    accounts.invite_again(user, actor=administrator, at=NOW)

    old.refresh_from_db()
    assert not accounts.can_accept(old, at=NOW)
    states = sorted(Delivery.objects.filter(recipient=user).values_list("state", flat=True))
    assert states == ["cancelled", "pending"]


def test_the_mail_is_not_written_once_it_is_of_no_use(administrator):
    user = invite(administrator)
    delivery = Delivery.objects.get(recipient=user)
    user.set_password("chosen in the meantime")
    user.save()

    assert write_account_invitation(delivery) is None


def test_the_mail_of_a_programme_names_it(administrator):
    programme = make_programme(name="Harbour & <Hills>")
    user = accounts.ensure_users({"jo@example.org": "Jo"})["jo@example.org"]
    accounts.invite_if_needed(user, actor=administrator, at=NOW, programme=programme)

    message = write_account_invitation(Delivery.objects.get(recipient=user))

    assert message.subject == "Set up your sign-in for Harbour & <Hills>"
    assert "Ada has added you to Harbour & <Hills>." in message.text
    assert "Harbour &amp; &lt;Hills&gt;" in message.html


def test_ensuring_many_users_costs_as_many_queries_as_ensuring_one(db, django_assert_num_queries):
    one = {"a@example.org": "A"}
    many = {f"p{number}@example.org": f"P {number}" for number in range(40)}

    with django_assert_num_queries(9):
        accounts.ensure_users(one)
    with django_assert_num_queries(9):
        found = accounts.ensure_users(many)

    assert len(found) == 40
    assert accounts.ensure_users(many) == found


def test_switching_off_ends_every_session_at_once(administrator):
    user = make_user("jo@example.org", may_create_programmes=True)
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
        assert browser.get("/account/").status_code == 200

    accounts.deactivate(user, actor=administrator, at=timezone.now())

    assert [browser.get("/account/").status_code for browser in browsers] == [302, 302]
    accounts.reactivate(user, actor=administrator)
    assert [browser.get("/account/").status_code for browser in browsers] == [302, 302]


def test_nobody_switches_off_themselves_or_the_last_administrator(administrator):
    with pytest.raises(ValidationError):
        accounts.deactivate(administrator, actor=make_user(), at=timezone.now())
    make_user(is_administrator=True, is_active=False)
    with pytest.raises(ValidationError):
        accounts.change_account(administrator, actor=administrator, is_administrator=False, may_create_programmes=True)
    make_user(is_administrator=True)
    with pytest.raises(ValidationError):
        accounts.deactivate(administrator, actor=administrator, at=timezone.now())

    administrator.refresh_from_db()
    assert administrator.is_active and administrator.is_administrator


def test_changed_rights_are_audited_with_old_and_new(administrator):
    user = make_user("jo@example.org", name="Jo")

    accounts.change_account(user, actor=administrator, is_administrator=True, may_create_programmes=False)

    entry = AuditEntry.objects.get(action=AuditAction.ACCOUNT_CHANGED)
    assert entry.detail == {"name": "Jo", "old": [], "new": ["administrator"]}


def test_the_mail_arrives_with_a_link_that_opens_the_page(administrator, mail_sink, client):
    user = invite(administrator)

    deliveries.send_due(at=NOW + timedelta(seconds=1))

    (mail,) = mail_sink.to("new@example.org")
    text = mail.get_body(("plain",)).get_content()
    path = "/welcome/" + text.split("/welcome/")[1].split()[0]
    assert mail["Subject"] == "Set up your sign-in for Common Ground"
    assert "Ada has invited you" in text
    assert path in mail.get_body(("html",)).get_content()
    assert client.get(path).status_code == 200
    assert Delivery.objects.get(recipient=user).state == DeliveryState.SENT
