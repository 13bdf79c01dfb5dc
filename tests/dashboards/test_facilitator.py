"""What needs a facilitator today, how everything stands, and the way into a new programme."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from assessments.enums import WavePoint, WaveState
from programme.dashboards.queries.steps import meetings
from programme.enums import DeliveryState
from programme.models.programmes import Programme
from sessions.enums import Attendance, SessionKind
from tests.factories.assessments import invite, make_wave
from tests.factories.dashboards import lost_mail, make_report, people_of_both, running
from tests.factories.programme import make_member, make_programme
from tests.factories.sessions import make_commitment, make_session


@pytest.fixture
def page(cast, first_page):
    """The facilitator's page of a running programme, read when called."""
    running(cast)
    return lambda: first_page(cast.facilitator)


def address(programme: Programme, name: str, **kwargs) -> str:
    return reverse(name, kwargs={"programme_id": programme.pk, **kwargs})


def in_days(days: int):
    return timezone.localdate() + timedelta(days=days)


def test_mail_that_could_not_be_sent_names_who_waits(cast, page):
    people = people_of_both(cast, 2, 1)
    for member in people:
        lost_mail(member, at=timezone.now())

    words = page()

    assert "3 mails could not be sent" in words
    named = sorted(member.name for member in people[:2])
    assert f"{named[0]}, {named[1]} and 1 other person still wait for it." in words
    assert f"{address(cast.programme, 'delivery_list')}?state=failed" in words


def test_mail_that_may_not_have_gone_out_is_said_so(cast, page):
    lost_mail(cast.participant_member, at=timezone.now(), state=DeliveryState.UNCONFIRMED)

    assert "1 mail may not have gone out" in page()


@pytest.mark.parametrize("made_up_for", ["later_mail", "long_ago"])
def test_mail_that_no_longer_matters_is_left_to_its_own_page(cast, page, made_up_for):
    now, subject = timezone.now(), uuid4()
    lost_mail(
        cast.participant_member, at=now - timedelta(days=40 if made_up_for == "long_ago" else 1), subject_id=subject
    )
    if made_up_for == "later_mail":
        lost_mail(cast.participant_member, at=now, subject_id=subject, occurrence="again", state=DeliveryState.SENT)

    assert "could not be sent" not in page()


def test_closed_questionnaire_asks_to_be_released(cast, page):
    wave = make_wave(cast.programme, state=WaveState.CLOSED, title="How we work", closed_at=timezone.now())
    invite(wave, cast.participant_member, submitted_at=timezone.now())

    words = page()

    assert "“How we work” is closed" in words
    assert "1 of 1 person answered." in words
    assert address(cast.programme, "assessments:wave_release", wave_id=wave.pk) in words


def test_draft_asks_to_be_opened(cast, page):
    make_wave(cast.programme, title="How we work")

    assert "“How we work” is not open yet" in page()


def test_questionnaire_that_everybody_answered_can_be_closed(cast, page):
    wave = make_wave(
        cast.programme, state=WaveState.OPEN, title="Quick look", closes_at=timezone.now() + timedelta(days=9)
    )
    invite(wave, cast.participant_member, submitted_at=timezone.now())
    invite(wave, cast.executive_member, withdrawn_at=timezone.now())

    words = page()

    assert "Everybody has answered “Quick look”" in words
    assert address(cast.programme, "assessments:wave_close", wave_id=wave.pk) in words


def test_disputed_place_is_told(cast, page):
    wave = make_wave(
        cast.programme, state=WaveState.OPEN, title="Quick look", closes_at=timezone.now() + timedelta(days=9)
    )
    invite(wave, cast.participant_member, place_disputed=True)

    assert "1 person says their place in “Quick look” is wrong" in page()


def test_waves_of_one_title_are_told_apart_by_their_point(cast, page):
    make_wave(cast.programme, title="How we work", point=WavePoint.BASELINE)
    make_wave(cast.programme, title="How we work", point=WavePoint.END)

    assert "How we work (baseline)" in page()


def test_session_without_attendance_asks_who_came(cast, page):
    session = make_session(cast.programme, date=in_days(-3), title="Trust", people=[cast.participant_member])

    words = page()

    assert "The register of “Trust” is empty." in words
    assert address(cast.programme, "sessions:register", session_id=session.pk) in words


def test_many_empty_registers_are_one_line(cast, page):
    for days in (3, 4, 5):
        make_session(cast.programme, date=in_days(-days), title=f"Day {days}", people=[cast.participant_member])

    words = page()

    assert "3 sessions have no attendance yet" in words
    assert "The latest is “Day 3”." in words


def test_register_that_is_filled_in_needs_nobody(cast, page):
    session = make_session(cast.programme, date=in_days(-3), people=[cast.participant_member])
    session.invitations.update(attendance=Attendance.PRESENT)

    assert "The register of" not in page()


@pytest.mark.parametrize(
    ("asked", "words"), [(True, "Invitations to “Trust” are not sent"), (False, "Nobody is asked to “Trust”")]
)
def test_session_that_nobody_knows_of_is_told(cast, page, asked, words):
    people = [cast.participant_member] if asked else []
    make_session(cast.programme, date=in_days(9), title="Trust", people=people, invited_at=None)

    assert words in page()


def test_overdue_commitments_are_one_line_with_the_oldest(cast, page):
    make_commitment(cast.participant_member, due_on=in_days(-2))
    make_commitment(cast.participant_member, due_on=in_days(-1))
    make_commitment(cast.participant_member, due_on=in_days(5))

    words = page()

    assert "2 commitments are overdue" in words
    assert f"The oldest was due on {in_days(-2):%-d %B %Y}." in words


