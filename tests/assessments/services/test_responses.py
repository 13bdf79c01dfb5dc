"""Taking answers: one by one, the last one counts, sent once, never after closing."""

from datetime import timedelta

import pytest

from assessments.enums import WaveState
from assessments.models.responses import Answer, Response
from assessments.queries.answering import Given, answers_given, questionnaire_of
from assessments.services.responses import (
    AnswerRefused,
    AnswersSent,
    NothingAnswered,
    WaveClosed,
    dispute_place,
    save_answer,
    save_page,
    start_response,
    submit_response,
)
from tests.factories.assessments import NOW, SMALL_QUESTIONNAIRE, invite, make_instrument, make_wave

LATER = NOW + timedelta(minutes=5)
AFTER_CLOSING = NOW + timedelta(days=30)


@pytest.fixture
def invitation(cast):
    version = make_instrument(
        SMALL_QUESTIONNAIRE.replace("text: We look at the same", "optional: yes, text: We look at the same")
    )
    wave = make_wave(cast.programme, teams=[cast.managers], state=WaveState.OPEN, instrument_version=version)
    return invite(wave, cast.participant_member)


@pytest.fixture
def started(invitation):
    start_response(invitation, at=NOW)
    return invitation


def stored(invitation) -> dict:
    return {key: given.value if given.text == "" else given.text for key, given in answers_given(invitation).items()}


def test_starting_keeps_the_privacy_text_that_was_shown(invitation):
    start_response(invitation, at=NOW)

    response = Response.objects.get()
    assert response.privacy_text == "Nobody sees your own answers."
    invitation.refresh_from_db()
    assert (response.started_at, invitation.started_at) == (NOW, NOW)


def test_starting_again_changes_nothing(started):
    start_response(started, at=LATER)

    assert Response.objects.get().started_at == NOW


def test_an_answer_is_saved_and_the_last_one_counts(started):
    save_answer(started, item_key="t1", value=1, at=NOW)
    save_answer(started, item_key="t1", value=3, at=LATER)

    answer = Answer.objects.get()
    assert (answer.item_key, answer.value, answer.text, answer.saved_at) == ("t1", 3, "", LATER)


def test_saving_opens_the_response_of_somebody_who_signed_in(invitation):
    save_answer(invitation, item_key="t1", value=1, at=NOW)

    assert stored(invitation) == {"t1": 1}
    assert Response.objects.get().started_at == NOW


@pytest.mark.parametrize("value", [0, 4, "3", None, "agree"])
def test_a_value_the_question_does_not_offer_is_refused(started, value):
    with pytest.raises(AnswerRefused):
        save_answer(started, item_key="t1", value=value, at=NOW)

    assert not Answer.objects.exists()


def test_a_question_of_another_questionnaire_is_refused(started):
    with pytest.raises(AnswerRefused):
        save_answer(started, item_key="nonsense", value=1, at=NOW)


def test_an_optional_question_may_be_declined(started):
    save_answer(started, item_key="r2", value=None, at=NOW)

    assert answers_given(started) == {"r2": Given(None, "")}


def test_words_are_kept_and_can_be_taken_back(started):
    save_answer(started, item_key="more", value="  Meet more often.\r\nIn person.\x00 ", at=NOW)
    assert stored(started) == {"more": "Meet more often.\nIn person."}

    save_answer(started, item_key="more", value=" ", at=LATER)
    assert not Answer.objects.exists()


def test_too_many_words_are_refused(started):
    with pytest.raises(AnswerRefused):
        save_answer(started, item_key="more", value="x" * 2001, at=NOW)


def test_what_another_device_saved_is_told_and_replaced(started):
    save_answer(started, item_key="t1", value=1, at=NOW)

    told = save_answer(started, item_key="t1", value=3, at=LATER, before=None)

    assert (told.item_key, told.words) == ("t1", "Disagree")
    assert stored(started) == {"t1": 3}


@pytest.mark.parametrize(("value", "before"), [(3, Given(1, "")), (1, None)])
def test_nothing_is_told_about_what_the_page_knew(started, value, before):
    save_answer(started, item_key="t1", value=1, at=NOW)

    assert save_answer(started, item_key="t1", value=value, at=LATER, before=before) is None


