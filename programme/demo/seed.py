"""Replays the demonstration programme, November 2020 to July 2022, through the product's own services.

Every event happens at its own time in order; mails go out on the way; the answers are generated from a fixed seed.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.utils import timezone

from programme.demo import events, outcomes
from programme.demo.answers import Answerer
from programme.demo.clock import living_at
from programme.demo.people import Person, everybody, read
from programme.demo.world import World
from programme.models.programmes import Programme
from programme.services import deliveries

LONDON = ZoneInfo("Europe/London")
SEED = 20201102


Event = tuple[datetime, Callable[[World, datetime], None]]


def seed() -> Programme:
    """Builds the whole demonstration; takes some seconds. Call once, on a database with the instruments loaded."""
    story, people = read("story.yaml"), read("people.yaml")
    began = _moment(story["programme"]["starts_on"], hour=8)
    with living_at(began):
        world = events.set_up(story, people, Answerer(SEED), at=began)
    for moment, happen in sorted(_events(story), key=lambda event: event[0]):
        with living_at(moment):
            happen(world, moment)
            deliveries.send_due(at=moment)
    now = timezone.now()
    events.look_back(world, now)
    deliveries.send_due(at=now)
    return world.programme


def _events(story: dict) -> list[Event]:
    return [
        *(_joining(story, person) for person in everybody()),
        *(_leaving(person) for person in everybody() if person.left),
        *_sessions(story),
        *_waves(story),
        *_commitments(story),
        (datetime(2021, 1, 15, 11, tzinfo=LONDON), outcomes.bring_licensed_results),
        (datetime(2021, 1, 28, 13, tzinfo=LONDON), outcomes.share_profiles),
        (datetime(2022, 6, 6, 11, tzinfo=LONDON), outcomes.report_on_the_team),
        (_moment(story["programme"]["ends_on"], hour=21), outcomes.report_to_the_board),
    ]


def _joining(story: dict, person: Person) -> Event:
    return _moment(person.joined or story["programme"]["starts_on"], hour=9), partial(events.join, person=person)


def _leaving(person: Person) -> Event:
    return _moment(person.left, hour=18), partial(events.leave, person=person)


def _sessions(story: dict) -> list[Event]:
    """Each session is planned two weeks ahead and its register taken on the day."""
    rows = story["sessions"]
    earliest = _moment(story["programme"]["starts_on"], hour=10)
    planned = [
        (max(earliest, _moment(row[0], hour=10) - timedelta(days=14)), partial(events.plan, row=row)) for row in rows
    ]
    held = [(_moment(row[0], hour=18), partial(events.hold, row=row)) for row in rows]
    return planned + held


def _waves(story: dict) -> list[Event]:
    rates = story["response_rates"]
    runs = [(row, number, rates[number]) for number, row in enumerate(story["waves"])]
    runs.append((story["strengths_wave"], 0, rates[0]))
    return [
        (_moment(row[3], hour=9), partial(events.run_wave, row=row, number=number, share=share))
        for row, number, share in runs
    ]


def _commitments(story: dict) -> list[Event]:
    """A promise is made at the end of its session and kept, where it was, on its day."""
    rows = story["commitments"]
    made = [(_moment(row[0], hour=19), partial(events.promise, row=row)) for row in rows]
    kept = [(_moment(row[5], hour=20), partial(events.keep_promise, row=row)) for row in rows if row[5]]
    return made + kept


def _moment(day: date, *, hour: int) -> datetime:
    return datetime.combine(day, time(hour), LONDON)
