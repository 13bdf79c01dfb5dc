"""A questionnaire on paper: all of its questions, the promise, and nobody's name."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.enums import WaveState
from assessments.models.instruments import InstrumentVersion
from tests.factories.assessments import invite, make_instrument, make_people, make_wave

pytestmark = pytest.mark.django_db


def paper(client, wave) -> str:
    kwargs = {"programme_id": wave.programme_id, "wave_id": wave.pk}
    page = client.get(reverse("assessments:wave_paper", kwargs=kwargs))
    return " ".join(unescape(page.content.decode()).split())


@pytest.fixture
def open_wave(cast):
    now = timezone.now()
    return make_wave(
        cast.programme, state=WaveState.OPEN, opened_at=now - timedelta(days=3), closes_at=now + timedelta(days=10)
    )


@pytest.mark.parametrize("key", ["small_check", "team_dimensions", "work_strengths", "session_feedback"])
def test_every_question_has_a_box_for_each_answer_or_room_for_words(cast, client_for, instruments, key):
    make_instrument()
    version = InstrumentVersion.objects.get(key=key)
    page = paper(client_for(cast.facilitator), make_wave(cast.programme, instrument_version=version))
    definition = version.definition
    rated = [item for item in definition.items if item not in definition.text_items]
    boxes = sum(len(definition.response_scale_for(item).options) + item.optional for item in rated)

    assert [item.key for item in definition.items if item.text not in page] == []
    assert page.count("cg-paper__box") == boxes
    assert page.count("cg-paper__lines") == len(definition.text_items)


def test_it_says_what_happens_with_answers(cast, client_for, open_wave):
    page = paper(client_for(cast.facilitator), open_wave)

    assert open_wave.privacy_text in page
    assert "only when 5 or more answered" in page
    assert "typed in with the link from your own mail" in page
    assert "Please take no filled-in paper back." in page


def test_a_draft_shows_the_promise_of_its_programme(cast, client_for):
    page = paper(client_for(cast.facilitator), make_wave(cast.programme))

    assert cast.programme.privacy_text in page


def test_it_is_the_same_for_everybody_and_names_nobody(cast, client_for, open_wave):
    for member in make_people(cast.programme, 3, team=cast.managers):
        invite(open_wave, member)
    page = paper(client_for(cast.facilitator), open_wave).split("<main", 1)[1]

    assert [member.name for member in cast.programme.members.all() if member.name in page] == []
    assert "<form" not in page


@pytest.mark.parametrize("state", [WaveState.DRAFT, WaveState.OPEN])
def test_the_questionnaire_leads_to_its_paper(cast, client_for, state):
    wave = make_wave(cast.programme, state=state, teams=[cast.managers])
    kwargs = {"programme_id": wave.programme_id, "wave_id": wave.pk}
    page = client_for(cast.facilitator).get(reverse("assessments:wave_detail", kwargs=kwargs))

    assert reverse("assessments:wave_paper", kwargs=kwargs) in page.content.decode()
