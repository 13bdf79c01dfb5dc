"""A questionnaire about working relationships asks once about each team of the other organisations."""

import pytest

from assessments.enums import WaveState
from assessments.models.instruments import InstrumentVersion
from assessments.models.releases import Release
from assessments.queries.answering import answers_given, first_page_with_gaps, questionnaire_of
from assessments.queries.waves import Mend, obstacles, people_to_invite
from assessments.services.responses import AnswerRefused, save_answer, save_page, start_response
from assessments.services.waves import WaveProblem, open_wave
from programme.lib.jobs import JobProblem
from tests.factories.assessments import NOW, invite, make_instrument, make_wave
from tests.factories.programme import make_member
from tests.factories.relationships import TEXT, answers_about_teams, make_relationships
from tests.factories.results import answered_wave, release


@pytest.fixture
def invitation(cast):
    """Somebody of the NHS trust, in a wave with both teams of the council."""
    wave = make_wave(cast.programme, state=WaveState.OPEN, instrument_version=make_relationships())
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


def test_it_cannot_be_opened_without_another_organisation(cast):
    wave = make_wave(cast.programme, instrument_version=make_relationships(), teams=[cast.managers])
    alone = list(people_to_invite(wave))

    assert [obstacle.mend for obstacle in obstacles(wave, alone, at=NOW)] == [Mend.PEOPLE]
    assert "nobody of a second organisation" in obstacles(wave, alone, at=NOW)[0].words
    with pytest.raises(WaveProblem, match="nobody of a second organisation"):
        open_wave(wave, actor=cast.facilitator, at=NOW)

    make_member(cast.programme, organisation=cast.council, team=cast.managers)
    assert open_wave(wave, actor=cast.facilitator, at=NOW) == 2


def test_other_questionnaires_open_with_one_organisation(cast):
    wave = make_wave(cast.programme, teams=[cast.managers])

    assert open_wave(wave, actor=cast.facilitator, at=NOW) == 1


@pytest.fixture
def early(db):
    """Version 1.0 as installations still hold it: it never said what counts as contact."""
    text = TEXT.replace('version: "1.1"', 'version: "1.0"')
    version = make_instrument(text)
    version.document = {name: value for name, value in version.document.items() if name != "contact_from"}
    version.save()
    return version


def test_it_is_offered_for_new_waves_but_not_in_its_early_version(early):
    version = make_relationships()

    assert list(InstrumentVersion.objects.answerable()) == [version]


def test_a_draft_with_the_early_version_cannot_be_opened(cast, early):
    wave = make_wave(cast.programme, instrument_version=early, teams=[cast.managers, cast.executives])

    with pytest.raises(WaveProblem, match="Choose its newer version"):
        open_wave(wave, actor=cast.facilitator, at=NOW)


def test_the_early_version_releases_nothing(cast, early):
    people = [cast.executive_member, cast.participant_member]
    wave = answered_wave(cast.programme, early, answers_about_teams(people, lambda number, member, other: (5, 5)))

    with pytest.raises(JobProblem, match="what counts as contact"):
        release(wave)

    assert not Release.objects.exists()
