"""A person's strengths, from a licensed provider or from a questionnaire answered here: A–Z, never ranked."""

from dataclasses import dataclass
from datetime import datetime

from assessments.models.invitations import WaveInvitation
from assessments.models.licensed_results import LicensedResult
from assessments.queries.licensed_results import results_of
from assessments.results.profiles import Profile, ProfileScale, arranged, in_order, own_profile
from programme.lib.charts import percent
from programme.models.members import Member


@dataclass(frozen=True)
class HeldProfile:
    """A profile and since when it holds. `licensed` ones are a provider's numbers, not computed here."""

    profile: Profile
    since: datetime
    licensed: bool

    @property
    def significant(self) -> list[ProfileScale]:
        """What stands out, A–Z."""
        return self._scales(self.profile.standing_out)

    @property
    def as_close(self) -> list[ProfileScale]:
        """What is level with the last of those that stand out."""
        return self._scales(self.profile.tied)

    @property
    def clusters(self) -> list[tuple[str, list[tuple[ProfileScale, str]]]]:
        """Cluster names, each with its scales and the length of their bars; none where nothing was scored."""
        return [(name, [(scale, _length(scale)) for scale in scales]) for name, scales in self.profile.clusters]

    def _scales(self, keys: tuple[str, ...]) -> list[ProfileScale]:
        found = [scale for scale in self.profile.scales if scale.key in keys]
        return sorted(found, key=lambda scale: scale.name.casefold())

    @property
    def is_strengths(self) -> bool:
        """Whether it says what stands out in one person: only such profiles can be shared."""
        return self.profile.definition.significant_count > 0


def _length(scale: ProfileScale) -> str:
    return "" if scale.score is None else percent((scale.score - scale.minimum) / (scale.maximum - scale.minimum))


def profiles_of(member: Member) -> list[HeldProfile]:
    """A member's latest results of each instrument: licensed ones, and strengths questionnaires sent here.

    For the person's own eyes; `shared_profiles` is for others.
    """
    licensed = [
        HeldProfile(licensed_profile(result), result.results_import.confirmed_at, licensed=True)
        for result in results_of(member)
    ]
    sent = WaveInvitation.objects.filter(member=member, submitted_at__isnull=False)
    latest = {}
    for invitation in sent.select_related("wave__instrument_version").order_by("submitted_at"):
        latest[invitation.wave.instrument_version_id] = invitation
    answered = [
        HeldProfile(own_profile(invitation), invitation.submitted_at, licensed=False)
        for invitation in latest.values()
        if invitation.wave.instrument_version.definition.significant_count
    ]
    return [*answered, *licensed]


def shared_profiles(member: Member) -> list[HeldProfile]:
    """What others see of somebody who shares; callers make sure that the person does."""
    return [held for held in profiles_of(member) if held.is_strengths]


def licensed_profile(result: LicensedResult) -> Profile:
    """For the person's own eyes, and for those the person shares it with; callers make sure of that."""
    definition = result.results_import.instrument_version.definition
    significant = frozenset(result.document["significant"])
    standing_out = tuple(scale.key for scale in in_order(definition) if scale.key in significant)
    return arranged(definition, result.document["scores"], standing_out=standing_out)
