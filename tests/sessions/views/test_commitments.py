from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sessions.models.commitments import Commitment
from tests.factories.programme import make_member
from tests.factories.sessions import make_commitment, make_session

SOON = timezone.localdate() + timedelta(days=10)


def url(name: str, cast, **kwargs) -> str:
    return reverse(f"sessions:{name}", kwargs={"programme_id": cast.programme.pk, **kwargs})


def form(cast, **fields) -> dict:
    owner = str(cast.participant_member.pk)
    return {"text": "I call first", "owner": owner, "due_on_0": 1, "due_on_1": 6, "due_on_2": 2022, **fields}


def test_a_promise_is_noted_in_its_session(cast, client_for):
    session = make_session(cast.programme)

    response = client_for(cast.facilitator).post(
        url("session_commitment_new", cast, session_id=session.pk), form(cast, dimension="trust")
    )

    made = Commitment.objects.get()
    assert response.url == url("session_detail", cast, session_id=session.pk)
    assert (made.session, made.owner, made.due_on) == (session, cast.participant_member, date(2022, 6, 1))
    assert made.dimension == "trust"


def test_several_promises_are_noted_one_after_the_other(cast, client_for):
    address = url("commitment_new", cast)

    assert client_for(cast.facilitator).post(address, form(cast, another="yes")).url == address


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": ""}, "text"),
        ({"owner": ""}, "owner"),
        ({"due_on_0": "31"}, "due_on"),
        ({"dimension": "luck"}, "dimension"),
    ],
)
def test_what_is_missing_is_asked_for(cast, client_for, wrong, field):
    response = client_for(cast.facilitator).post(url("commitment_new", cast), form(cast, **wrong))

    assert list(response.context["form"].errors) == [field]


def test_an_owner_from_another_programme_is_refused(cast, client_for):
    stranger = make_member(cast.other_programme)

    response = client_for(cast.facilitator).post(url("commitment_new", cast), form(cast, owner=str(stranger.pk)))

    assert list(response.context["form"].errors) == ["owner"]


def test_owners_mark_their_own_promise_and_come_back_to_the_page_they_were_on(cast, client_for):
    made = make_commitment(cast.participant_member)
    browser, back = client_for(cast.participant), url("commitment_list", cast)

    response = browser.post(url("commitment_done", cast, commitment_id=made.pk), {"next": back})

    made.refresh_from_db()
    assert (response.url, made.done_on) == (back, timezone.localdate())
    browser.post(url("commitment_reopen", cast, commitment_id=made.pk))
    made.refresh_from_db()
    assert made.done_on is None


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example/x", "javascript:alert(1)"])
def test_the_way_back_never_leads_off_the_site(cast, client_for, elsewhere):
    made = make_commitment(cast.participant_member)

    response = client_for(cast.participant).post(
        url("commitment_done", cast, commitment_id=made.pk), {"next": elsewhere}
    )

    assert response.url == url("commitment_list", cast)


def test_another_persons_promise_does_not_exist_for_a_participant(cast, client_for):
    made = make_commitment(cast.executive_member)

    response = client_for(cast.participant).post(url("commitment_done", cast, commitment_id=made.pk))

    assert response.status_code == 404
    assert Commitment.objects.get().done_on is None


def test_a_promise_is_carried_over_or_told_why_not(cast, client_for):
    made = make_commitment(cast.participant_member)
    browser, address = client_for(cast.facilitator), url("commitment_carry", cast, commitment_id=made.pk)

    refused = browser.post(address)
    session = make_session(cast.programme, date=SOON)
    browser.post(address)

    assert str(next(iter(get_messages(refused.wsgi_request)))).startswith("There is no later session yet.")
    assert Commitment.objects.get().carried_to == session


def test_changing_a_promise_shows_what_it_is_now(cast, client_for):
    made = make_commitment(cast.participant_member)
    browser, address = client_for(cast.facilitator), url("commitment_edit", cast, commitment_id=made.pk)

    assert "I share the duty rota every Friday" in browser.get(address).content.decode()
    browser.post(address, form(cast, owner=str(cast.executive_member.pk)))

    made.refresh_from_db()
    assert (made.text, made.owner) == ("I call first", cast.executive_member)


def test_the_list_says_the_finding_first(cast, client_for):
    browser, address = client_for(cast.facilitator), url("commitment_list", cast)
    made = make_commitment(cast.participant_member, due_on=SOON)

    assert "1 open commitment, on time" in browser.get(address).content.decode()
    Commitment.objects.update(due_on=date(2022, 1, 1))
    assert "1 commitment is overdue" in browser.get(address).content.decode()
    Commitment.objects.filter(pk=made.pk).update(done_on=date(2022, 1, 1))
    assert "Every commitment is kept" in browser.get(address).content.decode()


def test_an_executive_reads_but_has_no_buttons(cast, client_for):
    make_commitment(cast.participant_member)

    page = client_for(cast.executive).get(url("commitment_list", cast)).content.decode()

    assert "NHS trust, Senior Managers" in page
    assert "Mark done" not in page
    assert "Pat Participant" not in page


@pytest.mark.parametrize("reader", ["facilitator", "executive", "participant"])
def test_the_list_costs_the_same_for_one_and_three(cast, client_for, reader):
    browser, address = client_for(getattr(cast, reader)), url("commitment_list", cast)
    session = make_session(cast.programme)

    def cost() -> int:
        make_commitment(cast.participant_member, session=session, carried_to=session)
        make_commitment(cast.executive_member, done_on=date(2022, 5, 1))
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            browser.get(address)
        return len(queries)

    first, _second, third = cost(), cost(), cost()

    assert third == first
