"""The executive's page: status, trend and next action first, then the programme on one screen."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.enums import WavePoint, WaveState
from programme.dashboards.queries.board import board
from sessions.enums import Attendance, Dimension
from tests.factories.assessments import NOW, invite, make_wave
from tests.factories.dashboards import people_of_both, running, told_wave
from tests.factories.sessions import make_commitment, make_decision, make_session

LEVEL = dict.fromkeys(Dimension.values, 3)
RISEN = {**dict.fromkeys(Dimension.values, 4), "accountability": 3}
# Four weeks before the last day of the cast's programme.
JUNE = datetime(2022, 6, 7, 9, tzinfo=UTC)


@pytest.fixture
def read(cast):
    """What the page of the cast's executive holds at a moment of the story."""

    def at(moment: datetime = JUNE):
        cast.programme.refresh_from_db()
        return board(cast.programme, member=cast.executive_member, user=cast.executive, at=moment)

    return at


@pytest.fixture
def two_waves(cast):
    people = people_of_both(cast)
    told_wave(cast.programme, people, LEVEL, days=-300, title="Where we began")
    return told_wave(cast.programme, people, RISEN, days=10, title="Where we end", point=WavePoint.END)


def main_words(page: str) -> list[str]:
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"<svg.*?</svg>|<[^>]+>", " ", main, flags=re.DOTALL).split()


def test_first_sixty_words_tell_status_trend_and_next_action(cast, first_page, two_waves):
    running(cast)
    make_session(cast.programme, date=timezone.localdate() - timedelta(days=2), people=[cast.participant_member])
    cast.participant_member.session_invitations.update(attendance=Attendance.PRESENT)
    make_decision(cast.programme, title="Who hosts", due_on=timezone.localdate() + timedelta(days=3))

    words = " ".join(main_words(first_page(cast.executive))[:60])

    assert words.startswith("Status: On track Partnership Working Programme")
    assert "Four of five dimensions are up in both organisations. Accountability has not moved." in words
    assert "Next: decide on “Who hosts” by" in words


def test_figure_shows_each_organisation_over_its_waves_with_change(read, two_waves):
    found = read().dimensions

    trust, accountability = found.figure.rows[0], found.figure.rows[3]
    assert found.figure.waves == ["Baseline", "End"]
    assert found.figure.change_headings == ["Since baseline"]
    assert [(group.label, list(group.history)) for group in trust.groups] == [
        ("Council", [3.0, 4.0]),
        ("NHS trust", [3.0, 4.0]),
    ]
    assert {change.direction for group in trust.groups for change in group.changes} == {"up"}
    assert {change.direction for group in accountability.groups for change in group.changes} == {"same"}
    assert found.title == "Trust, conflict, commitment and results grew"
    assert (
        found.source
        == "End, May 2022: Council 10 answers, NHS trust 10. Five questions, version 1.0, not yet validated."
    )


def test_first_wave_alone_is_shown_without_change(cast, read):
    told_wave(cast.programme, people_of_both(cast), LEVEL, days=-300)

    found = read().dimensions

    assert found.figure.change_headings == []
    assert found.title == "Where the five dimensions stand"


def test_withheld_organisations_leave_no_number_anywhere(cast, read, first_page):
    running(cast)
    people = people_of_both(cast, council=12, nhs=3)
    told_wave(cast.programme, people, {**LEVEL, "trust": 4}, days=-300)

    found = read().dimensions
    page = first_page(cast.executive)

    assert [group.label for group in found.figure.rows[0].groups] == ["Everybody"]
    assert found.source.endswith("Results by organisation are withheld.")
    assert "15 answers" in found.source
    dimensions = page[page.index('id="h-dim"') : page.index('id="h-com"')]
    assert "Council" not in dimensions
    assert not re.search(r"\b(12|3) answers", dimensions)


def test_a_programme_withheld_altogether_is_hatched(cast, read, first_page):
    running(cast)
    told_wave(cast.programme, people_of_both(cast, council=2, nhs=1), {**LEVEL, "trust": 4}, days=-300)

    found, page = read().dimensions, first_page(cast.executive)

    assert found.headline == "These results are withheld to keep answers confidential."
    assert all(group.withheld for row in found.figure.rows for group in row.groups)
    assert "numbers of answers withheld" in found.source
    assert page.count("is-withheld") >= len(Dimension.values)


def test_participation_counts_each_wave_and_hides_small_ones(cast, read, two_waves):
    small = make_wave(cast.programme, state=WaveState.OPEN, title="A few", closes_at=JUNE + timedelta(days=9))
    invite(small, cast.participant_member, submitted_at=JUNE)

    found = read().participation

    assert [(row.label, row.withheld, row.total) for row in found.rows] == [
        ("Baseline", False, 20),
        ("End", False, 20),
        ("Open now", True, 0),
    ]
    assert found.title == "Everybody answered"
    assert found.goal == 75


