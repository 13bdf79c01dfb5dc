"""Which dimensions moved in every organisation shown, and the words for it that fit on one line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.results import Against, Cut, Measure, Movement, WaveResults
from programme.dashboards.queries.words import capital, listed
from programme.lib.charts import Change
from sessions.enums import Dimension

UP = {Change.UP, Change.CLEARLY_UP}
DOWN = {Change.DOWN, Change.CLEARLY_DOWN}
# A headline longer than this breaks the line on a laptop.
LONGEST_HEADLINE, LONGEST_TITLE = 84, 64


@dataclass(frozen=True)
class Moves:
    """Names of dimensions by the way they moved in all `groups`; `fallen` went clearly down in at least one."""

    up: list[str]
    down: list[str]
    same: list[str]
    fallen: list[str]
    compared: int
    total: int
    groups: int
    of_dimensions: bool

    def headline(self, found: str) -> str:
        """The finding where it fits on a line, else the same with numbers for names."""
        if len(found) <= LONGEST_HEADLINE or not self._told_by_numbers:
            return found
        sentences = [self._count(_("All %(total)s %(what)s are up"), _("%(risen)s of %(total)s %(what)s are up"))]
        if self.down:
            words = ngettext("%(names)s is down.", "%(names)s are down.", len(self.down))
            sentences.append(words % {"names": listed(_sentence(self.down))})
        elif self.same:
            words = ngettext("%(names)s has not moved.", "%(names)s have not moved.", len(self.same))
            sentences.append(words % {"names": listed(_sentence(self.same))})
        return " ".join([f"{sentences[0]}.", *sentences[1:]])

    def title(self, found: str) -> str:
        """What the figure shows, without saying the headline again."""
        if self.compared < self.total or self.total == 1:
            return ngettext("Where the %(what)s stands", "Where the %(total)s %(what)s stand", self.total) % self._words
        if not self.up:
            return self._count(_("None of the %(total)s %(what)s grew"), _("None of the %(total)s %(what)s grew"))
        names = _("%(names)s grew") % {"names": listed(_sentence(self.up))}
        if self.headline(found) != found and len(names) <= LONGEST_TITLE:
            return names
        return self._count(_("All %(total)s %(what)s grew"), _("%(risen)s of %(total)s %(what)s grew"))

    @property
    def _told_by_numbers(self) -> bool:
        return self.compared == self.total and bool(self.up)

    def _count(self, everything: str, some: str) -> str:
        where = _("in both organisations") if self.groups == 2 else _("in every organisation")
        words = (everything if len(self.up) == self.total else some) % self._words
        return f"{words} {where}" if self.groups > 1 else words

    @property
    def what(self) -> str:
        """What the questionnaire measures, in a word."""
        if self.of_dimensions:
            return ngettext("dimension", "dimensions", self.total)
        return ngettext("topic", "topics", self.total)

    @property
    def _words(self) -> dict[str, str]:
        risen, total = capital(str(apnumber(len(self.up)))), str(apnumber(self.total))
        return {"risen": risen, "total": total, "what": self.what}


def moves(results: WaveResults, groups: Sequence[Cut], against: Against | None) -> Moves:
    everywhere = {measure.name: _everywhere(results, measure, groups, against) for measure in results.measures}
    known = {name: words for name, words in everywhere.items() if words}
    return Moves(
        up=[name for name, words in known.items() if words <= UP],
        down=[name for name, words in known.items() if words <= DOWN],
        same=[name for name, words in known.items() if words == {Change.SAME}],
        fallen=[
            measure.name
            for measure in results.measures
            if Change.CLEARLY_DOWN in _shown(results, measure, groups, against)
        ],
        compared=len(known),
        total=len(results.measures),
        groups=len(groups),
        of_dimensions=is_of_dimensions(results),
    )


def is_of_dimensions(results: WaveResults) -> bool:
    return {measure.key for measure in results.measures} == set(Dimension.values)


def _everywhere(results: WaveResults, measure: Measure, groups: Sequence[Cut], against: Against | None) -> set[Change]:
    """In which ways a dimension moved in the groups; empty where one of them cannot be told."""
    shown = list(_shown(results, measure, groups, against))
    return set(shown) if len(shown) == len(groups) else set()


def _shown(
    results: WaveResults, measure: Measure, groups: Sequence[Cut], against: Against | None
) -> Iterator[Change]:  # fmt: skip
    for cut in groups if against else ():
        movement = results.movement(measure.key, against, cut.key)
        if isinstance(movement, Movement):
            yield movement.words


def _sentence(names: Sequence[str]) -> list[str]:
    """As they stand in a sentence: the first with its capital."""
    return [name if not place else name[:1].lower() + name[1:] for place, name in enumerate(names)]
