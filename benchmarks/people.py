"""A spreadsheet of people: uploaded and previewed, in how many database queries and how much memory."""

from collections.abc import Iterator
from functools import partial

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from benchmarks.figures import Figure
from benchmarks.measuring import peak_megabytes, seconds
from benchmarks.pages import queries_of, signed_in
from benchmarks.sizes import Sizes
from benchmarks.world import World, make_world
from programme.lib.spreadsheets import to_workbook

HEADINGS = ["Name", "E-mail", "Job title", "Organisation", "Team"]
# Of a server's process, which usually has a few hundred.
MOST_MEGABYTES = 64


def measure(sizes: Sizes) -> Iterator[Figure]:
    world = make_world(people=4)
    client = signed_in(world)
    short, long = (_spreadsheet(people) for people in sizes.listed)
    few, many = sizes.listed
    queries = [queries_of(partial(_upload_and_preview, client, world, sheet)) for sheet in (long, short)]
    yield Figure(f"preview of {many:,} people, database queries (to {few})", "", queries[0], 1, queries[1])
    peak = peak_megabytes(partial(_upload_and_preview, client, world, long))
    yield Figure("  peak memory", "MB", peak, MOST_MEGABYTES)
    took = [seconds(partial(_upload_and_preview, client, world, sheet)) for sheet in (long, short)]
    yield Figure(f"  CPU time, told beside that of {few}", "s", took[0], None, took[1])


def _spreadsheet(people: int) -> bytes:
    """All of them new, in organisations and teams the programme knows."""
    lines = [
        [f"New Person {n}", f"new{n}@example.org", "Head of service", ["Council", "NHS trust"][n % 2], "Executives"]
        for n in range(people)
    ]
    return to_workbook({"People": [HEADINGS, *lines]})


def _upload_and_preview(client: Client, world: World, data: bytes) -> None:
    """One request uploads the list and leads to the next, which shows what it would change."""
    file = SimpleUploadedFile("people.xlsx", data)
    reply = client.post(reverse("people_import_new", args=[world.programme.pk]), {"file": file})
    if reply.status_code != 302:
        raise RuntimeError(f"The list was not taken: {reply.status_code}.")
    shown = client.get(reply.headers["Location"])
    if shown.status_code != 200 or b"New Person 1" not in shown.content:
        raise RuntimeError(f"The preview was not shown: {shown.status_code}.")
