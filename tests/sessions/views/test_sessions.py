from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programme.models.deliveries import Delivery
from sessions.enums import Attendance, Reply, SessionMode, SessionState
from sessions.models.sessions import Session
from tests.factories.programme import make_member
from tests.factories.sessions import give_place, make_commitment, make_session

SOON = timezone.localdate() + timedelta(days=10)
LONG_AGO = timezone.localdate() - timedelta(days=10)


@pytest.fixture(autouse=True)
def running_programme(cast):
    """The cast's programme runs today, so that no warning about its dates gets in the way."""
    cast.programme.starts_on = timezone.localdate() - timedelta(days=300)
    cast.programme.ends_on = timezone.localdate() + timedelta(days=300)
    cast.programme.save()


def url(name: str, cast, session: Session | None = None, **kwargs) -> str:
    if session:
        kwargs["session_id"] = session.pk
    return reverse(f"sessions:{name}", kwargs={"programme_id": cast.programme.pk, **kwargs})


def facts(cast, day=None, **fields) -> dict:
    day = day or _weekday(SOON)
    return {
        "title": "Promises we keep",
        "kind": "workshop",
        "date_0": day.day,
        "date_1": day.month,
        "date_2": day.year,
        "starts": "10am",
        "ends": "12.30pm",
        "mode": "room",
        "place": "Harbour Room",
        "teams": [str(cast.managers.pk)],
        **fields,
    }


def _weekday(day):
    """The Tuesday on or after a day; never one of England's bank holidays but for Christmas and New Year."""
    day += timedelta(days=(1 - day.weekday()) % 7)
    return day + timedelta(days=14) if (day.month, day.day) >= (12, 22) or day.month == 1 and day.day < 4 else day


def words(response) -> str:
    return response.content.decode()


def test_a_facilitator_plans_a_session_and_the_team_is_invited(cast, client_for):
    response = client_for(cast.facilitator).post(url("session_new", cast), facts(cast))

    session = Session.objects.get()
    assert response.url == url("session_detail", cast, session)
    assert (session.mode, session.place, str(session.starts)) == (SessionMode.ROOM, "Harbour Room", "10:00:00")
    assert [place.member for place in session.invitations.all()] == [cast.participant_member]
    assert Delivery.objects.get().recipient == cast.participant


def test_planning_may_leave_the_invitations_for_later(cast, client_for):
    client_for(cast.facilitator).post(url("session_new", cast), facts(cast, action="later"))

    assert Session.objects.get().invited_at is None
    assert Delivery.objects.count() == 0


def test_a_warning_stops_once_and_lets_go_on_when_it_has_been_read(cast, client_for):
    browser, address = client_for(cast.facilitator), url("session_new", cast)
    beyond = cast.programme.ends_on + timedelta(days=40)
    asked = facts(cast, day=_weekday(beyond))

    first = browser.post(address, asked)
    assert "This is outside the programme" in words(first)
    assert Session.objects.count() == 0

    browser.post(address, {**asked, "seen": first.context["seen"]})
    assert Session.objects.count() == 1


