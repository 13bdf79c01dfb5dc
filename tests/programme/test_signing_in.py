"""Signing in: by password, by mailed code, with a second step; and who must have one."""

import re

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programme.enums import AuditAction
from programme.models.audit import AuditEntry
from programme.models.users import User
from programme.services.accounts import deactivate
from tests.factories.programme import PASSWORD, make_user


def sign_in(client: Client, email: str, password: str = PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def totp_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def add_second_step(user: User) -> str:
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def test_password_signs_in_and_is_audited(client, db):
    user = make_user("pat@example.org")

    response = sign_in(client, "Pat@Example.org")

    assert (response.status_code, response["Location"]) == (302, reverse("home"))
    assert AuditEntry.objects.get().action == AuditAction.SIGN_IN
    assert AuditEntry.objects.get().actor_id == user.pk


def test_wrong_password_is_audited_and_told_like_an_unknown_address(client, db):
    make_user("pat@example.org")

    known, unknown = sign_in(client, "pat@example.org", "wrong"), sign_in(client, "nobody@example.org", "wrong")

    strip = re.compile(rb'csrfmiddlewaretoken" value="[^"]+"|value="(pat|nobody)@example.org"')
    assert strip.sub(b"", known.content) == strip.sub(b"", unknown.content)
    assert set(AuditEntry.objects.values_list("action", flat=True)) == {AuditAction.SIGN_IN_FAILED}


def test_a_participant_without_a_password_signs_in_by_mailed_code(client, db, mailoutbox):
    user = make_user("pat@example.org")
    user.set_unusable_password()
    user.save()

    client.post(reverse("account_request_login_code"), {"email": "pat@example.org"})
    code = re.search(r"^\s*([A-Z0-9-]{6,})\s*$", mailoutbox[0].body, re.MULTILINE).group(1)
    response = client.post(reverse("account_confirm_login_code"), {"code": code})

    assert response["Location"] == reverse("home")
    assert client.get(reverse("account")).status_code == 200


def test_nobody_signs_up_alone(client, db):
    client.post(reverse("account_signup"), {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD})

    assert not User.objects.exists()


def test_a_second_step_is_asked_for_and_opens_the_door(client, db):
    secret = add_second_step(make_user("fay@example.org"))

    first = sign_in(client, "fay@example.org")
    assert first["Location"].startswith(reverse("mfa_authenticate"))
    assert client.get(reverse("account")).status_code == 302
    response = client.post(reverse("mfa_authenticate"), {"code": totp_code(secret)})

    assert response["Location"] == reverse("home")
    assert client.get(reverse("account")).status_code == 200


@pytest.mark.parametrize("role", ["facilitator", "executive", "administrator", "other_facilitator"])
def test_people_with_wide_sight_must_set_up_a_second_step_where_the_installation_asks(role, cast, client_for, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    user = getattr(cast, role)

    refused = client_for(user).get(reverse("programme_list"))
    add_second_step(user)
    allowed = client_for(user).get(reverse("programme_list"))

    assert refused["Location"] == reverse("mfa_index")
    assert allowed.status_code == 200


def test_participants_need_no_second_step(cast, client_for, settings):
    settings.REQUIRE_SECOND_FACTOR = True

    assert client_for(cast.participant).get(reverse("programme_list")).status_code == 200


def test_passkeys_and_authenticators_are_offered_to_everybody(cast, client_for):
    page = client_for(cast.participant).get(reverse("mfa_index")).content.decode()

    assert reverse("mfa_activate_totp") in page
    assert reverse("mfa_add_webauthn") in page


def test_a_switched_off_account_is_out_at_once(cast, client_for):
    browser = client_for(cast.participant)

    deactivate(cast.participant, actor=cast.administrator, at=timezone.now())

    assert browser.get(reverse("account")).status_code == 302
    assert sign_in(Client(), cast.participant.email)["Location"] == reverse("account_inactive")
