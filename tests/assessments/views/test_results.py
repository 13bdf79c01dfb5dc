"""The pages of released results, read back by an attacker who pools what a facilitator and two executives see."""

import csv
import io
import random
import re
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.enums import WaveState
from assessments.releasing.cuts import organisation_key, team_key
from assessments.results import wave_results
from programme.enums import AuditAction, Role
from programme.models.audit import AuditEntry
from tests.assessments.releasing.attack import derivable_groups
from tests.factories.assessments import make_instrument, make_people, make_wave
from tests.factories.programme import make_member, make_team
from tests.factories.results import ONE_QUESTION, answered_wave, released_wave

NUMBER = re.compile(r"\d+(?:\.\d+)?")


@pytest.fixture
def version(db):
    return make_instrument(ONE_QUESTION)


def people_of(cast, sizes):
    """By organisation and team: council executives, council managers, trust executives, trust managers."""
    places = [
        (cast.council, cast.executives),
        (cast.council, cast.managers),
        (cast.nhs, cast.executives),
        (cast.nhs, cast.managers),
    ]
    return {
        (organisation, team): make_people(cast.programme, size, organisation=organisation, team=team)
        for (organisation, team), size in zip(places, sizes, strict=True)
    }  # fmt: skip


def flat(groups):
    return [member for members in groups.values() for member in members]


def mixed(people, **more):
    return {member: {"t1": 2 + number % 3, "r1": 3, **more} for number, member in enumerate(people)}


def page_url(cast, wave, name="wave_results", cut="", **query):
    url = reverse(f"assessments:{name}", kwargs={"programme_id": cast.programme.pk, "wave_id": wave.pk})
    return f"{url}?cut={cut}" + "".join(f"&{key}={value}" for key, value in query.items())


def list_url(cast):
    return reverse("assessments:result_list", kwargs={"programme_id": cast.programme.pk})


class _Cells(HTMLParser):
    """The rows of every table, each cell as the text that is in it, and separately the numbers of drawings."""

    def __init__(self):
        super().__init__()
        self.rows, self._cell, self.coordinates = [], None, []

    def handle_starttag(self, tag, attributes):
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self._cell = []
        elif tag in ("rect", "circle", "line", "svg", "path"):
            self.coordinates += [value for key, value in attributes if key in ("x", "cx", "x1", "x2")]

    def handle_data(self, data):
        if self._cell is not None:
            self._cell.append(data.strip())

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self._cell is not None:
            self.rows[-1].append(" ".join(part for part in self._cell if part))
            self._cell = None


def table_rows(html):
    parser = _Cells()
    parser.feed(html)
    return [row for row in parser.rows if row]


def main_of(response):
    return response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]


def sheet(browser, cast, wave, cut=""):
    content = browser.get(page_url(cast, wave, "wave_results_sheet", cut)).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content)))


def test_a_facilitator_sees_the_finding_every_group_and_what_the_numbers_are(cast, version, client_for):
    groups = people_of(cast, [6, 6, 6, 6])
    released_wave(cast.programme, version, mixed(flat(groups)), days=-100, title="Start", point="baseline")
    after = {member: {"t1": 4, "r1": 3} for member in flat(groups)} | {flat(groups)[0]: {"t1": 3, "r1": 3}}
    wave = released_wave(cast.programme, version, after, title="Close", point="end")

    page = main_of(client_for(cast.facilitator).get(page_url(cast, wave)))

    assert "Trust is up. Results has not moved." in page or "Trust is up in both organisations" in page
    for label in ("Everybody", "Council", "NHS trust", "Executives", "Senior Managers", "Council in Executives"):
        assert label in page
    assert "24 people answered" in page
    assert "not yet validated" in page
    assert "Since baseline" in page
    assert "Demonstration" not in page


def test_pages_of_a_demonstration_say_so(cast, version, client_for):
    cast.programme.is_demonstration = True
    cast.programme.save()
    wave = released_wave(cast.programme, version, mixed(make_people(cast.programme, 6)))

    page = main_of(client_for(cast.facilitator).get(page_url(cast, wave)))

    assert "Demonstration: these answers are generated." in page


def test_participants_see_their_own_groups_only(cast, version, client_for):
    groups = people_of(cast, [6, 6, 6, 6])
    wave = released_wave(cast.programme, version, mixed(flat(groups)))
    browser = client_for(groups[cast.nhs, cast.managers][0].user)

    statuses = {
        cut.label: browser.get(page_url(cast, wave, cut=cut.key)).status_code for cut in wave_results(wave).cuts
    }  # fmt: skip

    assert {label for label, status in statuses.items() if status == 200} == {
        "Everybody",
        "NHS trust",
        "Senior Managers",
    }
    assert set(statuses.values()) == {200, 404}
    page = main_of(browser.get(page_url(cast, wave)))
    assert "Council" not in page


