"""A licensed provider's results as a person's own profile: the provider's numbers, listed A–Z, never ranked."""

from assessments.definitions import Scale
from assessments.models.licensed_results import LicensedResult
from assessments.results.profiles import Profile, ProfileScale
from assessments.scoring import band


def licensed_profile(result: LicensedResult) -> Profile:
    """For the person's own eyes, and for those the person shares it with; callers make sure of that."""
    definition = result.results_import.instrument_version.definition
    scores, significant = result.document["scores"], frozenset(result.document["significant"])
    scales = sorted(definition.scales, key=lambda scale: scale.name.casefold()) if definition.clusters else definition.scales
    return Profile(
        definition=definition,
        scales=tuple(_profile_scale(scale, scores.get(scale.key), significant) for scale in scales),
        standing_out=tuple(scale.key for scale in scales if scale.key in significant),
    )


def _profile_scale(scale: Scale, value: float | None, significant: frozenset[str]) -> ProfileScale:
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
        stands_out=scale.key in significant,
    )
