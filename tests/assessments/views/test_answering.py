"""The participant's way over HTTP: resume, save, asked once, check, send once, own profile."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models.responses import Response
from assessments.queries.answering import answers_given
from assessments.services.responses import save_page, start_response, submit_response
from programme.services.members import end_membership
from tests.assessments.views.answering_steps import ask_participant, page_url, start


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def invitation(cast, now):
    return ask_participant(cast, at=now)


def test_going_on_leads_to_the_first_page_with_gaps(client, invitation, now):
    url = start(client, invitation)
    assert client.get(url).url == url + "page/1/"

    save_page(invitation, answers={"t1": 1, "t2": 2}, at=now)
    assert client.get(url).url == url + "page/2/"

    save_page(invitation, answers={"r1": 1, "r2": 2, "more": "Time."}, at=now)
    assert client.get(url).url == url + "check/"


def test_the_same_link_resumes_on_another_device(client, invitation, now):
    start(client, invitation)
    save_page(invitation, answers={"t1": 3, "t2": 2}, at=now)

    tablet = Client()
    assert tablet.get(start(tablet, invitation)).url.endswith("page/2/")
    assert 'value="3" id="q-t1_2" checked' in tablet.get(page_url(invitation, 1)).content.decode()


def test_nothing_is_chosen_beforehand(client, invitation):
    url = start(client, invitation)

    assert " checked" not in client.get(url + "page/1/").content.decode()


def test_continue_saves_and_goes_on_without_script(client, invitation):
    url = start(client, invitation)

    response = client.post(url + "page/1/", {"q-t1": "1", "q-t2": "3"})

    assert response.url == url + "page/2/"
    assert {key: given.value for key, given in answers_given(invitation).items()} == {"t1": 1, "t2": 3}


def test_missed_questions_are_asked_about_once(client, invitation):
    url = start(client, invitation)

    asked = client.post(url + "page/1/", {"q-t1": "1"})
    text = asked.content.decode()
    assert asked.status_code == 200
    assert "1 question has no answer yet" in text
    assert 'href="#q-t2_0"' in text
    assert answers_given(invitation).keys() == {"t1"}

    assert client.post(url + "page/1/", {"q-t1": "1", "was-t1": "1", "asked": "1"}).url == url + "page/2/"


def test_open_prompts_are_never_called_missed(client, invitation):
    url = start(client, invitation)

    assert client.post(url + "page/3/", {"q-more": ""}).url == url + "check/"
    assert not answers_given(invitation)


def test_too_long_a_text_comes_back_with_its_words(client, invitation):
    url = start(client, invitation)

    response = client.post(url + "page/3/", {"q-more": "x" * 2001})

    assert response.status_code == 200
    assert "Write 2000 characters or fewer." in response.content.decode()
    assert "x" * 2001 in response.content.decode()


def test_a_made_up_option_is_not_saved(client, invitation):
    url = start(client, invitation)

    client.post(url + "page/1/", {"q-t1": "99", "q-t2": "1"})

    assert answers_given(invitation) == {}


def test_what_people_write_is_shown_as_text(client, invitation):
    url = start(client, invitation)
    client.post(url + "page/3/", {"q-more": "</textarea><script>alert(1)</script>"})

    assert "<script>alert" not in client.get(url + "page/3/").content.decode()


def test_a_change_from_the_check_page_returns_there(client, invitation, now):
    url = start(client, invitation)
    save_page(invitation, answers={"t1": 1, "t2": 3}, at=now)
    assert f'href="{url}page/1/?check"' in client.get(url + "check/").content.decode()

    data = {"q-t1": "2", "q-t2": "3", "was-t1": "1", "was-t2": "3"}
    assert client.post(url + "page/1/?check", data).url == url + "check/"
    assert answers_given(invitation)["t1"].value == 2


def test_the_check_page_counts_by_section(client, invitation, now):
    url = start(client, invitation)
    save_page(invitation, answers={"t1": 1, "t2": 3, "r1": 1}, at=now)

    text = client.get(url + "check/").content.decode()

    assert "2 of 2 answered" in text
    assert "1 of 2 answered" in text
    assert "0 of 1 answered" in text
    assert "1 question has no answer." in text


def test_nothing_can_be_sent_while_nothing_is_answered(client, invitation):
    url = start(client, invitation)

    assert "Send my answers" not in client.get(url + "check/").content.decode()
    assert client.post(url + "check/").url == url + "check/"
    assert Response.objects.get().submitted_at is None


def test_sending_twice_is_one_response_and_both_tabs_say_thank_you(client, invitation, now):
    url = start(client, invitation)
    save_page(invitation, answers={"t1": 1}, at=now)

    first, second = client.post(url + "check/"), client.post(url + "check/")

    assert first.url == second.url == url + "done/"
    assert Response.objects.filter(submitted_at__isnull=False).count() == 1
    assert "Your answers are sent" in client.get(url + "done/").content.decode()


def test_once_sent_every_page_leads_to_the_end(client, invitation, now):
    url = start(client, invitation)
    save_page(invitation, answers={"t1": 1}, at=now)
    client.post(url + "check/")

    for address in (url, url + "page/1/", url + "check/"):
        assert client.get(address).url == url + "done/"
    assert client.post(url + "page/1/", {"q-t1": "3"}).url == url + "done/"
    assert answers_given(invitation)["t1"].value == 1


def test_the_end_is_not_there_before_sending(client, invitation):
    url = start(client, invitation)

    assert client.get(url + "done/").url == url


def test_the_end_shows_ones_own_profile(client, invitation, now):
    url = start(client, invitation)
    save_page(invitation, answers={"t1": 3, "t2": 1, "r1": 1}, at=now)
    client.post(url + "check/")

    text = client.get(url + "done/").content.decode()

    assert "Your own profile" in text
    assert "3.0 out of 3" in text
    assert "too few answers" in text


def test_a_member_may_start_by_signing_in(client_for, invitation, cast):
    browser = client_for(cast.participant)
    url = reverse("assessments:answering", kwargs={"invitation_id": invitation.pk})

    assert "Start now" in browser.get(url).content.decode()
    assert not Response.objects.exists()
    assert browser.post(url).url == url + "page/1/"


def test_who_has_left_may_not_answer_by_signing_in(client_for, invitation, cast, now):
    url = reverse("assessments:answering", kwargs={"invitation_id": invitation.pk})
    end_membership(cast.participant_member, actor=cast.facilitator, at=now)

    assert client_for(cast.participant).post(url).status_code == 404
    assert not Response.objects.exists()


def test_nobody_else_gets_in_by_signing_in(client_for, invitation, cast):
    url = reverse("assessments:answering", kwargs={"invitation_id": invitation.pk})

    for user in (cast.facilitator, cast.executive, cast.administrator, cast.other_facilitator):
        assert client_for(user).get(url).status_code == 404


def test_a_profile_stays_open_by_signing_in_after_closing(client_for, invitation, cast, now):
    start_response(invitation, at=now)
    save_page(invitation, answers={"t1": 3, "t2": 1}, at=now)
    submit_response(invitation, at=now)
    invitation.wave.closes_at = now - timedelta(minutes=1)
    invitation.wave.save()

    url = reverse("assessments:answering_done", kwargs={"invitation_id": invitation.pk})
    assert "Your own profile" in client_for(cast.participant).get(url).content.decode()


def test_a_page_takes_two_queries_however_much_is_answered(client, invitation, now, django_assert_num_queries):
    url = start(client, invitation)
    client.get(url + "page/1/")  # the definition is read once in the life of a process

    with django_assert_num_queries(2):
        client.get(url + "page/1/")
    save_page(invitation, answers={"t1": 1, "t2": 2, "r1": 1, "r2": 1}, at=now)
    with django_assert_num_queries(2):
        client.get(url + "page/1/")


def test_the_privacy_text_can_be_read_on_the_way(client, invitation):
    url = start(client, invitation)

    text = client.get(url + "about/").content.decode()

    assert "Nobody sees your own answers." in text
    assert "only when 5 or more answered" in text
    assert f'href="{url}"' in text