def test_having_read_one_warning_does_not_wave_another_through(cast, client_for):
    browser, address = client_for(cast.facilitator), url("session_new", cast)
    beyond = _weekday(cast.programme.ends_on + timedelta(days=40))
    seen = browser.post(address, facts(cast, day=beyond)).context["seen"]
    make_session(cast.programme, date=beyond, people=[cast.participant_member])

    response = browser.post(address, {**facts(cast, day=beyond), "seen": seen})

    assert "is invited to “Promises we keep” at that time" in words(response)
    assert Session.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"date_1": ""}, "date"),
        ({"starts": "soon"}, "starts"),
        ({"ends": "9am"}, "ends"),
        ({"ends": "10am"}, "ends"),
        ({"mode": "telepathy"}, "mode"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "ftp://files.example.org"}, "link"),
        ({"date_0": "27", "date_1": "3", "date_2": "2050", "starts": "1.30am"}, "starts"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(cast, client_for, wrong, field):
    response = client_for(cast.facilitator).post(url("session_new", cast), facts(cast, **wrong))

    assert list(response.context["form"].errors) == [field]
    assert Session.objects.count() == 0


def test_people_of_another_programme_cannot_be_asked(cast, client_for):
    stranger = make_member(cast.other_programme)

    response = client_for(cast.facilitator).post(url("session_new", cast), facts(cast, people=[str(stranger.pk)]))

    assert list(response.context["form"].errors) == ["people"]


def test_changing_the_place_keeps_everything_else_and_tells_people(cast, client_for):
    session = make_session(
        cast.programme, date=_weekday(SOON), people=[cast.participant_member], invited_at=timezone.now()
    )

    client_for(cast.facilitator).post(url("session_edit", cast, session), facts(cast, place="Town Hall"))

    session.refresh_from_db()
    assert (session.place, session.sequence) == ("Town Hall", 1)
    assert Delivery.objects.get().purpose == "session_update"


def test_the_edit_page_says_how_many_people_a_change_concerns(cast, client_for):
    session = make_session(cast.programme, people=[cast.participant_member], invited_at=timezone.now())

    assert "1 person has been invited." in words(client_for(cast.facilitator).get(url("session_edit", cast, session)))


def test_cancelling_states_the_consequence_in_numbers_first(cast, client_for):
    session = make_session(cast.programme, date=SOON, invited_at=timezone.now())
    give_place(session, cast.participant_member, invited_at=timezone.now(), reply=Reply.COMING)
    give_place(session, cast.executive_member, invited_at=timezone.now())
    browser = client_for(cast.facilitator)

    page = words(browser.get(url("session_cancel", cast, session)))
    assert "2 people have been invited." in page
    assert "1 of them said that they are coming." in page
    assert Session.objects.get().state == SessionState.PLANNED

    response = browser.post(url("session_cancel", cast, session))
    assert Session.objects.get().state == SessionState.CANCELLED
    assert "2 people are told by mail." in str(next(iter(get_messages(response.wsgi_request))))


def test_notes_are_for_facilitators_alone(cast, client_for):
    session = make_session(cast.programme, people=[cast.participant_member, cast.executive_member])
    browser = client_for(cast.facilitator)
    browser.post(url("session_notes", cast, session), {"notes": "He was very quiet today"})

    assert "He was very quiet today" in words(browser.get(url("session_detail", cast, session)))
    for reader in (cast.participant, cast.executive):
        assert "very quiet" not in words(client_for(reader).get(url("session_detail", cast, session)))


def test_a_participant_reads_of_nobody_else(cast, client_for):
    session = make_session(cast.programme, date=SOON, people=[cast.participant_member, cast.executive_member])
    make_commitment(cast.executive_member, session=session, text="Somebody else's promise")
    make_commitment(cast.participant_member, session=session, text="My own promise")

    page = words(client_for(cast.participant).get(url("session_detail", cast, session)))

    assert "My own promise" in page
    for other in ("Somebody else's promise", "Somebody else&#x27;s promise", "Eve Executive", "people on the list"):
        assert other not in page


def test_an_executive_reads_counts_of_all_and_names_of_the_own_team(cast, client_for):
    session = make_session(cast.programme, date=SOON, people=[cast.participant_member, cast.executive_member])
    make_commitment(cast.participant_member, session=session)

    page = words(client_for(cast.executive).get(url("session_detail", cast, session)))

    assert "2 people on the list" in page
    assert "Pat Participant" not in page
    assert "NHS trust, Senior Managers" in page


def test_hostile_titles_and_agendas_are_text(cast, client_for):
    session = make_session(
        cast.programme, title="<script>alert(1)</script>", agenda="10am <img src=x onerror=alert(1)>", place="{{7*7}}"
    )
    browser = client_for(cast.facilitator)

    for page in (
        words(browser.get(url("session_list", cast))),
        words(browser.get(url("session_detail", cast, session))),
    ):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "{{7*7}}" in page


def test_the_list_of_a_participant_holds_no_other_session(cast, client_for):
    make_session(cast.programme, title="Mine", date=SOON, teams=[cast.managers], people=[cast.participant_member])
    make_session(cast.programme, title="Not mine", date=SOON, teams=[cast.executives])

    page = words(client_for(cast.participant).get(url("session_list", cast)))

    assert "Mine" in page
    assert "Not mine" not in page


def test_an_empty_list_tells_a_facilitator_what_to_do(cast, client_for):
    page = words(client_for(cast.facilitator).get(url("session_list", cast)))

    assert "No session is planned" in page
    assert url("session_new", cast) in page


@pytest.mark.parametrize("reader", ["facilitator", "executive", "participant"])
def test_list_and_page_cost_the_same_for_one_and_three(cast, client_for, reader):
    browser = client_for(getattr(cast, reader))
    people = [cast.participant_member, cast.executive_member]

    def fill():
        session = make_session(cast.programme, date=SOON, teams=[cast.managers], people=people)
        held = make_session(cast.programme, date=LONG_AGO, teams=[cast.managers])
        for member in people:
            give_place(held, member, attendance=Attendance.PRESENT)
        make_commitment(cast.participant_member, session=session)
        return session

    session = fill()
    costs = [_cost(browser, url("session_list", cast)), _cost(browser, url("session_detail", cast, session))]
    for _ in range(2):
        fill()
        make_commitment(cast.participant_member, session=session)
        give_place(session, make_member(cast.programme, organisation=cast.nhs, team=cast.managers))

    assert [_cost(browser, url("session_list", cast)), _cost(browser, url("session_detail", cast, session))] == costs


def _cost(browser, address) -> int:
    browser.get(address)  # the first visit writes the browser's session
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)
