from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from sessions.activities import library
from sessions.enums import SessionMode, SessionState
from tests.factories.assessments import make_people
from tests.factories.dashboards import people_of_both, told_wave
from tests.factories.sessions import make_session

pytestmark = pytest.mark.django_db
PICTURE = {"trust": 4, "conflict": 3, "commitment": 4, "accountability": 2, "results": 4}
FITS = "Activities that fit this picture"


def soon(days=10):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def facilitator(cast, client_for):
    return client_for(cast.facilitator)


def results_url(cast, wave):
    return reverse("assessments:wave_results", kwargs={"programme_id": cast.programme.pk, "wave_id": wave.pk})


def list_url(cast, **query):
    url = reverse("sessions:activity_list", kwargs={"programme_id": cast.programme.pk})
    return f"{url}?{'&'.join(f'{key}={value}' for key, value in query.items())}"


def add_url(cast, session, key="promise_round"):
    kwargs = {"programme_id": cast.programme.pk, "session_id": session.pk, "key": key}
    return reverse("sessions:activity_add", kwargs=kwargs)


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def text(response):
    return " ".join(response.content.decode().split())


def test_a_result_leads_to_work_in_the_next_session(cast, facilitator):
    wave = told_wave(cast.programme, people_of_both(cast), PICTURE)
    make_session(cast.programme, date=soon(30))
    following = make_session(cast.programme, date=soon(10))
    page = facilitator.get(results_url(cast, wave))

    assert FITS in text(page)
    assert "20 minutes, in the room" in text(page)
    assert text(page).count(f"/sessions/{following.pk}/activities/") == 3

    done = facilitator.post(add_url(cast, following), {"next": results_url(cast, wave)})

    assert done.url == results_url(cast, wave)
    following.refresh_from_db()
    assert following.agenda == "10am to 10.20am Promise round (20 minutes)"
    assert said(done)[0].startswith("“Promise round” is on the agenda of “Promises we keep” on ")


def test_a_virtual_session_gets_nothing_that_needs_a_room(cast, facilitator):
    wave = told_wave(cast.programme, people_of_both(cast), PICTURE)
    make_session(cast.programme, date=soon(), mode=SessionMode.VIRTUAL)

    assert "Promise round" not in text(facilitator.get(results_url(cast, wave)))


def test_without_a_session_to_come_there_is_a_way_to_plan_one(cast, facilitator):
    wave = told_wave(cast.programme, people_of_both(cast), PICTURE)
    make_session(cast.programme)
    make_session(cast.programme, date=soon(), state=SessionState.CANCELLED)
    page = text(facilitator.get(results_url(cast, wave)))

    assert FITS in page
    assert "Plan a session" in page
    assert "Add to" not in page


def test_nothing_is_suggested_for_withheld_results(cast, facilitator):
    wave = told_wave(cast.programme, make_people(cast.programme, 3), PICTURE)

    assert FITS not in text(facilitator.get(results_url(cast, wave)))


@pytest.mark.parametrize("who", ["executive", "participant"])
def test_only_facilitators_plan_with_results(cast, client_for, who):
    wave = told_wave(cast.programme, people_of_both(cast), PICTURE)

    assert FITS not in text(client_for(getattr(cast, who)).get(results_url(cast, wave)))


def test_the_library_offers_everything_for_the_next_session(cast, facilitator):
    session = make_session(cast.programme, date=soon())
    page = text(facilitator.get(list_url(cast)))

    assert [each.title for each in library() if each.text not in page.replace("&#x27;", "'")] == []
    assert page.count(f"/sessions/{session.pk}/activities/") == len(library())


def test_the_library_offers_a_chosen_session_and_one_subject(cast, facilitator):
    make_session(cast.programme, date=soon(5))
    later = make_session(cast.programme, date=soon(40))
    page = text(facilitator.get(list_url(cast, session=later.pk, **{"for": "trust"})))

    assert page.count(f"/sessions/{later.pk}/activities/") == sum(each.focus == "trust" for each in library())


@pytest.mark.parametrize("query", [{"session": "nonsense"}, {"for": "nonsense"}])
def test_nonsense_in_the_address_shows_the_whole_library(cast, facilitator, query):
    session = make_session(cast.programme, date=soon())

    assert text(facilitator.get(list_url(cast, **query))).count(f"/{session.pk}/activities/") == len(library())


def test_the_session_leads_to_the_library_until_it_is_over(cast, facilitator):
    pages = [
        text(facilitator.get(reverse("sessions:session_detail", args=[cast.programme.pk, session.pk])))
        for session in (make_session(cast.programme, date=soon()), make_session(cast.programme))
    ]

    assert ["Add an activity from the library" in page for page in pages] == [True, False]


def test_adding_answers_truthfully(cast, facilitator):
    session, over = make_session(cast.programme, date=soon()), make_session(cast.programme)
    detail = reverse("sessions:session_detail", args=[cast.programme.pk, session.pk])

    first, second = (facilitator.post(add_url(cast, session), {"next": "https://elsewhere.example"}) for _ in range(2))

    assert (first.url, second.url) == (detail, detail)
    assert "already" in said(second)[-1]
    assert "stays as it is" in said(facilitator.post(add_url(cast, over)))[-1]
    assert facilitator.post(add_url(cast, session, key="no-such-thing")).status_code == 404


@pytest.mark.parametrize(
    ("agenda", "words"),
    [
        ("", ""),
        ("10am Welcome", "It has no time there yet"),
        ("10am to 12.15pm Talk", "The agenda now runs until 12.35pm, and the session ends at 12.30pm."),
    ],
)
def test_what_is_still_to_be_set_right_is_said(cast, facilitator, agenda, words):
    session = make_session(cast.programme, date=soon(), agenda=agenda)
    (message,) = said(facilitator.post(add_url(cast, session)))

    rest = message.split(".", 1)[1].strip()

    assert rest.startswith(words) if words else rest == ""


def test_a_result_page_costs_the_same_however_many_sessions_are_planned(
    cast, facilitator, django_assert_num_queries, django_assert_max_num_queries
):
    wave = told_wave(cast.programme, people_of_both(cast), PICTURE)
    make_session(cast.programme, date=soon(), teams=[cast.managers])
    facilitator.get(results_url(cast, wave))
    with django_assert_max_num_queries(60) as captured:
        facilitator.get(results_url(cast, wave))
    for days in range(5):
        make_session(cast.programme, date=soon(days + 2), teams=[cast.managers, cast.executives])

    with django_assert_num_queries(len(captured)):
        facilitator.get(results_url(cast, wave))
