"""What people said about the teams of other organisations: who answered from which place, about which."""

from collections.abc import Sequence
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from assessments.definitions import Definition
from assessments.models.invitations import WaveInvitation
from assessments.models.responses import Answer
from assessments.models.waves import Wave
from assessments.releasing.cuts import both_key
from assessments.releasing.relationships import Asked, Place
from programme.models.programmes import Partner

CHUNK = 10_000

_Where = tuple[UUID, UUID]


def relationships_asked(wave: Wave, definition: Definition) -> Asked:
    """Everybody who sent their answers. Places are those of all who were asked, whether they answered or not."""
    places = _places(wave)
    position = {(UUID(place.organisation), UUID(place.team)): number for number, place in enumerate(places)}
    sent = WaveInvitation.objects.filter(wave=wave, submitted_at__isnull=False, withdrawn_at=None).order_by("pk")
    people = list(sent.values_list("pk", "member_id", "organisation_id", "team_id"))
    frequency, quality = (
        _answers(item.key, [pk for pk, *_rest in people], list(position), wave) for item in definition.items
    )
    return Asked(
        wave=str(wave.pk),
        members=[member.hex for _pk, member, _organisation, _team in people],
        places=places,
        rows=np.array([position.get((organisation, team), -1) for _pk, _member, organisation, team in people], np.intp),
        frequency=frequency,
        quality=quality,
    )


def _places(wave: Wave) -> list[Place]:
    """In the programme's order of organisations, then that of the teams; an organisation that left it comes last."""
    order = list(Partner.objects.filter(programme=wave.programme_id).values_list("organisation_id", flat=True))
    asked = WaveInvitation.objects.filter(wave=wave, withdrawn_at=None, team__isnull=False, organisation__isnull=False)
    named = ["organisation_id", "organisation__short_name", "team_id", "team__name"]
    rows = list(asked.order_by("team__position", "team__name", "team_id").values_list(*named).distinct())
    order += sorted({organisation for organisation, *_rest in rows}.difference(order))
    marks = {organisation: mark for mark, organisation in enumerate(order)}
    return [
        Place(
            key=both_key(organisation, team),
            organisation=str(organisation),
            team=str(team),
            organisation_label=organisation_label,
            team_label=team_label,
            mark=marks[organisation],
        )
        for organisation, organisation_label, team, team_label in sorted(rows, key=lambda row: marks[row[0]])
    ]


def _answers(item: str, people: Sequence[UUID], places: Sequence[_Where], wave: Wave) -> NDArray[np.float64]:
    """People × places, NaN where not answered. What was said about one's own organisation does not count."""
    rows = {pk: row for row, pk in enumerate(people)}
    columns = {
        f"{item}@{organisation.hex}-{team.hex}": column for column, (organisation, team) in enumerate(places)
    }  # fmt: skip
    matrix = np.full((len(people), len(places)), np.nan)
    answers = Answer.objects.filter(response__invitation__wave=wave, response__submitted_at__isnull=False)
    found = answers.filter(item_key__in=list(columns), value__isnull=False)
    for person, key, value in found.values_list("response_id", "item_key", "value").iterator(chunk_size=CHUNK):
        if person in rows:
            matrix[rows[person], columns[key]] = value
    return matrix
