"""Releasing a closed wave: everything is computed and audited once, frozen, and from then on only read."""

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.definitions import Kind
from assessments.disclosure import SMALL_GROUP
from assessments.enums import WavePoint, WaveState
from assessments.models.releases import Release
from assessments.models.waves import Wave
from assessments.queries.relationships import relationships_asked
from assessments.queries.releases import answered_waves, comments_given
from assessments.releasing.compute import Computed, Earlier, Task, compute
from assessments.releasing.cuts import PROGRAMME, Against, Cut, CutKind
from assessments.releasing.document import is_untouched, seal, written
from assessments.releasing.measures import picks_strengths
from assessments.releasing.relationships import compute_relationships
from assessments.releasing.strengths import standing_out_cells
from assessments.scoring import score_matrix
from assessments.services.waves import WaveProblem
from programme.enums import AuditAction, JobKind
from programme.lib.jobs import JobProblem
from programme.models.jobs import Job
from programme.models.programmes import Programme
from programme.models.users import User
from programme.services import jobs
from programme.services.audit import record

Report = Callable[[int, str], None]

# Another wave may be released while this one is computed; then what it has shown must be looked at, too.
ROUNDS = 5


def request_release(wave: Wave, *, actor: User, at: datetime) -> Job:
    """Starts computing and checking the results of a closed wave; gives the running job when there is one.

    Raises WaveProblem while anybody can still answer, and when the results are out already.
    """
    state = Wave.objects.values_list("state", flat=True).get(pk=wave.pk)
    if state == WaveState.RELEASED:
        raise WaveProblem(_("The results of this questionnaire have been released already."))
    if state == WaveState.OPEN and wave.closes_at <= at:
        raise WaveProblem(
            _(
                "The time for answering is over and this questionnaire is about to be closed. Please try again in a minute."
            )
        )
    if state != WaveState.CLOSED:
        raise WaveProblem(
            _("Results can be released only when nobody can answer any more. Close the questionnaire first.")
        )
    return jobs.start(JobKind.RELEASE_WAVE, subject_id=wave.pk, programme=wave.programme, actor=actor)


def compute_release(job: Job, report: Report) -> None:
    """Computes, audits and freezes the results. Run twice, the second run changes nothing."""
    wave = Wave.objects.select_related("programme", "instrument_version").get(pk=job.subject_id)
    for _round in range(ROUNDS):
        if wave.state == WaveState.RELEASED:
            return
        if wave.state != WaveState.CLOSED:
            raise JobProblem(_("This questionnaire is not closed, so its results cannot be released."))
        before = _earlier_releases(wave)
        computed, document = _compute(wave, before, report)
        report(90, _("Freezing the results"))
        if _freeze(wave, computed, document, before=before, actor=job.requested_by):
            return
        wave.refresh_from_db()
    raise JobProblem(_("Other results were being released at the same time. Please start this again."))


def _earlier_releases(wave: Wave) -> list[Release]:
    """Every release of the same instrument version in the programme, oldest wave first; all of them must be whole."""
    found = Release.objects.filter(
        wave__programme=wave.programme_id, wave__instrument_version=wave.instrument_version_id
    ).exclude(wave=wave)
    releases = list(found.select_related("wave").order_by("wave__closed_at", "created_at"))
    for release in releases:
        if not is_untouched(release.document, release.sha256) or release.document["ledger"] != seal(release.audited):
            raise JobProblem(
                _("The stored results of “%(wave)s” are not as they were released. Tell your administrator.")
                % {"wave": release.wave.title}
            )
    return releases


def _compute(wave: Wave, before: Sequence[Release], report: Report) -> tuple[Computed, dict[str, Any]]:
    definition = wave.instrument_version.definition
    compared = _compared_with(wave, before)
    report(5, _("Reading the answers"))
    if definition.kind is Kind.RELATIONSHIPS:
        return _compute_relationships(wave, compared)
    answered = answered_waves(wave.programme, definition, [wave, *(release.wave for release in compared.values())])
    report(40, _("Computing scores and checking every group"))
    now = answered[wave.pk]
    task = Task(
        definition=definition,
        threshold=wave.threshold,
        now=now,
        earlier={
            against: Earlier(answered[release.wave_id], release.document) for against, release in compared.items()
        },
        ledgers=[release.audited for release in before],
    )
    computed = compute(task, lambda share: report(40 + int(45 * share), _("Computing scores and checking every group")))
    standing_out = {}
    if picks_strengths(definition):
        scores = score_matrix(definition, now.answers)
        standing_out = standing_out_cells(definition, scores, now.cuts, wave.threshold)
    document = written(
        definition,
        computed,
        head=_head(wave, compared),
        cuts=now.cuts,
        standing_out=standing_out,
        comments=_shuffled(comments_given(wave, definition), least=max(SMALL_GROUP, wave.threshold)),
    )
    return computed, document