def test_results_of_another_team_alone_are_not_told_to_somebody_who_only_takes_part(cast, version, client_for):
    groups = people_of(cast, [6, 6, 6, 6])
    asked = [*groups[cast.council, cast.executives], *groups[cast.nhs, cast.executives]]
    wave = released_wave(cast.programme, version, mixed(asked))
    browser = client_for(groups[cast.council, cast.managers][0].user)

    assert browser.get(page_url(cast, wave)).status_code == 404
    assert browser.get(page_url(cast, wave, name="wave_results_sheet")).status_code == 404
    assert wave.title not in browser.get(list_url(cast)).content.decode()
    assert client_for(asked[0].user).get(page_url(cast, wave)).status_code == 200


def test_somebody_who_was_not_asked_sees_where_they_are_today(cast, version, client_for):
    wave = released_wave(cast.programme, version, mixed(flat(people_of(cast, [6, 6, 6, 6]))))

    page = main_of(client_for(cast.participant).get(page_url(cast, wave)))

    assert "NHS trust" in page
    assert "Executives" not in page


def test_comments_are_for_facilitators(cast, version, client_for):
    wave = released_wave(cast.programme, version, mixed(flat(people_of(cast, [6, 6, 6, 6])), keep="Meet in person"))

    by_facilitator = main_of(client_for(cast.facilitator).get(page_url(cast, wave)))
    by_executive = main_of(client_for(cast.executive).get(page_url(cast, wave)))

    assert by_facilitator.count("Meet in person") == 24
    assert "Meet in person" not in by_executive
    assert not any("Meet in person" in line for line in sheet(client_for(cast.executive), cast, wave))


def test_withheld_looks_the_same_whatever_the_reason(cast, version, client_for):
    """Too few (NHS trust), or its difference from the whole (council): the same cell, letter by letter."""
    groups = people_of(cast, [12, 0, 3, 0])
    wave = released_wave(cast.programme, version, mixed(flat(groups)))
    browser = client_for(cast.facilitator)
    few, reveals = (organisation_key(organisation.pk) for organisation in (cast.nhs, cast.council))

    shown = {key: table_rows(main_of(browser.get(page_url(cast, wave, cut=key)))) for key in (few, reveals)}

    assert shown[few] == shown[reveals]
    assert "Withheld" in shown[few][1]
    rows = [[row[1:] for row in sheet(browser, cast, wave, key)[1:3]] for key in (few, reveals)]
    assert rows[0] == rows[1]
    assert NUMBER.findall(" ".join(cell for row in rows[0] for cell in row)) == []


def test_no_drawing_places_a_mark_for_a_withheld_score(cast, version, client_for):
    wave = released_wave(cast.programme, version, mixed(flat(people_of(cast, [12, 0, 3, 0]))))
    browser = client_for(cast.facilitator)

    page = main_of(browser.get(page_url(cast, wave, cut=organisation_key(cast.nhs.pk))))

    assert "cg-now" not in page
    assert "cg-half" not in page.split("cg-fignote")[0]


@pytest.mark.parametrize("seed", range(8))
def test_pooled_pages_and_sheets_give_no_small_group_away(cast, version, client_for, seed):
    chance = random.Random(seed)
    groups = people_of(cast, [chance.randint(1, 8) for _ in range(4)])
    people = flat(groups)
    second = make_member(cast.programme, roles={Role.EXECUTIVE, Role.PARTICIPANT}, organisation=cast.nhs).user
    for days in (-50, 0):
        answers = {member: {"t1": chance.randint(1, 5), "r1": chance.randint(1, 5)} for member in people}
        wave = released_wave(
            cast.programme, version, {m: a for m, a in answers.items() if chance.random() > 0.1}, days=days
        )
    places = {member.pk: (member.organisation_id, member.team_id) for member in people}
    answered = [invitation.member_id for invitation in wave.invitations.all()]
    known = []
    for user in (cast.facilitator, cast.executive, second):
        browser = client_for(user)
        for cut in wave_results(wave).cuts:
            lines = sheet(browser, cast, wave, cut.key)
            on_page = table_rows(main_of(browser.get(page_url(cast, wave, cut=cut.key))))
            trust = next(line for line in lines if line[:2] == [cut.label, "Trust"])
            shown = NUMBER.findall(trust[3])
            assert (trust[3] == "Withheld") == (not shown)
            assert any(trust[3] in row[2] for row in on_page if row[0].startswith("Trust"))
            if shown:
                inside = {p for p in answered if _is_in(cut, *places[p])}
                assert len(inside) >= wave.threshold
                known.append(inside)

    found = derivable_groups(known, answered, wave.threshold)

    assert found == []


def _is_in(cut, organisation, team):
    return cut.organisation_id in (None, organisation) and cut.team_id in (None, team)


