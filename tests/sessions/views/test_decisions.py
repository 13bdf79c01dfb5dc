from datetime import date

from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sessions.models.decisions import Decision
from tests.factories.sessions import LONG_BEFORE, make_decision, make_session


def url(name: str, cast, **kwargs) -> str:
    return reverse(f"sessions:{name}", kwargs={"programme_id": cast.programme.pk, **kwargs})


def test_a_facilitator_asks_and_an_executive_decides(cast, client_for):
    session = make_session(cast.programme)
    question = {"title": "Host of the follow-up", "due_on_0": 24, "due_on_1": 6, "due_on_2": 2022}
    client_for(cast.facilitator).post(url("session_decision_new", cast, session_id=session.pk), question)
    asked = Decision.objects.get()
    executive = client_for(cast.executive)

    assert "1 decision is waiting" in executive.get(url("decision_list", cast)).content.decode()
    executive.post(url("decision_take", cast, decision_id=asked.pk), {"outcome": "The trust hosts it."})

    asked.refresh_from_db()
    assert (asked.session, asked.due_on, asked.decided_by) == (session, date(2022, 6, 24), cast.executive_member)
    page = client_for(cast.facilitator).get(url("decision_detail", cast, decision_id=asked.pk)).content.decode()
    assert "The trust hosts it." in page


def test_an_empty_decision_is_asked_for_again(cast, client_for):
    asked = make_decision(cast.programme)

    response = client_for(cast.executive).post(url("decision_take", cast, decision_id=asked.pk), {"outcome": " "})

    assert list(response.context["form"].errors) == ["outcome"]
    assert Decision.objects.get().decided_at is None


def test_a_facilitator_reads_the_question_without_a_form(cast, client_for):
    asked = make_decision(cast.programme)

    response = client_for(cast.facilitator).get(url("decision_detail", cast, decision_id=asked.pk))

    assert response.context["form"] is None
    assert "have not decided yet" in response.content.decode()


def test_a_second_decision_is_refused_in_words(cast, client_for):
    asked = make_decision(
        cast.programme, decided_at=LONG_BEFORE, decided_by=cast.executive_member, outcome="The trust hosts it."
    )

    response = client_for(cast.executive).post(url("decision_take", cast, decision_id=asked.pk), {"outcome": "No"})

    assert [str(said) for said in get_messages(response.wsgi_request)] == ["Eve Executive has decided this already."]
    assert Decision.objects.get().outcome == "The trust hosts it."


def test_the_list_costs_the_same_for_one_and_three(cast, client_for):
    browser, address = client_for(cast.executive), url("decision_list", cast)

    def cost() -> int:
        make_decision(cast.programme)
        make_decision(cast.programme, decided_at=LONG_BEFORE, decided_by=cast.executive_member, outcome="Yes")
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            browser.get(address)
        return len(queries)

    first, _second, third = cost(), cost(), cost()

    assert third == first
