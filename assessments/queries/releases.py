"""What a release is computed from: who answered in which place, and all their answers in one read."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np
from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from assessments.definitions import Definition
from assessments.models.invitations import WaveInvitation
from assessments.models.responses import Answer
from assessments.models.waves import Wave
from assessments.releasing.compute import Answered
from assessments.releasing.cuts import Cut, Group, cuts_of
from programme.models.organisations import Organisation
from programme.models.programmes import Partner, Programme
from programme.models.teams import Team

CHUNK = 10_000


class _Person(NamedTuple):
    """Keys as plain hexadecimal text: making a UUID of each of many thousands costs more than all that is computed."""

    invitation: str
    wave: str
    member: str
    organisation: str | None
    team: str | None


def answered_waves(programme: Programme, definition: Definition, waves: Sequence[Wave]) -> dict[UUID, Answered]:
    """For each wave, all of one instrument version, the people who sent their answers, with their cuts and answers."""
    people = _people(waves)
    organisations, teams = _organisations(programme, people), _teams(programme, people)
    matrix = _answers(definition, [person.invitation for person in people], waves)
    places: dict[str, list[int]] = defaultdict(list)
    for place, person in enumerate(people):
        places[person.wave].append(place)
    return {
        wave.pk: Answered(
            wave=str(wave.pk),
            members=[people[place].member for place in places[wave.pk.hex]],
            cuts=_cuts([people[place] for place in places[wave.pk.hex]], organisations, teams),
            answers=matrix[places[wave.pk.hex]],
        )
        for wave in waves
    }


def comments_given(wave: Wave, definition: Definition) -> dict[str, list[str]]:
    """What people wrote, by open prompt; nothing here tells whose it is."""
    written: dict[str, list[str]] = {item.key: [] for item in definition.text_items}
    rows = _sent([wave]).filter(item_key__in=list(written)).exclude(text="").values_list("item_key", "text")
    for key, text in rows:
        if text.strip():
            written[key].append(text.strip())
    return written


def _people(waves: Sequence[Wave]) -> list[_Person]:
    names = ["pk", "wave_id", "member_id", "organisation_id", "team_id"]
    keys = {f"{name}_text": Cast(name, CharField()) for name in names}
    rows = WaveInvitation.objects.filter(wave__in=waves, submitted_at__isnull=False, withdrawn_at=None)
    found = rows.order_by("pk").annotate(**keys).values_list(*keys)
    return [_Person(*(key and key.replace("-", "") for key in row)) for row in found.iterator(chunk_size=CHUNK)]


def _sent(waves: Sequence[Wave]) -> Any:
    return Answer.objects.filter(response__invitation__wave__in=waves, response__submitted_at__isnull=False)


def _answers(definition: Definition, invitations: Sequence[str], waves: Sequence[Wave]) -> NDArray[np.float64]:
    """People × rating items, NaN where not answered; one query, read piece by piece."""
    columns = {item.key: column for column, item in enumerate(definition.rating_items)}
    rows = {key: row for row, pk in enumerate(invitations) for key in (pk, str(UUID(pk)))}
    matrix = np.full((len(invitations), len(columns)), np.nan)
    answers = _sent(waves).filter(value__isnull=False).annotate(person=Cast("response_id", CharField()))
    for chunk in _chunks(answers.values_list("person", "item_key", "value").iterator(chunk_size=CHUNK)):
        kept = [
            (rows[person], columns[key], value) for person, key, value in chunk if key in columns and person in rows
        ]
        if kept:
            where = np.array(kept, dtype=np.intp)
            matrix[where[:, 0], where[:, 1]] = where[:, 2]
    return matrix


def _chunks(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _organisations(programme: Programme, people: Sequence[_Person]) -> list[Group]:
    """Partners in the programme's order; an organisation that left it since comes after them."""
    order = list(Partner.objects.filter(programme=programme).values_list("organisation_id", flat=True))
    used = {UUID(key) for key in {person.organisation for person in people} if key}
    names = dict(Organisation.objects.filter(pk__in=used).values_list("pk", "short_name"))
    order += sorted(used.difference(order), key=lambda pk: names[pk])
    return [Group(str(pk), names[pk], mark) for mark, pk in enumerate(order) if pk in used]


def _teams(programme: Programme, people: Sequence[_Person]) -> list[Group]:
    used = {UUID(key) for key in {person.team for person in people} if key}
    teams = Team.objects.filter(programme=programme, pk__in=used).values_list("pk", "name")
    return [Group(str(pk), name) for pk, name in teams]


def _cuts(people: Sequence[_Person], organisations: Sequence[Group], teams: Sequence[Group]) -> list[Cut]:
    written = {key: str(UUID(key)) for key in _places(people)}
    return cuts_of(
        [written.get(person.organisation or "") for person in people],
        [written.get(person.team or "") for person in people],
        organisation_groups=organisations,
        team_groups=teams,
        everybody=_("Everybody"),
        labels={
            (organisation.key, team.key): _("%(organisation)s in %(team)s")
            % {"organisation": organisation.label, "team": team.label}
            for organisation in organisations
            for team in teams
        },
    )


def _places(people: Sequence[_Person]) -> set[str]:
    return {key for person in people for key in (person.organisation, person.team) if key}
