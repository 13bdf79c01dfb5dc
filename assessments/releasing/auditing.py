"""What may be shown of one measure: the promise of the start page, kept for all groups, changes and waves together.

Four questions are asked one after the other; each can only take away.

1. May this group's mean be had at all? (`disclosure.audit_sizes` with the wave's threshold, over the people who have a
   score on this very measure, so that questions left out cannot make two groups differ by somebody unnoticed; together
   with both halves of every change and with all that earlier releases have shown of the waves compared.)
2. Would an exact mean, with the others, give the exact mean of a group of fewer than ten that stands at an end of the
   scale? Everybody in it would be known. Such a group's own mean is shown as a limit only, and no exact one beside it
   may undo that.
3. Do the shown means and limits together pin a small group down (`bounds`)?
4. May detail (spread, middle half, single questions) be shown? The same audit with at least ten.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from assessments.disclosure import SMALL_GROUP, Bound, ShownMean, audit_sizes, shown_mean
from assessments.releasing.bounds import ShownGroup, pinned_groups
from assessments.releasing.units import Floats, Rows, Sets
from assessments.small_sets import SpanOfSets


class Candidate(NamedTuple):
    """Something that might be shown: kind "score", "questions", or the name of the earlier wave of a change."""

    kind: str
    cut: str


SCORE = "score"
QUESTIONS = "questions"


@dataclass(frozen=True)
class Shown:
    """One set that earlier releases have shown of a wave, for this measure; `exact` unless only a limit was shown."""

    rows: Rows
    exact: bool


@dataclass(frozen=True)
class Case:
    """One measure's candidates in order of importance, each with the one or two sets of units behind it.

    `values` holds each unit's score, NaN where it is not known; `minimum` and `maximum` are the ends of the measure.
    """

    candidates: dict[Candidate, tuple[Rows, ...]]
    values: Floats
    minimum: float
    maximum: float
    decimals: int
    earlier: Sequence[Shown] = ()


@dataclass
class Allowed:
    """The answer: means as they may be shown, by cut; changes and questions; cuts with detail."""

    scores: dict[str, ShownMean] = field(default_factory=dict)
    changes: set[Candidate] = field(default_factory=set)
    questions: set[str] = field(default_factory=set)
    detail: set[str] = field(default_factory=set)
    sets: list[Shown] = field(default_factory=list)


def audit_measure(case: Case, k: int) -> Allowed:
    earlier = sorted(case.earlier, key=lambda shown: not shown.exact)
    exact = sum(shown.exact for shown in earlier)
    rows = [shown.rows for shown in earlier]
    positions: dict[Candidate, tuple[int, ...]] = {}
    for candidate, sets in case.candidates.items():
        positions[candidate] = tuple(range(len(rows), len(rows) + len(sets)))
        rows += sets
    sets = Sets(len(case.values), rows)

    verdicts = audit_sizes(sets.sizes, positions, k, known=len(earlier))
    released = [candidate for candidate in positions if verdicts[candidate].released]
    allowed = _without_extremes(case, sets, {each: positions[each] for each in released}, known=exact)
    _withhold_pinned(allowed, case, k)
    _allow_detail(allowed, case, sets, positions, k)
    return allowed


def mean_as_shown(values: Floats, minimum: float, maximum: float, decimals: int) -> ShownMean:
    """The mean, rounded as it is shown, or only as a limit.

    For ten and more `shown_mean` sets no limit; but a mean that rounds to the very end of the scale would still say
    what everybody chose.
    """
    mean, n = float(np.mean(values)), len(values)
    shown = shown_mean(mean, n, minimum, maximum)
    if shown.bound is Bound.EXACT and not minimum < round(mean, decimals) < maximum:
        shown = shown_mean(mean, 1, minimum, maximum)
    return ShownMean(round(shown.value, decimals), shown.bound)


def _without_extremes(case: Case, sets: Sets, positions: dict[Candidate, tuple[int, ...]], *, known: int) -> Allowed:
    """Takes candidates one by one; what would make an extreme small group's mean computable is left out."""
    span = SpanOfSets(sets.sizes, SMALL_GROUP, known=known)
    extreme = _extreme(case, sets)
    allowed = Allowed()
    for candidate, places in positions.items():
        people = case.candidates[candidate]
        if candidate.kind == SCORE:
            shown = mean_as_shown(case.values[people[0]], case.minimum, case.maximum, case.decimals)
            if shown.bound is not Bound.EXACT:
                allowed.scores[candidate.cut] = shown
                allowed.sets.append(Shown(people[0], exact=False))
                continue
        if _gives_away(span, places, extreme):
            continue
        if candidate.kind == SCORE:
            allowed.scores[candidate.cut] = shown
        elif candidate.kind == QUESTIONS:
            allowed.questions.add(candidate.cut)
        else:
            allowed.changes.add(candidate)
        allowed.sets += [Shown(rows, exact=True) for rows in people]
    return allowed


def _gives_away(span: SpanOfSets, places: tuple[int, ...], extreme: Callable[[frozenset[int], int], bool]) -> bool:
    for number, place in enumerate(places):
        if span.would_reveal(place, extreme):
            for taken in places[:number]:
                span.take_back(taken)
            return True
        span.add(place)
    return False


def _extreme(case: Case, sets: Sets) -> Callable[[frozenset[int], int], bool]:
    totals = sets.totals(case.values)

    def matters(patterns: frozenset[int], mask: int) -> bool:
        inside = [pattern for pattern in sets.sizes if pattern & mask in patterns]
        n = sum(sets.sizes[pattern] for pattern in inside)
        total = sum(totals[pattern] for pattern in inside)
        if np.isnan(total):
            return False  # answers that no longer exist
        return shown_mean(total / n, n, case.minimum, case.maximum).bound is not Bound.EXACT

    return matters


def _withhold_pinned(allowed: Allowed, case: Case, k: int) -> None:
    rows = {cut: case.candidates[Candidate(SCORE, cut)][0] for cut in allowed.scores}
    groups = []
    for cut, shown in allowed.scores.items():
        members = np.zeros(len(case.values), dtype=bool)
        members[rows[cut]] = True
        groups.append(ShownGroup(cut, members, shown, float(case.values[rows[cut]].sum())))
    for cut in pinned_groups(groups, case.minimum, case.maximum, k):
        del allowed.scores[cut]
        allowed.sets = [shown for shown in allowed.sets if shown.rows is not rows[cut]]
        allowed.changes = {change for change in allowed.changes if change.cut != cut}


def _allow_detail(
    allowed: Allowed, case: Case, sets: Sets, positions: dict[Candidate, tuple[int, ...]], k: int
) -> None:
    """Spread and middle half need an exact mean of ten people; single questions need their own set of ten as well."""
    exact = {cut for cut, shown in allowed.scores.items() if shown.bound is Bound.EXACT}
    wanted = {
        candidate: places
        for kind in (SCORE, QUESTIONS)
        for candidate, places in positions.items()
        if candidate.kind == kind and candidate.cut in (exact if kind == SCORE else exact & allowed.questions)
    }
    verdicts = audit_sizes(sets.sizes, wanted, max(SMALL_GROUP, k))
    allowed.detail = {each.cut for each, verdict in verdicts.items() if verdict.released and each.kind == SCORE}
    allowed.questions = {each.cut for each, verdict in verdicts.items() if verdict.released and each.kind == QUESTIONS}
