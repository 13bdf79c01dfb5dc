"""What the mails say, and when there is nothing left to say."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from assessments import mail
from assessments.enums import WaveState
from assessments.models.invitations import AnsweringLink
from programme.enums import DeliveryPurpose
from programme.lib.tokens import token_hash
from programme.services import deliveries
from tests.factories.assessments import invite, make_wave

LINK = re.compile(r"http\S+/answer/(\S+)/")


@pytest.fixture
def invitation(cast):
    now = timezone.now()
    wave = make_wave(
        cast.programme,
        state=WaveState.OPEN,
        opened_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=9),
        title="Baseline & more",
        threshold=6,
    )
    return invite(wave, cast.participant_member)


def delivery(invitation, purpose=DeliveryPurpose.WAVE_INVITATION):
    return deliveries.queue(invitation.member.user, purpose=purpose, subject_id=invitation.pk, occurrence="first")


def test_invitation_says_who_why_how_long_until_when_and_who_sees_what(invitation):
    message = mail.write_invitation(delivery(invitation))

    assert message.subject == "Your answers, please: Baseline & more"
    text = " ".join(message.text.split())
    assert text.startswith(
        "Dear Pat Participant, Fay Facilitator asks you to answer the questionnaire “Baseline & more”"
    )
    assert "Why: To see where we stand." in text
    assert re.search(r"How long: about \d+ minutes?, also on a phone", text)
    assert f"{invitation.wave.closes_at:%Y}" in text
    assert "groups in which at least 6 people answered" in text


@pytest.mark.parametrize("writer", [mail.write_invitation, mail.write_reminder])
def test_a_mail_holds_one_full_link_of_which_only_the_hash_is_kept(invitation, writer):
    message = writer(delivery(invitation))

    (token,) = LINK.findall(message.text)
    assert message.text.count("http") == 1
    assert f"\n{settings.SITE_URL}/answer/{token}/\n" in message.text
    assert AnsweringLink.objects.get().token_hash == token_hash(token)


def test_reminder_tells_those_who_began_that_their_answers_are_kept(invitation):
    assert "waits for your answers" in mail.write_reminder(delivery(invitation)).text

    invitation.started_at = timezone.now()
    invitation.save()
    assert "everything so far is saved" in mail.write_reminder(delivery(invitation)).text


NO_LONGER = {
    "answered": lambda i: setattr(i, "submitted_at", timezone.now()),
    "taken off": lambda i: setattr(i, "withdrawn_at", timezone.now()),
    "left": lambda i: setattr(i.member, "left_on", timezone.now().date()),
    "switched off": lambda i: setattr(i.member.user, "is_active", False),
    "closed": lambda i: setattr(i.wave, "state", WaveState.CLOSED),
    "time is over": lambda i: setattr(i.wave, "closes_at", timezone.now()),
}


@pytest.mark.parametrize("change", NO_LONGER)
@pytest.mark.parametrize("writer", [mail.write_invitation, mail.write_reminder])
def test_no_mail_when_the_world_has_changed(invitation, writer, change):
    NO_LONGER[change](invitation)
    for row in (invitation, invitation.member, invitation.member.user, invitation.wave):
        row.save()

    assert writer(delivery(invitation)) is None
    assert not AnsweringLink.objects.exists()


def test_muting_stops_reminders_but_not_invitations(invitation):
    invitation.member.wants_no_reminders = True
    invitation.member.save()

    assert mail.write_reminder(delivery(invitation)) is None
    assert mail.write_invitation(delivery(invitation)) is not None


def test_no_mail_about_a_place_that_is_gone(invitation):
    row = delivery(invitation)
    invitation.delete()

    assert mail.write_invitation(row) is None


def test_names_and_titles_come_out_as_text_in_html(invitation):
    invitation.member.name = "<b>Pat</b>"
    invitation.member.save()

    message = mail.write_invitation(delivery(invitation))

    assert message.text.startswith("Dear <b>Pat</b>,")
    assert "Dear &lt;b&gt;Pat&lt;/b&gt;," in message.html


def test_the_example_is_like_the_mail_and_mints_no_link(invitation, cast):
    example = mail.example_invitation(invitation.wave, cast.participant_member)
    real = mail.write_invitation(delivery(invitation))

    assert LINK.sub("", example.text) == LINK.sub("", real.text)
    assert AnsweringLink.objects.count() == 1
