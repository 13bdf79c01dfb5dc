"""Which results may be shown, so that nobody can work out those of a small group. Pure set arithmetic.

Hiding groups below a threshold is not enough: who knows the total of 15 people and of 12 of them knows the other 3. So
the groups are looked at together. Each shown mean with its n gives a sum over people; whatever can be had by adding and
subtracting those sums is a vector in the row space of the group-by-person matrix. A group is shown only if, together
with all that is already shown, no indicator of a set of fewer than k people lies in that space.

How a caller fills `cuts` (see also `paired_sets`):

- A *unit* is one person's answers in one wave: use `(person, wave)`. The same person in two waves is two units.
- Take those who really count in the number shown: per scale, where people left scales out.
- Order by importance: programme, organisations, teams, organisation × team. Earlier cuts win.
- A change between two waves is two more cuts, the people in both with their earlier and with their later answers. Show
  the change only if both are released. Joiners and leavers need no cut of their own: they are what is left of a wave
  after taking the pairs away, and the audit withholds the pairs where that rest is too small.
- `released` holds the unit sets of every cut ever released before (earlier waves, earlier reports), as they were then:
  a person erased since stays in them, because what was shown stays known.
- For viewers who know their own answers, k + 1 protects the others as k protects from outsiders.

What linear algebra cannot see has its own rules: means at the ends of the scale (`shown_mean`), distributions and
comments (their own, higher k). Nor does it count the difference between two people's answers as a group.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from assessments.small_sets import SpanOfSets

Name = TypeVar("Name", bound=Hashable)

SMALL_GROUP = 10  # below this many answers a mean near an end of the scale says too much about each person
END_SHARE = 1 / 8  # of the scale's length: 0.5 on a scale from 1 to 5


class Reason(StrEnum):
    """Why a cut is withheld. For the audit log only: what people see is the same whatever the reason."""

    NONE = ""
    TOO_FEW = "too_few"
    WOULD_REVEAL = "would_reveal"


@dataclass(frozen=True, slots=True)
class Verdict:
    released: bool
    reason: Reason = Reason.NONE


class Bound(StrEnum):
    EXACT = "exact"
    OR_MORE = "or_more"
    OR_LESS = "or_less"


@dataclass(frozen=True, slots=True)
class ShownMean:
    """A mean as it may be shown: itself, or only "`value` or more" / "`value` or less"."""

    value: float
    bound: Bound


def audit(cuts: Mapping[str, Set[Hashable]], k: int, released: Iterable[Set[Hashable]] = ()) -> dict[str, Verdict]:
    """Decide for each cut, in the order given, whether it may be released.

    `cuts` maps names to the units that answered, `released` are the sets shown earlier. Deterministic; the same input
    gives the same verdicts. A small set that earlier releases already gave away does not block later ones; a new one
    does. Raises ValueError for k < 2, which would protect nobody.
    """
    earlier = [frozenset(known) for known in released]
    positions = {name: (position,) for position, name in enumerate(cuts, start=len(earlier))}
    return audit_sizes(_atom_sizes([*earlier, *cuts.values()]), positions, k, known=len(earlier))


def audit_sizes(
    sizes: dict[int, int], candidates: Mapping[Name, Sequence[int]], k: int, *, known: int = 0
) -> dict[Name, Verdict]:
    """The same for many thousands of units, of which only the numbers matter.

    `sizes` says how many units share each membership pattern (bit i: they are in set i); the first `known` sets were
    released earlier. A candidate is one set, or several that are released together or not at all, as the two halves of
    a change.
    """
    if k < 2:
        raise ValueError("A threshold below 2 protects nobody.")
    span = SpanOfSets(sizes, k, known=known)
    return {name: _decide(span, positions, sizes, k) for name, positions in candidates.items()}


def paired_sets(
    before: Set[Hashable], after: Set[Hashable], *, before_wave: Hashable, after_wave: Hashable
) -> tuple[frozenset[tuple[Hashable, Hashable]], frozenset[tuple[Hashable, Hashable]]]:
    """The two cuts behind a change between waves: the people in both, as units of the earlier and the later wave."""
    both = frozenset(before) & frozenset(after)
    return frozenset((person, before_wave) for person in both), frozenset((person, after_wave) for person in both)


def paired_is_safe(pair: tuple[Set[Hashable], Set[Hashable]], k: int, released: Iterable[Set[Hashable]] = ()) -> bool:
    """May the change among these people be shown beside what is already released? Both halves, or nothing.

    `pair` comes from `paired_sets`; units in `released` must be `(person, wave)`, too.
    """
    before, after = pair
    return all(verdict.released for verdict in audit({"before": before, "after": after}, k, released).values())


def shown_mean(mean: float, n: int, minimum: float, maximum: float) -> ShownMean:
    """How a mean may be shown: near an end of the scale, and with fewer than ten answers, only as a limit.

    Five people with a mean of 5.0 on a scale to 5 have all chosen 5. So on 1 to 5 such a mean reads "4.5 or more", at
    the other end "1.5 or less"; other scales are capped an eighth of their length from each end. Compute a change that
    is shown beside it from the capped values, or it gives the mean away.
    """
    margin = (maximum - minimum) * END_SHARE
    if n < SMALL_GROUP and mean >= maximum - margin:
        return ShownMean(maximum - margin, Bound.OR_MORE)
    if n < SMALL_GROUP and mean <= minimum + margin:
        return ShownMean(minimum + margin, Bound.OR_LESS)
    return ShownMean(mean, Bound.EXACT)


def _decide(span: SpanOfSets, positions: Sequence[int], sizes: dict[int, int], k: int) -> Verdict:
    if any(sum(size for pattern, size in sizes.items() if pattern >> position & 1) < k for position in positions):
        return Verdict(released=False, reason=Reason.TOO_FEW)
    for number, position in enumerate(positions):
        if span.would_reveal(position):
            for taken in positions[:number]:
                span.take_back(taken)
            return Verdict(released=False, reason=Reason.WOULD_REVEAL)
        span.add(position)
    return Verdict(released=True)


def _atom_sizes(sets: list[Set[Hashable]]) -> dict[int, int]:
    """How many units share each membership pattern; bit i of a pattern says whether they are in set i."""
    patterns: dict[Hashable, int] = {}
    for position, units in enumerate(sets):
        bit = 1 << position
        for unit in units:
            patterns[unit] = patterns.get(unit, 0) | bit
    return dict(Counter(patterns.values()))
