"""Saving one answer, as the page's script does at every tap."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models.responses import Answer, Response
from assessments.queries.answering import answers_given
from assessments.services.links import mint_link, reissue_link
from assessments.services.responses import save_answer, submit_response
from tests.assessments.views.answering_steps import ask_participant, start, token_form


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def invitation(cast, now):
    return ask_participant(cast, at=now)


@pytest.fixture
def save(client, invitation):
    url = start(client, invitation)

    def send(answer: str, *, question: str = "t1", was: str = ""):
        return client.post(url + "answers/", {"question": question, "answer": answer, "was": was})

    return send


def values(invitation) -> dict:
    return {key: given.value for key, given in answers_given(invitation).items()}


def test_an_answer_is_saved(save, invitation):
    response = save("3")

    assert (response.status_code, response.content) == (204, b"")
    assert values(invitation) == {"t1": 3}


def test_the_last_answer_counts(save, invitation):
    save("3")

    assert save("1", was="3").status_code == 204
    assert values(invitation) == {"t1": 1}


def test_the_same_answer_sent_again_after_a_lost_reply_changes_nothing(save, invitation):
    save("3")

    assert save("3").status_code == 204
    assert Answer.objects.count() == 1


def test_what_another_device_saved_meanwhile_is_told(save, invitation, now):
    save_answer(invitation, item_key="t1", value=2, at=now)

    response = save("3", was="1")

    assert response.json() == {"elsewhere": "Neither"}
    assert values(invitation) == {"t1": 3}


@pytest.mark.parametrize(
    ("question", "answer"), [("t1", "9"), ("t1", ""), ("t1", "none"), ("t1", "³"), ("t1", "--3"), ("nope", "1")]
)
def test_nonsense_is_refused(save, invitation, question, answer):
    assert save(answer, question=question).status_code == 400
    assert values(invitation) == {}


@pytest.mark.parametrize(("question", "answer", "was"), [("t1", "3", "--3"), ("more", "In person.", "a\x00b")])
def test_nonsense_about_what_was_saved_is_as_good_as_nothing(save, invitation, question, answer, was):
    assert save(answer, question=question, was=was).status_code == 204
    assert list(answers_given(invitation)) == [question]


def test_words_are_saved(save, invitation):
    save("Meet in person.", question="more")
    save("Meet in person, please.", question="more", was="Meet in person.")

    assert answers_given(invitation)["more"].text == "Meet in person, please."


def test_a_replaced_link_saves_nothing(save, invitation, cast, now):
    reissue_link(invitation, actor=cast.facilitator, at=now)

    assert save("3").status_code == 404
    assert values(invitation) == {}


def test_a_closed_wave_takes_nothing(save, invitation, now):
    invitation.wave.closes_at = now - timedelta(minutes=1)
    invitation.wave.save()

    assert save("3").status_code == 410
    assert values(invitation) == {}


def test_nothing_changes_once_sent(save, invitation, now):
    save("3")
    submit_response(invitation, at=now)

    assert save("1", was="3").status_code == 410
    assert values(invitation) == {"t1": 3}


def test_saving_needs_the_form_token(invitation):
    phone = Client(enforce_csrf_checks=True)
    path = mint_link(invitation)
    url = phone.post(path, token_form(phone, path)).url + "answers/"
    data = {"question": "t1", "answer": "1"}

    assert phone.post(url, data).status_code == 403
    assert phone.post(url, data, headers={"x-csrftoken": phone.cookies["csrf"].value}).status_code == 204


def test_a_browser_without_cookie_saves_nothing(client, invitation):
    assert client.post(f"/answering/{invitation.pk}/answers/", {"question": "t1", "answer": "1"}).status_code == 404


def test_looking_at_the_address_is_refused(client, invitation):
    assert client.get(f"/answering/{invitation.pk}/answers/").status_code == 405


def test_one_read_and_one_write_however_much_is_stored(save):
    save("3")
    with CaptureQueriesContext(
        connection,
    ) as few:
        save("1", was="3")
    for question in ("t2", "r1", "r2"):
        save("2", question=question)
    with CaptureQueriesContext(connection) as many:
        save("2", was="1")

    assert [query["sql"].split()[0] for query in few] == ["SELECT", "UPDATE"]
    assert len(many) == 2


@pytest.mark.django_db(transaction=True)
def test_several_devices_saving_at_once_leave_one_answer(cast):
    invitation = ask_participant(cast, at=timezone.now())

    statuses = at_once(invitation, "answers/", {"question": "t1", "answer": "2"})

    assert set(statuses) <= {200, 204}
    assert Answer.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_several_tabs_sending_at_once_make_one_response(cast):
    invitation = ask_participant(cast, at=timezone.now())
    save_answer(invitation, item_key="t1", value=1, at=timezone.now())

    statuses = at_once(invitation, "check/", {})

    assert statuses == [302] * 4
    assert Response.objects.filter(submitted_at__isnull=False).count() == 1


def at_once(invitation, address: str, data: dict) -> list[int]:
    """Four browsers of the same person post at the same instant; returns the status codes."""
    browsers = [Client() for _ in range(4)]
    url = [start(browser, invitation) for browser in browsers][0] + address
    together = threading.Barrier(len(browsers))
    statuses = []

    def post(browser: Client) -> None:
        together.wait()
        statuses.append(browser.post(url, data).status_code)
        connection.close()

    threads = [threading.Thread(target=post, args=(browser,)) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses
