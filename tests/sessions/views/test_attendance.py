from django.contrib.messages import get_messages
from django.urls import reverse

from sessions.enums import Attendance, Reply
from tests.factories.sessions import give_place, make_session


def url(name: str, session) -> str:
    return reverse(f"sessions:{name}", kwargs={"programme_id": session.programme_id, "session_id": session.pk})


def marks(session) -> dict:
    return dict(session.invitations.values_list("member__name", "attendance"))


def test_everybody_was_there_is_one_press_away_from_the_session(cast, client_for):
    session = make_session(cast.programme, people=[cast.participant_member, cast.executive_member])
    browser = client_for(cast.facilitator)

    assert url("register", session) in browser.get(url("session_detail", session)).content.decode()
    assert url("register_everybody", session) in browser.get(url("register", session)).content.decode()
    response = browser.post(url("register_everybody", session))

    assert marks(session) == {"Eve Executive": Attendance.PRESENT, "Pat Participant": Attendance.PRESENT}
    said = str(next(iter(get_messages(response.wsgi_request))))
    assert said == "The register is saved: 2 of 2 people were there."


def test_the_register_keeps_what_is_marked_and_counts_what_is_not(cast, client_for):
    session = make_session(cast.programme, people=[cast.participant_member, cast.executive_member])

    response = client_for(cast.facilitator).post(
        url("register", session), {f"m-{cast.participant_member.pk}": "apologies"}
    )

    assert marks(session) == {"Eve Executive": "", "Pat Participant": Attendance.APOLOGIES}
    said = str(next(iter(get_messages(response.wsgi_request))))
    assert said == "The register is saved: 0 of 2 people were there. 1 not marked yet."


def test_the_register_stands_by_organisation_with_nothing_preselected(cast, client_for):
    session = make_session(cast.programme)
    give_place(session, cast.participant_member, reply=Reply.NOT_COMING)
    give_place(session, cast.executive_member)

    page = client_for(cast.facilitator).get(url("register", session)).content.decode()

    places = [page.index(words) for words in ("Westshire Council", "Eve Executive", "Harbour NHS", "Pat Participant")]
    assert places == sorted(places)
    assert "said: not coming" in page
    assert " checked" not in page


def test_somebody_who_was_there_for_a_part_stays_so_when_the_register_is_saved_again(cast, client_for):
    session = make_session(cast.programme)
    give_place(session, cast.participant_member, attendance=Attendance.PART)

    client_for(cast.facilitator).post(url("register", session), {f"m-{cast.participant_member.pk}": "present"})

    assert marks(session) == {"Pat Participant": Attendance.PART}


def test_marks_that_do_not_exist_are_not_saved(cast, client_for):
    session = make_session(cast.programme, people=[cast.participant_member])

    response = client_for(cast.facilitator).post(
        url("register", session), {f"m-{cast.participant_member.pk}": "asleep"}
    )

    assert response.status_code == 200
    assert marks(session) == {"Pat Participant": ""}


def test_the_register_is_never_changed_by_reading(cast, client_for):
    session = make_session(cast.programme, people=[cast.participant_member])

    assert client_for(cast.facilitator).get(url("register_everybody", session)).status_code == 405
    assert marks(session) == {"Pat Participant": ""}