def test_a_page_is_saved_in_one_go(started):
    save_page(started, answers={"t1": 1, "t2": 3, "r2": None, "more": "Time."}, at=NOW)

    assert stored(started) == {"t1": 1, "t2": 3, "r2": None, "more": "Time."}


def test_a_page_that_stood_open_does_not_undo_newer_answers_it_did_not_touch(started):
    save_page(started, answers={"t1": 1, "t2": 1}, at=NOW)
    save_answer(started, item_key="t1", value=3, at=LATER)  # on the phone meanwhile

    old = {"t1": Given(1, ""), "t2": Given(1, "")}
    told = save_page(started, answers={"t1": 1, "t2": 2}, before=old, at=LATER)

    assert told == []
    assert stored(started) == {"t1": 3, "t2": 2}


def test_a_page_tells_what_it_replaced(started):
    save_answer(started, item_key="t1", value=3, at=NOW)

    told = save_page(started, answers={"t1": 1, "r2": None}, before={}, at=LATER)

    assert [(clash.item_key, clash.words) for clash in told] == [("t1", "Agree")]
    assert stored(started) == {"t1": 1, "r2": None}


def test_one_refused_answer_saves_nothing_of_the_page(started):
    with pytest.raises(AnswerRefused):
        save_page(started, answers={"t1": 1, "t2": 9}, at=NOW)

    assert not Answer.objects.exists()


def test_answers_are_sent_once(started):
    save_answer(started, item_key="t1", value=1, at=NOW)

    assert submit_response(started, at=NOW) is True
    assert submit_response(started, at=LATER) is False

    response = Response.objects.get()
    started.refresh_from_db()
    assert (response.submitted_at, started.submitted_at) == (NOW, NOW)


def test_a_second_tab_that_has_not_heard_sends_nothing_again(started):
    other_tab = type(started).objects.select_related("wave").get(pk=started.pk)
    save_answer(started, item_key="t1", value=1, at=NOW)
    submit_response(started, at=NOW)

    assert submit_response(other_tab, at=LATER) is False
    assert Response.objects.get().submitted_at == NOW


def test_nothing_changes_once_sent(started):
    save_answer(started, item_key="t1", value=1, at=NOW)
    submit_response(started, at=NOW)

    with pytest.raises(AnswersSent):
        save_answer(started, item_key="t1", value=3, at=LATER)
    with pytest.raises(AnswersSent):
        save_page(started, answers={"t2": 3}, at=LATER)
    assert stored(started) == {"t1": 1}


def test_an_empty_response_is_not_sent(started):
    with pytest.raises(NothingAnswered):
        submit_response(started, at=NOW)

    assert Response.objects.get().submitted_at is None


def test_nothing_is_taken_after_closing(started):
    save_answer(started, item_key="t1", value=1, at=NOW)

    with pytest.raises(WaveClosed):
        save_answer(started, item_key="t1", value=3, at=AFTER_CLOSING)
    with pytest.raises(WaveClosed):
        submit_response(started, at=AFTER_CLOSING)
    assert stored(started) == {"t1": 1}


def test_nothing_is_started_after_closing(invitation):
    with pytest.raises(WaveClosed):
        start_response(invitation, at=AFTER_CLOSING)

    assert not Response.objects.exists()


def test_a_wave_closed_early_takes_nothing_either(started):
    started.wave.state = WaveState.CLOSED

    with pytest.raises(WaveClosed):
        save_answer(started, item_key="t1", value=3, at=NOW)


def test_that_is_wrong_is_noted_and_moves_nobody(invitation, cast):
    dispute_place(invitation)

    invitation.refresh_from_db()
    assert (invitation.place_disputed, invitation.organisation) == (True, cast.nhs)


def test_changing_one_answer_takes_one_query_beyond_the_invitation(started, django_assert_num_queries):
    save_answer(started, item_key="t1", value=1, at=NOW)

    with django_assert_num_queries(1):
        save_answer(started, item_key="t1", value=2, at=LATER, before=Given(1, ""))
    assert stored(started) == {"t1": 2}


def test_saving_a_page_takes_the_same_few_queries_for_one_answer_and_for_four(started, django_assert_num_queries):
    questionnaire_of(started)
    with django_assert_num_queries(1):
        save_page(started, answers={"t1": 1}, at=NOW)
    with django_assert_num_queries(1):
        save_page(started, answers={"t1": 2, "t2": 1, "r1": 1, "r2": 1}, at=NOW)
