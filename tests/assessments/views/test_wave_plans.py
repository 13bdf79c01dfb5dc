from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.models.waves import Wave
from tests.factories.assessments import make_instrument

pytestmark = pytest.mark.django_db


@pytest.fixture
def facilitator(cast, client_for):
    return client_for(cast.facilitator)


def url(cast, name="wave_plan"):
    return reverse(f"assessments:{name}", kwargs={"programme_id": cast.programme.pk})


def parts(name: str, day: date) -> dict:
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


def filled(cast, *, days=(20, 150, 300), **changes) -> dict:
    last = [timezone.localdate() + timedelta(days=each) for each in days]
    return {
        "instrument_version": str(make_instrument().pk),
        "title": "How we work",
        "purpose": "To see where we stand.",
        "teams": [str(cast.managers.pk)],
        **parts("baseline_on", last[0]),
        **parts("midpoint_on", last[1]),
        **parts("end_on", last[2]),
        "closes_time": "5pm",
        "reminder_days": ["7", "1"],
        "goal": "80",
        "threshold": "6",
        **changes,
    }


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_list_offers_the_plan_before_and_after_the_first_questionnaire(cast, facilitator):
    make_instrument()
    before = text(facilitator.get(url(cast, "wave_list")))
    facilitator.post(url(cast), filled(cast))
    after = text(facilitator.get(url(cast, "wave_list")))

    assert [page.count(f'href="{url(cast)}"') for page in (before, after)] == [1, 1]


def test_the_form_proposes_days_from_the_dates_of_the_programme(cast, facilitator):
    today = timezone.localdate()
    cast.programme.starts_on, cast.programme.ends_on = today + timedelta(days=10), today + timedelta(days=410)
    cast.programme.save()
    form = facilitator.get(url(cast)).context["form"]

    proposed = [form.initial[name] for name in ("baseline_on", "midpoint_on", "end_on")]
    expected = [today + timedelta(days=days) for days in (31, 210, 389)]
    assert all(timedelta(0) <= meant - day <= timedelta(2) for day, meant in zip(proposed, expected, strict=True))


def test_what_is_proposed_can_be_saved_as_it_is(cast, facilitator):
    """Even in a programme that is over by its dates: as in the cast's."""
    form = facilitator.get(url(cast)).context["form"]
    days = {
        key: value
        for name in ("baseline_on", "midpoint_on", "end_on")
        for key, value in parts(name, form.initial[name]).items()
    }

    assert facilitator.post(url(cast), filled(cast, **days)).status_code == 302


def test_three_drafts_are_saved(cast, facilitator):
    done = facilitator.post(url(cast), filled(cast), follow=True)

    waves = list(Wave.objects.order_by("closes_at"))
    closes = datetime.combine(timezone.localdate() + timedelta(days=300), time(17), ZoneInfo("Europe/London"))
    assert [wave.title for wave in waves] == ["How we work: baseline", "How we work: midpoint", "How we work: end"]
    assert waves[-1].closes_at == closes
    assert waves[0].created_by == cast.facilitator
    assert "Three drafts are saved. Nobody has been mailed" in text(done)
    assert all(wave.title in text(done) for wave in waves)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"days": (150, 20, 300)}, "The midpoint must be later than the baseline"),
        ({"days": (20, 150, 150)}, "The end must be later than the midpoint"),
        ({"days": (-5, 150, 300)}, "The date must be in the future"),
        ({"title": ""}, "Enter a title"),
        ({"title": "x" * 181}, "180"),
        ({"teams": []}, "Choose at least one team"),
        ({"threshold": "4"}, "The smallest group shown must be 5 or more"),
        ({"end_on_0": ""}, "End: open until"),
        ({"closes_time": "soon"}, "Time of day when each of them ends"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_saved(cast, facilitator, changes, words):
    page = facilitator.post(url(cast), filled(cast, **changes))

    assert page.status_code == 200
    assert "There is a problem" in text(page)
    assert words in text(page)
    assert Wave.objects.count() == 0
