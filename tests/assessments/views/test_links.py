"""The mailed link over HTTP: looking changes nothing, one link opens one place, nothing leaks."""

from datetime import timedelta

import pytest
from django.core import serializers
from django.test import Client
from django.utils import timezone

from assessments.enums import WaveState
from assessments.models.invitations import AnsweringLink, WaveInvitation
from assessments.models.responses import Answer, Response
from assessments.services.links import mint_link, reissue_link
from programme.services.accounts import deactivate
from tests.assessments.views.answering_steps import ask_participant, page_url, start, token_form
from tests.factories.assessments import invite, make_wave
from tests.factories.programme import make_member


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def invitation(cast, now):
    return ask_participant(cast, at=now)


@pytest.fixture
def phone():
    """A browser that insists on the form token, as real ones meet it."""
    return Client(enforce_csrf_checks=True)


def rows() -> list[str]:
    """Everything stored about answering."""
    models = (WaveInvitation, AnsweringLink, Response, Answer)
    return [serializers.serialize("json", model.objects.all()) for model in models]


def test_a_mail_scanner_looking_a_hundred_times_changes_nothing(client, invitation):
    path = mint_link(invitation)
    before = rows()

    for number in range(100):
        ask = client.head if number % 2 else client.get
        assert ask(path, headers={"user-agent": "BarracudaSentinel"}).status_code == 200

    assert rows() == before
    assert "answering" not in client.cookies


def test_the_start_page_says_the_five_things_before_the_button(client, invitation):
    text = client.get(mint_link(invitation)).content.decode()

    above = text[: text.index("Start now")]
    for said in (
        "To see where we stand.",
        "About 2 minutes on a phone",
        "only when 5 or more answered",
        "Open until",
        "Taking part is up to you",
        "You answer as Pat Participant of Harbour NHS Foundation Trust, team Senior Managers.",
    ):
        assert said in above
    assert "Nobody sees your own answers." in text


def test_the_threshold_on_the_start_page_is_the_waves_own(client, invitation):
    invitation.wave.threshold = 8
    invitation.wave.save()

    assert "only when 8 or more answered" in client.get(mint_link(invitation)).content.decode()


@pytest.mark.parametrize("method", ["get", "head"])
def test_pages_of_answering_leave_no_trace(client, invitation, method):
    url = start(client, invitation)
    for address in (mint_link(invitation), url + "about/", url + "page/1/", url + "check/"):
        response = getattr(client, method)(address)
        assert response.status_code == 200
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in response.headers["Cache-Control"]


def test_start_swaps_the_token_for_a_cookie_and_a_clean_address(phone, invitation):
    path = mint_link(invitation)
    response = phone.post(path, token_form(phone, path))

    assert response.url == f"/answering/{invitation.pk}/"
    cookie = response.cookies["answering"]
    assert cookie["httponly"] is True
    assert (cookie["samesite"], cookie["path"]) == ("Lax", f"/answering/{invitation.pk}/")
    assert path.split("/")[2] not in cookie.value
    assert 0 < int(cookie["max-age"]) <= 4 * 24 * 3600
    assert "session" not in response.cookies
    assert Response.objects.get().started_at is not None


def test_start_needs_the_form_token(phone, invitation):
    assert phone.post(mint_link(invitation)).status_code == 403
    assert not Response.objects.exists()


def test_a_form_of_a_page_without_referrer_is_taken(phone, invitation):
    path = mint_link(invitation)
    data = token_form(phone, path)

    hidden = {"origin": "null", "sec-fetch-site": "same-origin"}
    assert phone.post(path, data, headers=hidden).status_code == 302


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "null", "sec-fetch-site": "cross-site"},
        {"origin": "https://elsewhere.example", "sec-fetch-site": "cross-site"},
    ],
)
def test_a_form_of_another_site_is_refused(phone, invitation, headers):
    path = mint_link(invitation)
    data = token_form(phone, path)

    assert phone.post(path, data, headers=headers).status_code == 403


def test_unknown_and_revoked_links_look_alike(client, invitation, cast, now):
    path = mint_link(invitation)
    reissue_link(invitation, actor=cast.facilitator, at=now)

    revoked, unknown = client.get(path), client.get("/answer/" + "A" * 32 + "/")

    assert revoked.status_code == unknown.status_code == 404
    assert revoked.content == unknown.content
    assert "newest mail" in revoked.content.decode()
    assert client.post(path).status_code == 404


def test_a_new_link_ends_what_the_old_one_had_opened(client, invitation, cast, now):
    url = start(client, invitation)
    reissue_link(invitation, actor=cast.facilitator, at=now)

    assert client.get(url + "page/1/").status_code == 404


def test_a_closed_wave_says_so_kindly(client, invitation, now):
    url = start(client, invitation)
    path = mint_link(invitation)
    invitation.wave.closes_at = now - timedelta(minutes=1)
    invitation.wave.save()

    for response in (client.get(path), client.get(url), client.get(url + "page/1/"), client.post(path)):
        assert response.status_code == 410
        assert "This questionnaire has closed" in response.content.decode()


def test_the_cookie_opens_one_invitation_only(client, invitation, cast):
    start(client, invitation)
    other = invite(invitation.wave, make_member(cast.programme, organisation=cast.council, team=cast.managers))
    client.cookies["answering"]["path"] = "/"

    assert client.get(page_url(other, 1)).status_code == 404


def test_several_questionnaires_at_once(client, invitation, cast):
    other_wave = make_wave(
        cast.programme,
        state=WaveState.OPEN,
        closes_at=timezone.now() + timedelta(days=1),
        instrument_version=invitation.wave.instrument_version,
    )
    other = invite(other_wave, cast.participant_member)
    paths = {}
    for each in (invitation, other):
        path = mint_link(each)
        cookie = client.post(path, token_form(client, path)).cookies["answering"]
        paths[cookie["path"]] = cookie.value

    assert len(paths) == 2
    for path, value in paths.items():
        browser = Client(headers={"cookie": f"answering={value}"})
        assert browser.get(path + "page/1/").status_code == 200


def test_that_is_wrong_is_noted(client, invitation):
    path = mint_link(invitation)

    response = client.post(path, {"wrong": "1"})

    assert response.url == path
    assert "You told us that this is wrong." in client.get(path).content.decode()
    assert not Response.objects.exists()


def test_a_switched_off_account_s_links_and_browsers_end_at_once(client, invitation, cast, now):
    path, url = mint_link(invitation), start(client, invitation)

    deactivate(cast.participant, actor=cast.administrator, at=now)

    assert client.get(path).status_code == 404
    assert client.get(url).status_code == 404
