"""The released matrix of teams: what facilitators, executives and participants see of it, on the page and in the sheet."""

import csv
import io

import pytest
from django.urls import reverse

from assessments.models.releases import Release
from assessments.releasing.document import seal
from assessments.results import (
    WITHHELD,
    Against,
    Bound,
    Share,
    finding,
    relationships_of,
    released_results,
    wave_results,
)
from programme.enums import AuditAction
from programme.models.audit import AuditEntry
from tests.factories.assessments import make_instrument, make_people
from tests.factories.relationships import answers_about_teams, make_relationships
from tests.factories.results import ONE_QUESTION, released_wave


@pytest.fixture
def people(cast):
    """Eight council executives, eight and three of the trust; the fixture's participant is in the small team."""
    return [
        *make_people(cast.programme, 8, organisation=cast.council, team=cast.executives),
        *make_people(cast.programme, 8, organisation=cast.nhs, team=cast.executives),
        *make_people(cast.programme, 2, organisation=cast.nhs, team=cast.managers),
        cast.participant_member,
    ]


def says(number, member, other):
    """Four of each team meet the executives of the other organisation; of the managers they do not meet one."""
    often = 5 if number < 4 and other.team.name == "Executives" else 1
    return often, (4 if often == 5 else 3)


@pytest.fixture
def wave(cast, people):
    return released_wave(cast.programme, make_relationships(), answers_about_teams(people, says))


def url(cast, wave, name="wave_results", **query):
    address = reverse(f"assessments:{name}", kwargs={"programme_id": cast.programme.pk, "wave_id": wave.pk})
    return address + "?" + "&".join(f"{key}={value}" for key, value in query.items())


def text_of(response):
    return " ".join(response.content.decode().split())


def place(cast, found, organisation, team):
    return next(p for p in found.places if (p.organisation_id, p.team_id) == (organisation.pk, team.pk))


def test_the_release_holds_the_matrix_and_no_other_numbers(wave):
    stored = Release.objects.get(wave=wave)

    assert stored.sha256 == seal(stored.document)
    assert (stored.document["measures"], stored.document["scores"], stored.document["questions"]) == ([], {}, {})
    assert [cut["key"] for cut in stored.document["cuts"]] == ["programme"]
    assert AuditEntry.objects.get(action=AuditAction.WAVE_RELEASED).detail["withheld"] == 4
    assert Release.objects.get(wave=wave).audited["sets"]


def test_what_comes_through_the_door(cast, wave):
    found = relationships_of(wave_results(wave))
    council = place(cast, found, cast.council, cast.executives)
    trust = place(cast, found, cast.nhs, cast.executives)
    small = place(cast, found, cast.nhs, cast.managers)

    assert found.relation(council, trust).density == Share(50, Bound.EXACT, 8)
    assert found.relation(council, small).density.shown == "25% or less"
    assert found.relation(council, trust).quality.shown == "3.5"
    assert found.relation(small, council).density is WITHHELD
    assert found.relation(small, council).quality is WITHHELD
    assert found.relation(trust, small) is None
    assert (found.density.share, found.crossing.share) == (WITHHELD, WITHHELD)  # they would tell of three people


def test_another_questionnaire_has_no_matrix(cast, people):
    other = released_wave(cast.programme, make_instrument(ONE_QUESTION), {m: {"t1": 3, "r1": 3} for m in people})

    assert relationships_of(wave_results(other)) is None


def test_people_taken_off_and_answers_never_sent_count_nowhere(cast, people):
    wave = released_wave(
        cast.programme, make_relationships(), {**answers_about_teams(people[:16], says), people[16]: {}}
    )

    found = relationships_of(wave_results(wave))

    assert found.density.share == Share(50, Bound.EXACT, 16)
    row, column = place(cast, found, cast.nhs, cast.managers), place(cast, found, cast.council, cast.executives)
    assert found.relation(row, column).density is WITHHELD


def test_a_second_wave_is_compared_with_the_first(cast, people):
    def more(number, member, other):
        return (5, 5) if number < 5 else (1, 2)

    version = make_relationships()
    first = released_wave(cast.programme, version, answers_about_teams(people[:16], says), days=-90, point="baseline")
    second = released_wave(cast.programme, version, answers_about_teams(people[:16], more))

    found = relationships_of(wave_results(second))

    assert list(wave_results(second).earlier) == [Against.BASELINE]
    assert found.crossing.share == Share(63, Bound.EXACT, 16)
    movement = found.crossing.changes[Against.BASELINE]
    assert (movement.words, movement.difference, movement.same_people) == ("clearly_up", 13.0, False)
    assert relationships_of(wave_results(first)).crossing.changes == {}


def test_the_page_names_teams_and_never_people(cast, wave, people, client_for):
    page = text_of(client_for(cast.facilitator).get(url(cast, wave)))

    assert "What people of Council say" in page
    assert "50%" in page
    assert "25% or less" in page
    assert "about once a month or more often" in page
    assert page.count('class="is-withheld"') == 1
    assert not any(member.name in page for member in people)


def test_the_heading_tells_the_share_who_cross(cast, people, client_for):
    wave = released_wave(cast.programme, make_relationships(), answers_about_teams(people[:16], says))

    assert (
        finding(wave_results(wave)) == "50% of people work with another organisation about once a month or more often."
    )
    assert "16 people answered" in text_of(client_for(cast.facilitator).get(url(cast, wave)))


def test_executives_see_every_team(cast, wave, client_for):
    page = text_of(client_for(cast.executive).get(url(cast, wave)))

    assert "What people of Council say" in page
    assert "What people of NHS trust say" in page


def test_a_participant_sees_their_own_teams_row_only(cast, wave, people, client_for):
    own = text_of(client_for(people[8].user).get(url(cast, wave)))
    small = text_of(client_for(cast.participant).get(url(cast, wave)))

    assert "What people of NHS trust say" in own
    assert "What people of Council say" not in own
    assert "50%" in own
    assert 'class="is-withheld"' not in own
    assert 'class="is-withheld"' in small
    assert "50%" not in small


def test_the_steps_on_a_screen_show_the_matrix_and_end(cast, wave, client_for):
    client = client_for(cast.facilitator)

    assert "What people of Council say" in text_of(client.get(url(cast, wave, "wave_results_step", step=0)))
    assert "Begin with what works." in text_of(client.get(url(cast, wave, "wave_results_step", step=9)))


@pytest.mark.parametrize(("reader", "rows"), [("facilitator", 4), ("participant", 1)])
def test_the_sheet_holds_what_the_page_shows(cast, wave, client_for, reader, rows):
    response = client_for(getattr(cast, reader)).get(url(cast, wave, "wave_results_sheet"))

    lines = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    cells = [line for line in lines if " in " in (line[0] if line else "")]
    assert len(cells) == rows
    assert ["NHS trust in Senior Managers", "Council in Executives", *["Withheld"] * 5] in cells
    if reader == "facilitator":
        assert ["Council in Executives", "NHS trust in Executives", "50%", "8", "3.5", "Growing", "8"] in cells


def test_lists_and_dashboards_hold_with_a_matrix_only(cast, wave, client_for):
    assert len(released_results(cast.programme)) == 1
    for reader, name in ((cast.facilitator, "overview"), (cast.executive, "executives"), (cast.participant, "mine")):
        listed = text_of(client_for(reader).get(reverse("assessments:result_list", args=[cast.programme.pk])))
        home = client_for(reader).get(reverse(f"dashboards:{name}", args=[cast.programme.pk]))
        assert "Some teams can be looked at one by one; together they are withheld." in listed
        assert home.status_code == 200
