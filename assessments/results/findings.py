"""The one sentence a result is introduced with: what moved, and what did not."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.disclosure import Bound
from assessments.releasing.cuts import PROGRAMME, Against, CutKind
from assessments.results.relationships import Relationships, Share, relationships_of
from assessments.results.shapes import Cut, Measure, Movement, Score, WaveResults
from programme.lib.charts import Change

UP = {Change.UP, Change.CLEARLY_UP}
DOWN = {Change.DOWN, Change.CLEARLY_DOWN}
MOST_NAMED = 4


def finding(results: WaveResults, cut: str = PROGRAMME, against: Against | None = None) -> str:
    """A headline of one or two plain sentences from shown values only.

    For the whole programme a dimension counts as moved when it moved the same way in every organisation that is shown;
    without an earlier wave the highest and the lowest dimension are named. Of strengths it is said which ones stand out
    for the most people, for clusters are not there to be compared.
    """
    if results.strengths:
        return _strengths(results, cut)
    relationships = relationships_of(results)
    if relationships is not None:
        return _contact(relationships)
    groups = _groups(results, cut)
    for chosen in [against] if against else [Against.PREVIOUS, Against.BASELINE]:
        directions = _directions(results, groups, chosen)
        if directions:
            return _told(directions, len(groups), results.earlier[chosen].title)
    return _extremes(results, cut)


def _strengths(results: WaveResults, cut: str) -> str:
    counts = results.strength_counts(cut)
    if not isinstance(counts, dict):
        return _("Strengths differ from person to person; each person's own profile says most.")
    most = max(count.count for count in counts.values())
    names = [strength.name for strength in results.strengths if counts[strength.key].count == most]
    more = any(count.bound is Bound.OR_MORE and count.count < most for count in counts.values())
    if more or len(names) > MOST_NAMED:
        return _("Many different strengths stand out.")
    return ngettext(
        "%(names)s stands out for the most people.", "%(names)s stand out for the most people.", len(names)
    ) % {"names": _joined([names[0], *(name[:1].lower() + name[1:] for name in names[1:])])}


def _contact(relationships: Relationships) -> str:
    """How many people work with the other organisation at all, or how many of the contacts that could be are there."""
    crossing, density = relationships.crossing.share, relationships.density.share
    if isinstance(crossing, Share):
        words = _("%(share)s of people work with another organisation %(contact)s or more often.")
        contact = relationships.contact[:1].lower() + relationships.contact[1:]
        return words % {"share": crossing.shown, "contact": contact}
    if isinstance(density, Share):
        return _("%(share)s of the contacts there could be between the teams are there.") % {"share": density.shown}
    if any(isinstance(relation.density, Share) for relation in relationships.relations):
        return _("Some teams can be looked at one by one; together they are withheld.")
    return _("These results are withheld to keep answers confidential.")


def _groups(results: WaveResults, cut: str) -> list[Cut]:
    """The organisations where all of them are shown, else the cut itself."""
    organisations = results.cuts_of(CutKind.ORGANISATION) if cut == PROGRAMME else ()
    shown = [
        found
        for found in organisations
        if all(isinstance(results.score(measure.key, found.key), Score) for measure in results.measures)
    ]
    if len(shown) > 1 and len(shown) == len(organisations):
        return shown
    found = results.cut(cut)
    return [found] if found else []


def _directions(results: WaveResults, groups: Sequence[Cut], against: Against) -> dict[str, list[Measure]]:
    """Measures by "up", "down", "same" or, where groups differ, "apart"; those withheld in one group stand in none."""
    directions: dict[str, list[Measure]] = {}
    for measure in results.measures:
        movements = [results.movement(measure.key, against, group.key) for group in groups]
        if not movements or not all(isinstance(movement, Movement) for movement in movements):
            continue
        words = {movement.words for movement in movements}
        kinds = {"up": UP, "down": DOWN, "same": {Change.SAME}}
        name = next((name for name, kind in kinds.items() if words <= kind), "apart")
        directions.setdefault(name, []).append(measure)
    return directions


def _told(directions: dict[str, list[Measure]], groups: int, since: str) -> str:
    up, down, same, apart = (directions.get(name, []) for name in ("up", "down", "same", "apart"))
    sentences = []
    if up:
        sentences.append(_up(up, groups))
    if down:
        sentences.append(
            ngettext("%(names)s is down.", "%(names)s are down.", len(down)) % {"names": _listed(down, first=True)}
        )
    if apart and not sentences:
        words = ngettext(
            "%(names)s moved differently in the organisations.",
            "%(names)s moved differently in the organisations.",
            len(apart),
        )
        sentences.append(words % {"names": _listed(apart, first=True)})
    if same and len(sentences) < 2:
        sentences.append(_same(same, anything_moved=bool(sentences), since=since))
    return " ".join(sentences)


def _up(measures: list[Measure], groups: int) -> str:
    names = {"names": _listed(measures, first=True)}
    if groups == 2:
        return ngettext(
            "%(names)s is up in both organisations.", "%(names)s are up in both organisations.", len(measures)
        ) % names  # fmt: skip
    if groups > 2:
        return ngettext(
            "%(names)s is up in all organisations.", "%(names)s are up in all organisations.", len(measures)
        ) % names  # fmt: skip
    return ngettext("%(names)s is up.", "%(names)s are up.", len(measures)) % names


def _same(measures: list[Measure], *, anything_moved: bool, since: str) -> str:
    if not anything_moved and len(measures) > 2:
        return _("Little has moved since “%(wave)s”.") % {"wave": since}
    return ngettext("%(names)s has not moved.", "%(names)s have not moved.", len(measures)) % {
        "names": _listed(measures, first=True)
    }


def _extremes(results: WaveResults, cut: str) -> str:
    scores = {measure: results.score(measure.key, cut) for measure in results.measures}
    shown = {measure: score.value for measure, score in scores.items() if isinstance(score, Score)}
    if not shown:
        return _("These results are withheld to keep answers confidential.")
    if len(set(shown.values())) < 2:
        return _("All that is shown stands at the same height.")
    highest = [measure for measure, value in shown.items() if value == max(shown.values())]
    lowest = [measure for measure, value in shown.items() if value == min(shown.values())]
    words = ngettext(
        "%(high)s stands highest, %(low)s lowest.", "%(high)s stand highest, %(low)s lowest.", len(highest)
    )  # fmt: skip
    return words % {"high": _listed(highest, first=True), "low": _listed(lowest)}


def _listed(measures: Sequence[Measure], first: bool = False) -> str:
    """ "Trust, conflict and results": the instrument's words, the first with a capital where a sentence begins."""
    names = [
        measure.name
        if (first and not place) or measure.name[1:2].isupper()
        else measure.name[:1].lower() + measure.name[1:]
        for place, measure in enumerate(measures)
    ]
    return _joined(names)


def _joined(names: Sequence[str]) -> str:
    if len(names) < 2:
        return names[0]
    return _("%(list)s and %(last)s") % {"list": ", ".join(names[:-1]), "last": names[-1]}