def test_attendance_is_the_share_of_places_taken(cast, read):
    held = make_session(cast.programme, date=date(2022, 5, 1), people=[cast.participant_member, cast.executive_member])
    held.invitations.update(attendance=Attendance.ABSENT)
    held.invitations.filter(member=cast.executive_member).update(attendance=Attendance.PRESENT)

    (row,) = read().participation.rows

    assert (row.label, row.words) == ("Attendance", "50%")


def test_open_wave_is_not_told_apart_from_its_counts(cast, read):
    wave = make_wave(cast.programme, state=WaveState.OPEN, closes_at=JUNE + timedelta(days=9))
    for place, member in enumerate(people_of_both(cast, 4, 4)):
        invite(wave, member, submitted_at=JUNE if place < 3 else None)

    found = read()

    assert found.headline == "People are answering: 3 of 8 have finished."
    assert found.participation.title == "3 of 8 have answered so far"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (None, "The programme is under way. The first questionnaire is still to come."),
        (WaveState.DRAFT, "The programme is under way. The first questionnaire is still to come."),
        (WaveState.OPEN, "People are answering the first questionnaire."),
        (WaveState.CLOSED, "The first answers are in. The facilitators are checking the results."),
    ],
)
def test_before_the_first_release_the_headline_says_how_far_it_is(cast, read, state, words):
    if state:
        make_wave(cast.programme, state=state, closes_at=JUNE + timedelta(days=9), closed_at=JUNE)

    assert read().headline == words


def test_before_the_first_day_it_says_when_it_starts(read):
    found = read(datetime(2020, 10, 1, 9, tzinfo=UTC))

    assert found.headline == "The programme starts on 2 November 2020."
    assert found.status.word == "Starting"
    assert found.timeline_title == "Starts on 2 November 2020"


def test_a_programme_that_is_over_is_complete_and_tells_what_lasted(cast, read, two_waves):
    make_commitment(cast.participant_member, done_on=date(2022, 6, 1))
    make_commitment(cast.participant_member)

    found = read(datetime(2022, 8, 1, 9, tzinfo=UTC))

    assert found.status.word == "Complete"
    assert found.what_lasted == (
        "What lasted: 4 of 5 dimensions higher than at the beginning, 1 of 2 commitments kept."
    )
    assert found.timeline_title == "Ended on 5 July 2022"
    assert found.next_step is None


def test_over_without_results_says_so(read):
    assert read(datetime(2022, 8, 1, 9, tzinfo=UTC)).headline == "The programme is over. No results were released."


def test_timeline_counts_down_to_the_next_session(cast, read):
    assert read().timeline_title == "4 weeks to the last day"

    make_session(cast.programme, date=date(2022, 6, 10), title="Closing review")

    assert read().timeline_title == "3 days to “Closing review”"


def test_next_step_is_what_is_wanted_most(cast, read):
    assert read().next_step.words == "Nothing is asked of you at the moment."
    make_session(cast.programme, date=date(2022, 6, 10), title="Closing review")
    assert read().next_step.words == "Next: “Closing review” on 10 June."
    wave = make_wave(cast.programme, state=WaveState.OPEN, title="Quick look", closes_at=JUNE + timedelta(days=3))
    invite(wave, cast.executive_member)
    assert read().next_step.words == "Next: answer “Quick look”, open until 10 June."
    make_decision(cast.programme, title="Who hosts", due_on=date(2022, 6, 1))
    assert read().next_step.words == "Next: decide on “Who hosts”, which was due on 1 June."


def test_longest_overdue_commitment_names_nobody_of_another_team(cast, read, first_page):
    make_commitment(cast.participant_member, text="Share the rota", due_on=NOW.date() - timedelta(days=30))

    page = first_page(cast.executive)

    assert read().late_owner == "NHS trust, Senior Managers"
    assert "Longest overdue: “Share the rota”, NHS trust, Senior Managers, due 17 April 2022." in page
    assert cast.participant_member.name not in page


def test_decisions_have_one_button_each(cast, first_page):
    running(cast)
    made = [make_decision(cast.programme, title=f"Question {number}") for number in range(3)]

    page = first_page(cast.executive)

    assert "3 decisions asked of you" in page
    assert "See all 3" in page
    url = reverse("sessions:decision_detail", kwargs={"programme_id": cast.programme.pk, "decision_id": made[0].pk})
    assert f'href="{url}"' in page