def test_compiled_report_waits_for_release(cast, page):
    report = make_report(cast.programme, title="Half-year report")
    make_report(cast.programme, title="Out already", released_at=timezone.now())

    words = page()

    assert "“Half-year report” is compiled" in words
    assert "“Out already” is compiled" not in words
    assert address(cast.programme, "reports:report_detail", report_id=report.pk) in words


def test_names_are_escaped_once(cast, page):
    member = make_member(cast.programme, name="Síle O'Brien", organisation=cast.council, team=cast.managers)
    lost_mail(member, at=timezone.now())

    assert escape("Síle O'Brien still waits for it.") in page()


def test_nothing_to_do_is_said_in_peace(cast, page):
    make_session(cast.programme, date=in_days(9), people=[cast.participant_member], invited_at=timezone.now())
    make_wave(cast.programme, state=WaveState.RELEASED, closed_at=timezone.now())

    words = page()

    assert "Nothing needs you today" in words
    assert "cg-card--ask" not in words


def test_open_questionnaire_is_tracked_by_organisation_and_team(cast, page):
    wave = make_wave(
        cast.programme, state=WaveState.OPEN, title="Quick look", closes_at=timezone.now() + timedelta(days=9, hours=1)
    )
    for place, member in enumerate(people_of_both(cast, 4, 4)):
        invite(wave, member, started_at=timezone.now(), submitted_at=timezone.now() if place < 4 else None)

    words = page()

    assert "Quick look: 2 more answers reach the goal" in words
    assert "9 days left" in words
    assert '<span class="cg-strong">4</span> of 8' in words
    assert "4 more started" in words


def test_the_questionnaire_that_closes_first_is_tracked_and_the_other_named(cast, page):
    for days, title in ((9, "Later"), (2, "Sooner")):
        wave = make_wave(
            cast.programme, state=WaveState.OPEN, title=title, closes_at=timezone.now() + timedelta(days=days)
        )
        invite(wave, cast.participant_member)

    words = page()

    assert "Sooner: 1 more answer reaches the goal" in words
    assert "Also open:" in words
    assert "0 of 1 finished" in words


def test_people_who_joined_late_can_be_asked_too(cast, page):
    wave = make_wave(
        cast.programme, teams=[cast.managers], state=WaveState.OPEN, closes_at=timezone.now() + timedelta(days=9)
    )
    invite(wave, cast.participant_member)
    people_of_both(cast, 1, 1)

    words = page()

    assert "2 people in its teams not asked" in words
    assert address(cast.programme, "assessments:wave_late", wave_id=wave.pk) in words


def test_steps_lead_from_set_up_to_the_report_for_the_board(cast, page):
    make_wave(cast.programme, state=WaveState.RELEASED, title="Where we began", closed_at=timezone.now())
    make_session(cast.programme, date=in_days(-9))
    make_session(cast.programme, date=in_days(290), kind=SessionKind.REVIEW)
    make_report(cast.programme, released_at=timezone.now())

    words = page()

    steps = [
        "Partners, teams, people and privacy",
        "1 of 2 held",
        "Where we began",
        "Closing review",
        "Report for the board",
    ]
    assert [words.index(step) for step in steps] == sorted(words.index(step) for step in steps)
    assert "3 of 5 done" in words


def test_people_are_counted_by_team_and_organisation(cast, page):
    people_of_both(cast, 3, 2)
    make_member(cast.programme, organisation=cast.nhs, team=cast.managers, left_on=in_days(-1))
    make_session(cast.programme, date=in_days(9))

    words = page()

    assert "7 people taking part" in words
    assert "0 joined and 1 left" in words
    assert "1 facilitator, 1 executive." in words


@pytest.mark.django_db
def test_a_new_programme_leads_through_its_set_up(client_for):
    today = timezone.localdate()
    programme = make_programme(aims="", starts_on=today, ends_on=today + timedelta(days=90))
    url = reverse("dashboards:overview", kwargs={"programme_id": programme.pk})

    words = client_for(programme.created_by).get(url).content.decode()

    assert "Next: Name, aims and dates" in words
    assert "A partnership needs at least two." in words
    assert "things need you" not in words


def test_a_programme_that_is_set_up_is_led_to_its_first_session_and_questionnaire(cast, page):
    words = page()

    assert "No questionnaire is prepared" in words
    assert "No session is planned" in words


def test_a_programme_that_is_over_asks_for_nothing_new(cast, first_page):
    words = first_page(cast.facilitator)

    assert "ended on 5 July 2022" in words
    assert "Plan a session" not in words
    assert "No questionnaire is prepared" not in words


def test_the_demonstration_says_so(cast, page):
    assert "Demonstration: these answers are generated." not in page()
    cast.programme.is_demonstration = True
    cast.programme.save()

    assert "Demonstration: these answers are generated." in page()


@pytest.mark.parametrize(("minute", "held"), [(29, 0), (30, 1)])
def test_a_session_counts_as_held_from_its_end_on_its_own_day(cast, minute, held):
    make_session(cast.programme)  # 10am to 12.30pm, summer time

    at = datetime(2022, 5, 17, 11, minute, tzinfo=UTC)

    assert meetings(cast.programme, user=cast.facilitator, at=at, today=at.date()).held == held
