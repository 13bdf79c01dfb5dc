"""A participant's page: what is next, and what is theirs; nothing of anybody else."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.enums import WaveState
from sessions.enums import Dimension, Reply
from tests.factories.assessments import invite, make_wave
from tests.factories.dashboards import people_of_both, running, told_wave
from tests.factories.sessions import give_place, make_commitment, make_session


@pytest.fixture
def page(cast, first_page):
    running(cast)
    return lambda: first_page(cast.participant)


def in_days(days: int):
    return timezone.localdate() + timedelta(days=days)


def open_wave(cast, **fields):
    return make_wave(
        cast.programme, state=WaveState.OPEN, **{"closes_at": timezone.now() + timedelta(days=5), **fields}
    )


def test_a_questionnaire_comes_first_with_its_length_and_end(cast, page):
    wave = open_wave(cast, title="How we work")
    invitation = invite(wave, cast.participant_member)

    words = page()

    assert "1 questionnaire waits for you" in words
    assert "About 2 minutes." in words
    assert f"Open until {timezone.localtime(wave.closes_at):%A %-d %B %Y}" in words
    assert reverse("assessments:answering", kwargs={"invitation_id": invitation.pk}) in words
    assert "Start<" in words


def test_a_questionnaire_that_was_begun_goes_on(cast, page):
    invite(open_wave(cast), cast.participant_member, started_at=timezone.now())

    assert "Go on<" in page()


@pytest.mark.parametrize(
    ("wave", "place"),
    [
        ({}, {"submitted_at": timezone.now()}),
        ({}, {"withdrawn_at": timezone.now()}),
        ({"closes_at": timezone.now() - timedelta(minutes=1)}, {}),
        ({"state": WaveState.CLOSED}, {}),
    ],
    ids=["sent", "taken_off", "time_over", "closed"],
)
def test_what_cannot_be_answered_does_not_wait(cast, page, wave, place):
    invite(
        make_wave(cast.programme, **{"state": WaveState.OPEN, "closes_at": timezone.now() + timedelta(5), **wave}),
        cast.participant_member,
        **place,
    )

    assert "Nothing waits for you today" in page()


def test_questionnaires_and_promises_of_others_are_not_shown(cast, page):
    invite(open_wave(cast, title="For the others"), cast.executive_member)
    make_commitment(cast.executive_member, text="Somebody else's promise")
    make_session(cast.programme, date=in_days(3), title="Executives only", people=[cast.executive_member])

    words = page()

    assert "For the others" not in words
    assert "Executives only" not in words
    assert "Somebody else" not in words


def test_executives_see_only_their_own_on_their_own_page(cast, first_page):
    running(cast)
    make_session(cast.programme, date=in_days(3), title="Senior Managers only", people=[cast.participant_member])
    make_commitment(cast.participant_member, text="A promise of another")

    words = first_page(cast.executive, "mine")

    assert "Senior Managers only" not in words
    assert "A promise of another" not in words


def test_session_that_waits_for_a_reply_can_be_replied_to(cast, page):
    now = timezone.now()
    session = make_session(cast.programme, date=in_days(3), people=[cast.participant_member], invited_at=now)

    words = page()

    assert f"Are you coming on {in_days(3):%-d %B}?" in words
    assert "Your turn" in words
    assert reverse("sessions:reply", kwargs={"programme_id": cast.programme.pk, "session_id": session.pk}) in words


def test_session_that_was_replied_to_is_simply_next(cast, page):
    session = make_session(cast.programme, date=in_days(3), title="Trust", invited_at=timezone.now())
    give_place(session, cast.participant_member, reply=Reply.COMING)

    words = page()

    assert f"Your next session is on {in_days(3):%-d %B}" in words
    assert "Your turn" not in words


def test_open_promises_can_be_ticked_off_here(cast, page, client_for):
    late = make_commitment(cast.participant_member, text="Share the rota", due_on=in_days(-1))
    make_commitment(cast.participant_member, text="Kept long ago", done_on=in_days(-5))

    words = page()
    done = reverse("sessions:commitment_done", kwargs={"programme_id": cast.programme.pk, "commitment_id": late.pk})
    here = reverse("dashboards:overview", kwargs={"programme_id": cast.programme.pk})
    response = client_for(cast.participant).post(done, {"next": here})

    assert "1 promise of yours is overdue" in words
    assert f'action="{done}"' in words
    assert "Kept long ago" not in words
    assert response.url == here
    assert "Share the rota" not in page().split('id="h-promises"')[1]


def test_released_results_are_linked_and_closed_ones_are_not(cast, page):
    released = told_wave(
        cast.programme, people_of_both(cast, 5, 5), dict.fromkeys(Dimension.values, 3), title="Where we began"
    )
    closed = make_wave(cast.programme, state=WaveState.CLOSED, title="Not out yet", closed_at=timezone.now())

    words = page()

    assert (
        reverse("assessments:wave_results", kwargs={"programme_id": cast.programme.pk, "wave_id": released.pk}) in words
    )
    assert closed.title not in words


def test_an_empty_page_says_what_will_come(page):
    words = page()

    assert "Nothing waits for you today" in words
    assert "You are asked to no session at the moment." in words
    assert "What you promise in a session stands here until it is done." in words
    assert "if at least 5 people answered" in words


def test_a_programme_that_is_over_says_thank_you(cast, first_page):
    assert "The programme is over. Thank you for taking part." in first_page(cast.participant)
