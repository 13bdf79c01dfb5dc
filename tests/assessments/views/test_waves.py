"""The facilitator's pages about questionnaires: drafting, reading, and who has answered."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.enums import WaveState
from assessments.models.invitations import AnsweringLink
from assessments.models.waves import Wave
from tests.factories.assessments import invite, make_instrument, make_licensed_instrument, make_people, make_wave

pytestmark = pytest.mark.django_db


@pytest.fixture
def facilitator(cast, client_for):
    return client_for(cast.facilitator)


@pytest.fixture
def open_wave(cast):
    now = timezone.now()
    return make_wave(
        cast.programme,
        state=WaveState.OPEN,
        teams=[cast.managers],
        title="Baseline",
        opened_at=now - timedelta(days=3),
        closes_at=now + timedelta(days=10),
    )


def url(name, wave=None, **more):
    kwargs = {"wave_id": wave.pk, "programme_id": wave.programme_id} if wave else {}
    return reverse(f"assessments:{name}", kwargs={**kwargs, **more})


def text(response) -> str:
    return " ".join(response.content.decode().split())


def filled(cast, **changes) -> dict:
    day = timezone.now() + timedelta(days=14)
    return {
        "instrument_version": str(make_instrument().pk),
        "title": "How we work",
        "purpose": "To see where we stand.",
        "point": "midpoint",
        "teams": [str(cast.managers.pk)],
        "closes_on_0": day.day,
        "closes_on_1": day.month,
        "closes_on_2": day.year,
        "closes_time": "5pm",
        "reminder_days": ["7", "1"],
        "goal": "80",
        "threshold": "6",
        **changes,
    }


def test_an_empty_list_says_what_to_do(cast, facilitator):
    page = url("wave_list", programme_id=cast.programme.pk)
    assert "No instrument is loaded yet" in text(facilitator.get(page))

    make_instrument()
    assert "Ask the teams for the first time" in text(facilitator.get(page))


def test_a_new_questionnaire_becomes_a_draft_in_the_programmes_own_time(cast, facilitator):
    response = facilitator.post(url("wave_new", programme_id=cast.programme.pk), filled(cast))

    wave = Wave.objects.get()
    assert response.url == url("wave_detail", wave)
    assert (wave.title, wave.point, wave.state, wave.threshold, wave.goal) == (
        "How we work",
        "midpoint",
        "draft",
        6,
        80,
    )
    assert (wave.reminder_days, list(wave.teams.all())) == ([7, 1], [cast.managers])
    assert timezone.localtime(wave.closes_at).hour == 17
    assert "1 person will be asked" in text(facilitator.get(response.url))


WRONG = {
    "title": ({"title": ""}, "Enter a title"),
    "instrument": ({"instrument_version": ""}, "Choose a questionnaire"),
    "teams": ({"teams": []}, "Choose at least one team"),
    "purpose": ({"purpose": ""}, "Say why people are asked"),
    "past": ({"closes_on_2": "2020"}, "The date must be in the future"),
    "no time": ({"closes_time": "late"}, "Enter a time like 9.30am, 2pm or 14:00"),
    "threshold": ({"threshold": "4"}, "The smallest group shown must be 5 or more, as the programme has promised."),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_field_is_told_and_nothing_saved(cast, facilitator, case):
    changes, words = WRONG[case]

    response = facilitator.post(url("wave_new", programme_id=cast.programme.pk), filled(cast, **changes))

    assert response.status_code == 200
    assert words in text(response)
    assert "<title>Error: " in text(response)
    assert not Wave.objects.exists()


def test_licensed_results_and_other_programmes_teams_cannot_be_chosen(cast, facilitator):
    licensed = str(make_licensed_instrument().pk)
    for changes in ({"instrument_version": licensed}, {"teams": [str(cast.other_programme.pk)]}):
        facilitator.post(url("wave_new", programme_id=cast.programme.pk), filled(cast, **changes))

    assert not Wave.objects.exists()


def test_a_draft_can_be_changed_and_thrown_away(cast, facilitator):
    wave = make_wave(cast.programme, teams=[cast.managers])

    facilitator.post(url("wave_change", wave), filled(cast, title="Better title"))
    assert Wave.objects.get().title == "Better title"

    facilitator.post(url("wave_discard", wave))
    assert not Wave.objects.exists()


@pytest.mark.parametrize("page", ["wave_change", "wave_discard"])
def test_an_open_one_stays_as_it_is(cast, facilitator, open_wave, page):
    response = facilitator.post(url(page, open_wave), filled(cast, title="Sneaky"))

    assert response.url == url("wave_detail", open_wave)
    assert Wave.objects.get().title == "Baseline"


def test_a_draft_tells_obstacles_and_groups_too_small_to_be_shown(cast, facilitator):
    wave = make_wave(cast.programme, teams=[cast.managers, cast.executives])
    make_people(cast.programme, 6, organisation=cast.nhs, team=cast.managers)

    page = text(facilitator.get(url("wave_detail", wave)))

    assert "The time it is open until has passed." in page
    assert "Council in Executives: 1 person" in page
    assert "Executives: 1 person" in page
    assert "NHS trust: 7" not in page


def test_the_preview_shows_every_question_and_nothing_to_send(cast, facilitator):
    wave = make_wave(cast.programme)

    page = text(facilitator.get(url("wave_preview", wave)))

    for item in wave.instrument_version.definition.items:
        assert item.text in page
    assert "Disagree" in page
    assert "<input" not in page.split("<main")[1]


def test_the_mails_are_previewed_with_the_longest_name_and_no_real_link(cast, facilitator):
    wave = make_wave(cast.programme, teams=[cast.managers])
    make_people(cast.programme, 1, team=cast.managers, name="Bartholomew Featherstonehaugh-Cholmondeley")

    page = text(facilitator.get(url("wave_mail", wave)))

    assert page.count("Dear Bartholomew Featherstonehaugh-Cholmondeley,") == 2
    assert not AnsweringLink.objects.exists()


def test_facilitators_see_who_has_answered(cast, facilitator, open_wave):
    invite(open_wave, cast.participant_member, submitted_at=timezone.now(), started_at=timezone.now())

    page = text(facilitator.get(url("wave_detail", open_wave)))

    assert "Pat Participant" in page
    assert "of 1 person have finished (100%)" in page
    assert "10 days left" in page


def test_executives_see_how_many_and_never_who(cast, client_for, open_wave):
    for member in make_people(cast.programme, 6, organisation=cast.nhs, team=cast.managers, name="Hidden Name"):
        invite(open_wave, member)
    executive = client_for(cast.executive)

    for page in (
        text(executive.get(url("wave_detail", open_wave))),
        text(executive.get(url("wave_list", programme_id=cast.programme.pk))),
    ):
        assert "0</span><span>of 6 people" in page or "0 of 6 finished" in page
        assert "Hidden Name" not in page


def test_executives_see_no_count_of_a_small_questionnaire_and_no_drafts(cast, client_for, open_wave):
    invite(open_wave, cast.participant_member, submitted_at=timezone.now())
    draft = make_wave(cast.programme, title="Secret plans")
    executive = client_for(cast.executive)

    detail = text(executive.get(url("wave_detail", open_wave)))
    listed = text(executive.get(url("wave_list", programme_id=cast.programme.pk)))

    assert "Too few people are asked to show a count" in detail
    assert "of 1" not in detail + listed
    assert "Secret plans" not in listed
    assert executive.get(url("wave_detail", draft)).status_code == 404


def test_a_wave_of_another_programme_is_not_found_here(cast, facilitator):
    elsewhere = make_wave(cast.other_programme)

    response = facilitator.get(url("wave_detail", programme_id=cast.programme.pk, wave_id=elsewhere.pk))

    assert response.status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_list_and_tracker_read_the_same_whatever_the_number_of_rows(
    cast, facilitator, open_wave, rows, django_assert_num_queries
):
    for number in range(rows):
        make_wave(cast.programme, state=WaveState.RELEASED, teams=[cast.managers], title=f"Earlier {number}")
    for member in make_people(cast.programme, rows, organisation=cast.nhs, team=cast.managers):
        invite(open_wave, member)

    with django_assert_num_queries(7):
        facilitator.get(url("wave_list", programme_id=cast.programme.pk))
    with django_assert_num_queries(14):
        facilitator.get(url("wave_detail", open_wave))
