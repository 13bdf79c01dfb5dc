from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from programme.models.deliveries import Delivery
from sessions.enums import Reply
from tests.factories.programme import make_member
from tests.factories.sessions import give_place, make_session

SOON = timezone.localdate() + timedelta(days=10)


def url(name: str, session, **kwargs) -> str:
    return reverse(
        f"sessions:{name}", kwargs={"programme_id": session.programme_id, "session_id": session.pk, **kwargs}
    )


@pytest.fixture
def session(cast):
    return make_session(cast.programme, date=SOON, people=[cast.participant_member])


def test_opening_the_reply_page_changes_nothing_however_often(cast, client_for, session):
    browser = client_for(cast.participant)

    for _ in range(3):
        assert browser.get(url("reply", session), {"reply": "coming"}).status_code == 200
    browser.head(url("reply", session))

    assert session.invitations.get().reply == Reply.NONE


@pytest.mark.parametrize("answer", [Reply.COMING, Reply.MAYBE, Reply.NOT_COMING])
def test_a_reply_is_kept_by_post(cast, client_for, session, answer):
    response = client_for(cast.participant).post(url("reply", session), {"reply": answer})

    assert response.url == url("session_detail", session)
    assert session.invitations.get().reply == answer


@pytest.mark.parametrize("answer", ["", "none", "certainly"])
def test_what_is_no_reply_is_asked_again(cast, client_for, session, answer):
    response = client_for(cast.participant).post(url("reply", session), {"reply": answer})

    assert list(response.context["form"].errors) == ["reply"]
    assert session.invitations.get().reply == Reply.NONE


def test_nothing_is_preselected_for_somebody_who_has_not_replied(cast, client_for, session):
    assert " checked" not in client_for(cast.participant).get(url("reply", session)).content.decode()


def test_a_late_reply_is_told_so(cast, client_for):
    session = make_session(cast.programme, people=[cast.participant_member])

    page = client_for(cast.participant).get(url("reply", session)).content.decode()
    response = client_for(cast.participant).post(url("reply", session), {"reply": "coming"})

    assert "This session is over" in page
    assert [str(message) for message in get_messages(response.wsgi_request)] == ["This session is over."]
    assert session.invitations.get().reply == Reply.NONE


def test_people_are_added_and_told_of_clashes(cast, client_for, session):
    make_session(cast.programme, title="Leads' check-in", date=SOON, people=[cast.executive_member])

    response = client_for(cast.facilitator).post(
        url("session_people", session), {"people": [str(cast.executive_member.pk)]}
    )

    assert session.invitations.count() == 2
    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert said[0] == "1 person added."
    assert said[1].startswith("Eve Executive is invited to “Leads' check-in” at that time")


def test_people_on_the_list_are_not_offered_again(cast, client_for, session):
    page = client_for(cast.facilitator).get(url("session_people", session)).content.decode()

    assert "Eve Executive" in page
    assert "Pat Participant" not in page


def test_people_who_joined_a_team_later_are_pointed_out_and_ticked(cast, client_for):
    session = make_session(cast.programme, date=SOON, teams=[cast.managers], people=[cast.participant_member])
    joined = make_member(cast.programme, team=cast.managers)
    browser = client_for(cast.facilitator)

    page = browser.get(url("session_detail", session)).content.decode()
    form = browser.get(url("session_people", session)).context["form"]

    assert "1 person of the invited teams is not on the list." in page
    assert form.initial == {"people": [str(joined.pk)]}


def test_sending_invitations_mails_those_who_wait(cast, client_for):
    session = make_session(cast.programme, date=SOON, people=[cast.participant_member], invited_at=None)
    browser = client_for(cast.facilitator)

    assert "1 person has not been invited yet" in browser.get(url("session_detail", session)).content.decode()
    browser.post(url("session_send", session))

    assert Delivery.objects.get().recipient == cast.participant
    assert "not been invited yet" not in browser.get(url("session_detail", session)).content.decode()


def test_taking_somebody_off_says_what_follows_and_does_it(cast, client_for):
    session = make_session(cast.programme, date=SOON, people=[cast.participant_member], invited_at=timezone.now())
    browser, place = client_for(cast.facilitator), session.invitations.get()

    page = browser.get(url("invitation_remove", session, invitation_id=place.pk)).content.decode()
    browser.post(url("invitation_remove", session, invitation_id=place.pk))

    assert "They get a mail, and the session leaves their calendar." in page
    assert not session.invitations.current().exists()


def test_a_place_of_another_session_is_not_found(cast, client_for, session):
    elsewhere = give_place(make_session(cast.programme), cast.executive_member)

    response = client_for(cast.facilitator).post(url("invitation_remove", session, invitation_id=elsewhere.pk))

    assert response.status_code == 404
