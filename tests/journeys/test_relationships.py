"""The matrix of teams in a real browser: a facilitator's view of all teams, a participant's of their own."""

import pytest

from tests.factories.assessments import make_people
from tests.factories.programme import Cast
from tests.factories.relationships import answers_about_teams, make_relationships
from tests.factories.results import released_wave
from tests.journeys.conftest import LAPTOP, PHONE


@pytest.fixture
def story(live_site):
    """Two waves of two organisations with two teams each; one team of three people stays withheld."""
    cast = Cast()
    places = [
        (9, cast.council, cast.executives),
        (8, cast.council, cast.managers),
        (11, cast.nhs, cast.executives),
        (3, cast.nhs, cast.managers),
    ]
    groups = [make_people(cast.programme, size, organisation=o, team=t) for size, o, t in places]
    people = [member for group in groups for member in group]
    version = make_relationships()
    for days, reached in ((-200, 3), (0, 5)):
        answers = answers_about_teams(
            people,
            lambda number, member, other, reached=reached: (5, 4) if number < reached else (2, 3),
        )
        wave = released_wave(cast.programme, version, answers, days=days, point="baseline" if days else "end")
    return cast, wave, groups


@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_a_facilitator_reads_the_matrix(story, new_page, sign_in, check_accessibility, viewport):
    cast, wave, _groups = story
    page = new_page(viewport=viewport)
    sign_in(page, cast.facilitator)
    page.goto(f"/programmes/{cast.programme.pk}/results/")
    check_accessibility(page)
    page.get_by_role("link", name=wave.title).click()
    check_accessibility(page)

    council = page.get_by_role("region", name="What people of Council say")
    first = council.get_by_role("row").nth(1)
    assert "56%" in first.inner_text()  # 5 of 9
    assert "Since baseline" in first.inner_text()
    trust = page.get_by_role("region", name="What people of NHS trust say").locator("table")
    small = trust.get_by_role("row", name="Senior Managers")
    assert small.get_by_text("Withheld").count() == 2
    with page.expect_download() as sheet:
        page.get_by_role("link", name="Download what this page shows").click()
    assert "56%" in sheet.value.path().read_text(encoding="utf-8-sig")

    page.get_by_role("link", name="Show in a session").click()
    check_accessibility(page)
    page.get_by_role("link", name="Next").click()
    check_accessibility(page)
    assert page.get_by_text("Begin with what works.").is_visible()


def test_a_participant_reads_what_their_team_says(story, new_page, sign_in, check_accessibility):
    cast, wave, groups = story
    page = new_page(viewport=PHONE)
    sign_in(page, groups[0][0].user)
    page.goto(f"/programmes/{cast.programme.pk}/results/{wave.pk}/")
    check_accessibility(page)

    assert page.get_by_role("region", name="What people of Council say").count() > 0
    assert page.get_by_role("region", name="What people of NHS trust say").count() == 0


def test_a_facilitator_can_choose_it(story, page, sign_in, check_accessibility):
    cast, _wave, _groups = story
    sign_in(page, cast.facilitator)
    page.goto(f"/programmes/{cast.programme.pk}/questionnaires/new/")
    check_accessibility(page)

    assert page.get_by_label("Working relationships").is_visible()
