"""Stored releases, checked against their hash and read into shapes."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime

from assessments.definitions import Band, Option
from assessments.models.releases import Release
from assessments.models.waves import Wave
from assessments.releasing.cuts import Against, CutKind
from assessments.releasing.document import is_untouched
from assessments.results.shapes import (
    Comments,
    Cut,
    EarlierWave,
    Measure,
    Question,
    Strength,
    WaveResults,
)
from programme.lib.charts import WITHHELD
from programme.models.programmes import Programme


class NotReleased(Exception):  # noqa: N818 - a state, not an error of the program
    """The results of this wave have not been released, so there is nothing to show."""


class ReleaseChanged(Exception):  # noqa: N818
    """The stored release is not what was frozen; nothing of it may be shown before somebody has looked into it."""


def wave_results(wave: Wave) -> WaveResults:
    """What this wave shows. Raises NotReleased before the release, ReleaseChanged when the stored one was altered."""
    release = Release.objects.filter(wave=wave).defer("audited").first()
    if release is None:
        raise NotReleased(str(wave))
    return _results(release)


def released_results(programme: Programme) -> list[WaveResults]:
    """All released waves of the programme, oldest first, in one query."""
    releases = Release.objects.filter(wave__programme=programme).defer("audited")
    return [_results(release) for release in releases.order_by("wave__closed_at", "created_at")]


def same_instrument(results: Iterable[WaveResults], instrument_key: str, version: str = "") -> list[WaveResults]:
    """Those of one instrument version, in their order; without `version` that of the latest wave.

    Two versions are never joined by a line: they may have asked different questions.
    """
    of_instrument = [found for found in results if found.instrument_key == instrument_key]
    if not of_instrument:
        return []
    version = version or of_instrument[-1].instrument_version
    return [found for found in of_instrument if found.instrument_version == version]


def trend(programme: Programme, instrument_key: str, version: str = "") -> list[WaveResults]:
    """The released waves of one instrument version, oldest first; without `version` that of the latest wave."""
    return same_instrument(released_results(programme), instrument_key, version)


def _results(release: Release) -> WaveResults:
    document = release.document
    if not is_untouched(document, release.sha256):
        raise ReleaseChanged(str(release.pk))
    wave, instrument = document["wave"], document["instrument"]
    return WaveResults(
        wave_id=UUID(wave["wave"]),
        programme_id=UUID(document["programme"]),
        title=wave["title"],
        point=wave["point"],
        closed_at=parse_datetime(wave["closed_at"]),
        released_at=parse_datetime(wave["released_at"]),
        threshold=wave["threshold"],
        instrument_key=instrument["key"],
        instrument_version=instrument["version"],
        instrument_name=instrument["name"],
        attribution=instrument["attribution"],
        bands_source=instrument["bands_source"],
        validated=instrument["validated"],
        measures=tuple(_measure(entry) for entry in document["measures"]),
        cuts=tuple(_cut(entry) for entry in document["cuts"]),
        earlier={Against(name): _earlier(entry) for name, entry in document["earlier"].items()},
        questions=tuple(_question(entry) for entry in document["items"]),
        strengths=tuple(Strength(**entry) for entry in document["strengths"]),
        comments=tuple(_comments(entry) for entry in document["comments"]),
        _document=document,
    )


def _measure(entry: dict[str, Any]) -> Measure:
    return Measure(**{**entry, "bands": tuple(Band(name, start) for name, start in entry["bands"])})


def _cut(entry: dict[str, Any]) -> Cut:
    organisation, team = entry["organisation"], entry["team"]
    return Cut(
        key=entry["key"],
        kind=CutKind(entry["kind"]),
        label=entry["label"],
        organisation_id=UUID(organisation) if organisation else None,
        team_id=UUID(team) if team else None,
        mark=entry["mark"],
    )


def _earlier(entry: dict[str, Any]) -> EarlierWave:
    return EarlierWave(UUID(entry["wave"]), entry["title"], entry["point"], parse_datetime(entry["closed_at"]))


def _question(entry: dict[str, Any]) -> Question:
    options = tuple(Option(value, label) for value, label in entry["options"])
    return Question(entry["key"], entry["text"], entry["measure"], entry["reverse"], options)


def _comments(entry: dict[str, Any]) -> Comments:
    texts = entry["texts"]
    return Comments(entry["key"], entry["prompt"], WITHHELD if texts is None else tuple(texts))