def _compute_relationships(wave: Wave, compared: Mapping[Against, Release]) -> tuple[Computed, dict[str, Any]]:
    """The matrix of teams; nothing else is computed, and nobody's words are kept."""
    definition = wave.instrument_version.definition
    if not definition.contact_from:
        raise JobProblem(
            _("This version does not say what counts as contact, so it has no results. Ask with a newer one.")
        )
    earlier = {against.value: release.document["relationships"] for against, release in compared.items()}
    asked = relationships_asked(wave, definition)
    computed = compute_relationships(definition, asked, wave.threshold, earlier)
    everybody = np.ones(len(asked.members), dtype=bool)
    document = written(
        definition,
        computed,
        head=_head(wave, compared),
        cuts=[Cut(PROGRAMME, CutKind.PROGRAMME, _("Everybody"), None, None, None, everybody)],
        standing_out={},
        comments={item.key: None for item in definition.text_items},
    )
    return computed, document


def _compared_with(wave: Wave, before: Sequence[Release]) -> dict[Against, Release]:
    """The wave before this one, and the baseline where that is another: its point says so, or it was the first."""
    earlier = [release for release in before if release.wave.closed_at <= wave.closed_at]
    if not earlier:
        return {}
    named = [release for release in earlier if release.wave.point == WavePoint.BASELINE]
    baseline, previous = (named or earlier)[0], earlier[-1]
    if baseline is previous:
        return {Against.BASELINE if named else Against.PREVIOUS: baseline}
    return {Against.PREVIOUS: previous, Against.BASELINE: baseline}


def _head(wave: Wave, compared: dict[Against, Release]) -> dict[str, Any]:
    return {
        "programme": str(wave.programme_id),
        "wave": {**_named(wave), "released_at": timezone.now().isoformat(), "threshold": wave.threshold},
        "earlier": {against.value: _named(release.wave) for against, release in compared.items()},
    }


def _named(wave: Wave) -> dict[str, Any]:
    return {"wave": str(wave.pk), "title": wave.title, "point": wave.point, "closed_at": wave.closed_at.isoformat()}


def _shuffled(written_by_prompt: dict[str, list[str]], *, least: int) -> dict[str, list[str] | None]:
    """Each prompt's comments in an order of their own, from the system's randomness; None where too few wrote."""
    chance = random.SystemRandom()
    return {
        key: chance.sample(texts, len(texts)) if len(texts) >= least else None
        for key, texts in written_by_prompt.items()
    }


def _freeze(
    wave: Wave, computed: Computed, document: dict[str, Any], *, before: Sequence[Release], actor: User
) -> bool:
    """Writes the release, unless the wave or what was released before has changed meanwhile.

    The lock on the programme makes releases of one programme wait for each other: two that do not know of each other
    could together show a small group.
    """
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=wave.programme_id)
        locked = Wave.objects.select_for_update().get(pk=wave.pk)
        if locked.state != WaveState.CLOSED or _known(_earlier_releases(wave)) != _known(before):
            return False
        released_at = timezone.now()
        Release.objects.create(wave=wave, document=document, audited=computed.audited, sha256=seal(document))
        locked.state, locked.released_at = WaveState.RELEASED, released_at
        locked.save(update_fields=["state", "released_at"])
        record(
            AuditAction.WAVE_RELEASED,
            actor=actor,
            programme=wave.programme,
            subject=wave,
            title=wave.title,
            threshold=wave.threshold,
            **computed.tally,
        )
    wave.state, wave.released_at = locked.state, released_at
    return True


def _known(releases: Sequence[Release]) -> set[UUID]:
    return {release.pk for release in releases}
