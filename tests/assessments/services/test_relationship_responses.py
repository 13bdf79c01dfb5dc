"""A questionnaire about working relationships asks once about each team of the other organisations."""

from pathlib import Path

import pytest

import assessments
from assessments.enums import WaveState
from assessments.queries.answering import answers_given, first_page_with_gaps, questionnaire_of
from assessments.services.responses import AnswerRefused, save_answer, save_page, start_response
from tests.factories.assessments import NOW, invite, make_instrument, make_wave
from tests.factories.programme import make_member

TEXT = (Path(assessments.__file__).parent / "catalogue/working_relationships.yaml").read_text()


@pytest.fixture
def invitation(cast):
    """Somebody of the NHS trust, in a wave with both teams of the council."""
    wave = make_wave(cast.programme, state=WaveState.OPEN, instrument_version=make_instrument(TEXT))
    invite(wave, cast.executive_member)
    for _ in range(3):
        invite(wave, make_member(cast.programme, organisation=cast.council, team=cast.managers))
    invite(wave, make_member(cast.programme, organisation=cast.nhs, team=cast.executives))
    mine = invite(wave, cast.participant_member)
    start_response(mine, at=NOW)
    return mine


def test_each_team_of_the_other_organisation_has_its_page(invitation):
    pages = questionnaire_of(invitation).pages

    assert [page.title for page in pages] == ["Executives, Council", "Senior Managers, Council"]
    assert [len(page.questions) for page in pages] == [2, 2]
    assert len(questionnaire_of(invitation).questions) == 4


def test_answers_about_two_teams_are_kept_apart(invitation):
    first, second = (page.questions[0].key for page in questionnaire_of(invitation).pages)

    save_page(invitation, answers={first: 5}, at=NOW)
    save_answer(invitation, item_key=second, value=1, at=NOW)

    assert {key: given.value for key, given in answers_given(invitation).items()} == {first: 5, second: 1}


def test_nobody_answers_about_their_own_organisation(invitation, cast):
    own = f"frequency@{cast.nhs.pk.hex}-{cast.executives.pk.hex}"

    with pytest.raises(AnswerRefused):
        save_answer(invitation, item_key=own, value=1, at=NOW)


def test_the_bare_item_cannot_be_answered(invitation):
    with pytest.raises(AnswerRefused):
        save_answer(invitation, item_key="frequency", value=1, at=NOW)


def test_an_optional_question_left_out_holds_nobody_up(invitation):
    questionnaire = questionnaire_of(invitation)
    first, second = questionnaire.pages
    save_page(invitation, answers={first.questions[0].key: 1}, at=NOW)

    assert [question.is_expected for question in first.questions] == [True, False]
    assert first_page_with_gaps(questionnaire, answers_given(invitation)) == second


def test_keys_fit_their_column(invitation):
    longest = max(len(key) for key in questionnaire_of(invitation).questions)

    assert longest - len("frequency") + 60 <= 130
