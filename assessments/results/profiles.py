"""A person's own profile, for their eyes."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.definitions import Definition, Scale
from assessments.models.invitations import WaveInvitation
from assessments.models.responses import Answer
from assessments.scoring import band, scale_scores, standing_out


@dataclass(frozen=True, slots=True)
class ProfileScale:
    """One scale of a person's own profile. `score` is None where too few of its questions were answered."""

    key: str
    name: str
    cluster: str
    explanation: str
    at_best: str
    overdrive: str
    score: float | None
    band: str
    minimum: float = 1.0
    maximum: float = 5.0
    stands_out: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """A person's own result, for their eyes: A–Z within cluster, never ranked.

    `standing_out` and `tied` are scale keys: those that surely stand out, and those level at the edge.
    """

    definition: Definition
    scales: tuple[ProfileScale, ...]
    standing_out: tuple[str, ...]
    tied: tuple[str, ...] = ()

    @property
    def clusters(self) -> list[tuple[str, list[ProfileScale]]]:
        """Cluster names in the instrument's order, each with its scales A–Z."""
        names = self.definition.clusters or ("",)
        return [(name, [scale for scale in self.scales if scale.cluster == name]) for name in names]


def own_profile(invitation: WaveInvitation) -> Profile:
    """What somebody sees of their own answers. Callers make sure that it is this person who looks."""
    definition = invitation.wave.instrument_version.definition
    rows = Answer.objects.filter(response=invitation.pk).values_list("item_key", "value")
    scores = scale_scores(definition, dict(rows))
    best = standing_out(definition, scores)
    return arranged(definition, scores, standing_out=best.keys, tied=best.tied)


def in_order(definition: Definition) -> list[Scale]:
    """The scales as a profile lists them: A–Z where there are clusters, otherwise as the instrument has them."""
    scales = list(definition.scales)
    return sorted(scales, key=lambda scale: scale.name.casefold()) if definition.clusters else scales


def arranged(
    definition: Definition,
    scores: Mapping[str, float | None],
    *,
    standing_out: tuple[str, ...],
    tied: tuple[str, ...] = (),
) -> Profile:
    """Scores by scale key as a profile."""
    scales = in_order(definition)
    outstanding = {*standing_out, *tied}
    return Profile(
        definition=definition,
        scales=tuple(_profile_scale(scale, scores.get(scale.key), scale.key in outstanding) for scale in scales),
        standing_out=standing_out,
        tied=tied,
    )


def _profile_scale(scale: Scale, value: float | None, stands_out: bool) -> ProfileScale:
    reached = band(scale, value)
    return ProfileScale(
        key=scale.key,
        name=scale.name,
        cluster=scale.cluster,
        explanation=scale.explanation,
        at_best=scale.at_best,
        overdrive=scale.overdrive,
        score=value,
        band=reached.name if reached else "",
        minimum=scale.minimum,
        maximum=scale.maximum,
        stands_out=stands_out,
    )
