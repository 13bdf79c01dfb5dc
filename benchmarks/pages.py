"""Result page and executive dashboard: what 20,000 responses cost beside 500, in time and in database queries."""

from collections.abc import Callable, Iterator
from functools import partial

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.figures import Figure
from benchmarks.measuring import side_by_side
from benchmarks.sizes import Sizes
from benchmarks.world import World, released_world

BUDGET = 1.2
LOOKS = 6  # of one page in one round

Look = Callable[[], None]


def measure(sizes: Sizes) -> Iterator[Figure]:
    (few, few_wave), (many, many_wave) = released_world(sizes.few), released_world(sizes.many)
    result = "assessments:wave_results"
    yield from _compared(
        "result page",
        sizes,
        _look(many, result, many.programme, many_wave),
        _look(few, result, few.programme, few_wave),
    )
    board = "dashboards:executives"
    yield from _compared(
        "executive dashboard", sizes, _look(many, board, many.programme), _look(few, board, few.programme)
    )


def _compared(name: str, sizes: Sizes, many: Look, few: Look) -> Iterator[Figure]:
    queries = queries_of(many), queries_of(few)
    took, least = side_by_side(partial(_repeat, many), partial(_repeat, few), rounds=sizes.rounds)
    a_look = 1000 / LOOKS
    yield Figure(f"{name}, {sizes.many:,} to {sizes.few:,} responses", "ms", took * a_look, BUDGET, least * a_look)
    yield Figure("  database queries", "", queries[0], 1, queries[1])


def signed_in(world: World) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(world.facilitator)
    return client


def queries_of(work: Look) -> int:
    """Once what is read only once in each process has been read."""
    work()
    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked)


def _look(world: World, url_name: str, *subjects: object) -> Look:
    client = signed_in(world)
    address = reverse(url_name, args=[subject.pk for subject in subjects])

    def look() -> None:
        reply = client.get(address)
        if reply.status_code != 200:
            raise RuntimeError(f"{address} was not shown: {reply.status_code}.")

    return look


def _repeat(look: Look) -> None:
    for _time in range(LOOKS):
        look()
