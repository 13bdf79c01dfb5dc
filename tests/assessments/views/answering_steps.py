"""What the tests of answering share: a questionnaire of three pages, one person asked, and a browser that starts."""

from datetime import datetime, timedelta

from django.urls import reverse

from assessments.enums import WaveState
from assessments.models.invitations import WaveInvitation
from assessments.services.links import mint_link
from tests.factories.assessments import SMALL_QUESTIONNAIRE, invite, make_instrument, make_wave

THREE_PAGES = (
    SMALL_QUESTIONNAIRE
    + """
pages:
  - {title: Trust, intro: Think of last month., items: [t1, t2]}
  - {title: Results, items: [r1, r2]}
  - {title: Words, items: [more]}
"""
)


def ask_participant(cast, *, at: datetime) -> WaveInvitation:
    """The participant of the cast is asked, and has four days."""
    wave = make_wave(
        cast.programme,
        teams=[cast.managers],
        state=WaveState.OPEN,
        closes_at=at + timedelta(days=4),
        instrument_version=make_instrument(THREE_PAGES),
    )
    return invite(wave, cast.participant_member)


def token_form(client, url: str, **data) -> dict:
    """Form data as the page at `url` would send it."""
    client.get(url)
    return {"csrfmiddlewaretoken": client.cookies["csrf"].value, **data}


def start(client, invitation: WaveInvitation) -> str:
    """Opens a mailed link and presses Start; returns the clean address."""
    path = mint_link(invitation)
    response = client.post(path, token_form(client, path))
    assert response.status_code == 302
    return response.url


def page_url(invitation: WaveInvitation, number: int) -> str:
    return reverse("assessments:answering_page", kwargs={"invitation_id": invitation.pk, "number": number})
