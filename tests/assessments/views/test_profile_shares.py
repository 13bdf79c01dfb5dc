"""One's own profile, and another's for as long as that person shares it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.models.profile_shares import ProfileShare
from assessments.services.licensed_results import enter_result
from tests.factories.assessments import make_licensed_instrument
from tests.factories.programme import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(cast):
    return enter_result(
        cast.participant_member,
        actor=cast.facilitator,
        at=timezone.now(),
        instrument_version=make_licensed_instrument(),
        scores={"courage": 9.9, "calm": 1.1, "common_sense": 2.2, "self_belief": 3.3},
        significant=["self_belief", "courage"],
    )


def url(cast, name, **more):
    return reverse(f"assessments:{name}", kwargs={"programme_id": cast.programme.pk, **more})


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_an_empty_profile_says_where_results_come_from(cast, client_for):
    page = text(client_for(cast.participant).get(url(cast, "my_profile")))

    assert "Nothing here yet" in page
    assert "Share my strengths profile" not in page


def test_own_results_are_seen_with_the_trade_mark_notice(cast, client_for, held):
    page = text(client_for(cast.participant).get(url(cast, "my_profile")))

    assert "2 significant strengths, A to Z" in page
    assert page.index('<li><span class="cg-strong">Courage') < page.index('<li><span class="cg-strong">Self-belief')
    assert "9.9" in page
    assert held.results_import.instrument_version.definition.trademark_notice in page


def test_sharing_opens_the_profile_to_others_and_stopping_closes_it(cast, client_for, held):
    owner, facilitator = client_for(cast.participant), client_for(cast.facilitator)
    other = client_for(make_member(cast.programme).user)
    page = url(cast, "profile_shared", member_id=cast.participant_member.pk)
    assert (facilitator.get(page).status_code, other.get(page).status_code) == (403, 404)

    owner.post(url(cast, "profile_sharing"), {"share": "1"})
    assert "9.9" in text(facilitator.get(page))
    assert "Pat Participant" in text(other.get(url(cast, "my_profile")))
    assert (other.get(page).status_code, client_for(cast.executive).get(page).status_code) == (200, 403)

    owner.post(url(cast, "profile_sharing"), {"stop": "1"})
    assert (facilitator.get(page).status_code, other.get(page).status_code) == (403, 404)


def test_a_form_without_a_button_changes_nothing(cast, client_for, held):
    client_for(cast.participant).post(url(cast, "profile_sharing"))

    assert not ProfileShare.objects.exists()


def test_sharing_is_ones_own_act_only(cast, client_for, held):
    client_for(cast.facilitator).post(url(cast, "profile_sharing"), {"share": "1"})

    assert not ProfileShare.objects.filter(member=cast.participant_member).exists()


def test_executives_are_not_told_who_shares(cast, client_for, held):
    ProfileShare.objects.create(member=cast.participant_member, shared_at=timezone.now())

    assert "Pat Participant" not in text(client_for(cast.executive).get(url(cast, "my_profile")))


def test_reminders_are_ones_own_choice(cast, client_for):
    browser = client_for(cast.participant)

    browser.post(url(cast, "profile_reminders"), {"stop": "1"})
    cast.participant_member.refresh_from_db()
    assert cast.participant_member.wants_no_reminders

    browser.post(url(cast, "profile_reminders"), {"want": "1"})
    cast.participant_member.refresh_from_db()
    assert not cast.participant_member.wants_no_reminders
