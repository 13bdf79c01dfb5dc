"""Organisations and teams found by name, as people write names: any case, any spacing, now and then a slip."""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from programme.enums import OrganisationKind
from programme.models.organisations import Organisation
from programme.models.teams import Team

Place = Organisation | Team

_KIND_CLUES = {
    OrganisationKind.COUNCIL: {"council", "authority", "borough"},
    OrganisationKind.NHS: {"nhs", "hospital", "hospitals", "icb"},
    OrganisationKind.POLICE_FIRE: {"police", "constabulary", "fire"},
    OrganisationKind.EDUCATION: {"school", "college", "university", "academy"},
}


@dataclass(frozen=True)
class UnknownName:
    """An organisation or team of the list that the programme does not have."""

    name: str
    people: int
    suggestion: Place | None


class Places:
    """Organisations or teams by any of their names, however they are written."""

    def __init__(self, known: Iterable[Place], chosen: Mapping[str, Place] | None = None) -> None:
        self.by_key: dict[str, Place] = {}
        for place in known:
            for name in (place.name, getattr(place, "short_name", "")):
                if name:
                    self.by_key.setdefault(place_key(name), place)
        self.by_key.update({place_key(name): place for name, place in (chosen or {}).items()})
        self.unknown: Counter[str] = Counter()
        self.spelling: dict[str, str] = {}

    def find(self, name: str) -> Place | None:
        key = place_key(name)
        place = self.by_key.get(key)
        if place is None and key:
            self.unknown[key] += 1
            self.spelling.setdefault(key, name)
        return place

    def unknown_names(self) -> list[UnknownName]:
        return [UnknownName(self.spelling[key], people, self._nearest(key)) for key, people in self.unknown.items()]

    def _nearest(self, key: str) -> Place | None:
        near = difflib.get_close_matches(key, self.by_key, n=1, cutoff=0.75)
        return self.by_key[near[0]] if near else None


def place_key(name: str) -> str:
    """“The Westshire  Council” and “westshire council” are one."""
    words = re.sub(r"[\W_]+", " ", name.casefold().replace("&", " and ")).split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def short_name_of(name: str) -> str:
    """What charts may call an organisation until somebody says otherwise: “Tamar Valley NHS Trust” is “Tamar Valley NHS”."""
    name = re.sub(r"\bNHS\b.*", "NHS", name)
    name = re.sub(r"\s+\b(County|City|Borough|District|Metropolitan)\b(?=.*\bCouncil\b)", "", name)
    return name.removeprefix("The ")[:40].strip()


def likely_kind(name: str) -> OrganisationKind:
    """The kind that an organisation's name gives away."""
    words = set(re.findall(r"\w+", name.casefold()))
    return next((kind for kind, clues in _KIND_CLUES.items() if words & clues), OrganisationKind.OTHER)