def test_nothing_changes_while_people_answer_and_nothing_is_there_before_the_release(cast, version, client_for):
    people = make_people(cast.programme, 8, organisation=cast.council, team=cast.managers)
    wave = answered_wave(cast.programme, version, mixed(people[:6]), state=WaveState.OPEN, closed_at=None)
    browser = client_for(cast.facilitator)
    before = [main_of(browser.get(list_url(cast))), browser.get(page_url(cast, wave)).status_code]

    wave.invitations.update(submitted_at=None)
    during = [main_of(browser.get(list_url(cast))), browser.get(page_url(cast, wave)).status_code]

    assert before == during
    assert before[1] == 404
    wave.state = WaveState.CLOSED
    wave.closed_at = wave.closes_at
    wave.save()
    assert browser.get(page_url(cast, wave)).status_code == 404
    assert client_for(cast.executive).get(page_url(cast, wave)).status_code == 404


def test_the_sheet_says_what_the_page_says_and_is_written_down(cast, version, client_for):
    people = make_people(cast.programme, 12, organisation=cast.council, team=cast.managers)
    wave = released_wave(cast.programme, version, mixed(people), title="=End()")
    browser = client_for(cast.facilitator)

    response = browser.get(page_url(cast, wave, "wave_results_sheet"))

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="end-everybody.csv"'
    lines = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert lines[0][:4] == ["Group", "Dimension", "Baseline", "Band"]
    assert lines[1] == ["Everybody", "Trust", "3.0", "Growing", "12", "Close together", "2.0", "4.0"]
    entry = AuditEntry.objects.get(action=AuditAction.EXPORTED)
    assert (entry.actor_id, entry.detail["group"]) == (cast.facilitator.pk, "Everybody")


def test_a_team_named_like_a_formula_stays_text_in_the_sheet(cast, version, client_for):
    team = make_team(cast.programme, '=HYPERLINK("x")')
    wave = released_wave(cast.programme, version, mixed(make_people(cast.programme, 6, team=team)))

    lines = sheet(client_for(cast.facilitator), cast, wave, team_key(team.pk))

    assert lines[1][0] == '\'=HYPERLINK("x")'


def test_steps_on_a_screen_move_by_links_and_stay_in_range(cast, version, client_for):
    wave = released_wave(cast.programme, version, mixed(make_people(cast.programme, 12)))
    browser = client_for(cast.facilitator)

    pages = [main_of(browser.get(page_url(cast, wave, "wave_results_step", step=step))) for step in (0, 1, 3, 99, "x")]

    assert 'rel="next"' in pages[0]
    assert 'rel="prev"' not in pages[0]
    assert "Trust" in pages[1]
    assert 'rel="next"' not in pages[2]
    assert pages[3] == pages[2]
    assert pages[4] == pages[0]


def test_a_facilitator_releases_and_is_led_to_the_results(cast, version, client_for):
    wave = answered_wave(cast.programme, version, mixed(make_people(cast.programme, 8)))
    browser = client_for(cast.facilitator)
    url = reverse("assessments:wave_release", kwargs={"programme_id": cast.programme.pk, "wave_id": wave.pk})

    before = main_of(browser.get(url))
    answer = browser.post(url)

    assert "8 people of 8 invited have answered." in before
    assert "Release the results" in before
    assert answer["Location"] == url
    running = main_of(browser.get(url))
    assert "Waiting to start" in running
    assert "<form" not in running


def test_an_open_wave_is_refused_in_words(cast, version, client_for):
    wave = make_wave(cast.programme, instrument_version=version, state=WaveState.OPEN)
    url = reverse("assessments:wave_release", kwargs={"programme_id": cast.programme.pk, "wave_id": wave.pk})

    page = main_of(client_for(cast.facilitator).post(url, follow=True))

    assert "Close the questionnaire first." in page


@pytest.mark.parametrize("role", ["facilitator", "executive", "participant"])
def test_the_list_tells_what_comes_when_there_is_nothing_yet(cast, client_for, role):
    page = main_of(client_for(getattr(cast, role)).get(list_url(cast)))

    assert "No results yet" in page


@pytest.mark.parametrize("role", ["facilitator", "participant"])
def test_pages_ask_the_database_as_often_for_three_waves_and_teams_as_for_one(cast, version, client_for, role):
    counts = []
    browser = client_for(getattr(cast, role))
    for number, teams in enumerate((1, 3)):
        groups = [make_team(cast.programme) for _ in range(teams)]
        people = [m for team in groups for m in make_people(cast.programme, 6, team=team, organisation=cast.nhs)]
        for wave_number in range(1 if number == 0 else 2):
            asked = mixed([cast.participant_member, *people])
            wave = released_wave(cast.programme, version, asked, days=10 * number + wave_number)
        counts.append([_queries(browser, list_url(cast)), _queries(browser, page_url(cast, wave))])

    assert counts[0] == counts[1]
    assert max(counts[0]) <= 12


def _queries(browser, url):
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(url).status_code == 200
    return len(queries)
