"""Everything one results page shows of one group: a page, its sheet and its steps on a screen are made of the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.definitions import Option
from assessments.presenting.conversations import Prompt, prompts
from assessments.presenting.figures import group_figure, groups_beside, history_of, side_by_side
from assessments.presenting.headings import figure_title, pair_title
from assessments.presenting.relationships import RelationshipsPage, relationships_page
from assessments.presenting.sheets import withheld_words
from assessments.results import (
    PROGRAMME,
    Comments,
    Cut,
    CutKind,
    Movement,
    Question,
    QuestionResult,
    Score,
    Strength,
    StrengthCount,
    WaveResults,
    Withheld,
    finding,
)
from programme.lib.charts import DimensionFigure, PairFigure


@dataclass(frozen=True)
class QuestionTable:
    """The questions of one dimension that share their options, each with its result."""

    title: str
    options: tuple[Option, ...]
    rows: list[tuple[Question, QuestionResult | Withheld]]


@dataclass(frozen=True)
class ResultsPage:
    results: WaveResults
    history: list[WaveResults]
    cut: Cut
    cuts: list[Cut]
    comments: tuple[Comments, ...]
    own: tuple[UUID | None, UUID | None] | None = None

    @property
    def relationships(self) -> RelationshipsPage | None:
        """The matrix of teams, of which a reader with a place of their own sees that row; None for other questions."""
        return relationships_page(self.results, self.own)

    @property
    def finding(self) -> str:
        return finding(self.results, self.cut.key)

    @property
    def figure(self) -> DimensionFigure:
        return group_figure(self.history, self.cut)

    @property
    def figure_title(self) -> str:
        """The figure's finding in a few words."""
        return figure_title(self.results, self.cut)

    @property
    def pair_title(self) -> str:
        return pair_title(self.results, self.beside)

    @property
    def pair(self) -> PairFigure | None:
        return side_by_side(self.results, self.cut, self.cuts)

    @property
    def beside(self) -> list[Cut]:
        """The groups the figure beside it compares."""
        return groups_beside(self.cut, self.cuts)

    @property
    def prompts(self) -> list[Prompt]:
        return prompts(self.results, self.cut)

    @property
    def withheld_words(self) -> str:
        return withheld_words(self.results)

    @property
    def people(self) -> str:
        """How many answered, as far as it is shown; a dimension that some left out has fewer."""
        counts = {score.n for score in self._scores() if isinstance(score, Score)}
        if self.relationships and self.relationships.people:
            counts = {self.relationships.people}
        if not counts:
            return ""
        if len(counts) == 1:
            return ngettext("%(n)s person answered", "%(n)s people answered", min(counts)) % {"n": min(counts)}
        return _("%(least)s to %(most)s people answered each part") % {"least": min(counts), "most": max(counts)}

    @property
    def compared(self) -> str:
        """Who is compared in the figure's change columns."""
        movements = [
            movement
            for against in self.results.earlier
            for measure in self.results.measures
            if isinstance(movement := self.results.movement(measure.key, against, self.cut.key), Movement)
        ]
        same = sorted({movement.n for movement in movements if movement.same_people and movement.n})
        if self.relationships and self.results.earlier:
            return _("Change compares everybody who answered each time.")
        if not movements:
            return ""
        if not same:
            return _("Change compares everybody who answered each time.")
        if not all(movement.same_people for movement in movements):
            return _("Change compares the same people where that is safe, otherwise everybody who answered each time.")
        if len(same) == 1:
            return _("Change compares the same %(n)s people, who answered each time.") % {"n": same[0]}
        words = _("Change compares the same people, who answered each time: %(least)s to %(most)s of them.")
        return words % {"least": same[0], "most": same[-1]}

    @property
    def questions(self) -> list[QuestionTable]:
        """By dimension; empty where the instrument shows none. Withheld as a whole below ten people."""
        tables: dict[tuple[str, tuple[Option, ...]], QuestionTable] = {}
        names = {measure.key: measure.name for measure in self.results.measures}
        for question in self.results.questions:
            result = self.results.question_result(question.key, self.cut.key)
            if result is None:
                continue
            table = QuestionTable(names[question.measure], question.options, [])
            tables.setdefault((question.measure, question.options), table).rows.append((question, result))
        return list(tables.values())

    @property
    def any_question(self) -> bool:
        return any(not isinstance(result, Withheld) for table in self.questions for _question, result in table.rows)

    @property
    def strengths(self) -> list[tuple[str, list[tuple[Strength, StrengthCount | Withheld]]]]:
        """Cluster by cluster, A–Z: for how many people each strength stands out."""
        counts = self.results.strength_counts(self.cut.key)
        if counts is None:
            return []
        clusters: dict[str, list[tuple[Strength, StrengthCount | Withheld]]] = {}
        for strength in self.results.strengths:
            shown = counts[strength.key] if isinstance(counts, dict) else counts
            clusters.setdefault(strength.cluster, []).append((strength, shown))
        return list(clusters.items())

    def _scores(self) -> list[Score | Withheld | None]:
        return [self.results.score(measure.key, self.cut.key) for measure in self.results.measures]


def own_cuts(results: WaveResults, place: tuple[UUID | None, UUID | None]) -> list[Cut]:
    """What somebody who only took part may look at: everybody together, their organisation, their team."""
    organisation, team = place
    return [
        cut
        for cut in results.cuts
        if cut.key == PROGRAMME
        or (cut.kind is CutKind.ORGANISATION and cut.organisation_id == organisation)
        or (cut.kind is CutKind.TEAM and cut.team_id == team)
    ]


def results_page(
    results: WaveResults,
    released: Sequence[WaveResults],
    cuts: Sequence[Cut],
    key: str,
    *,
    with_comments: bool,
    own: tuple[UUID | None, UUID | None] | None = None,
) -> ResultsPage | None:
    """`cuts`: those the reader may see; None when the one asked for is not among them.

    `own`: organisation and team of a reader who sees only what these say about other teams; None for all teams.
    """
    chosen = next((cut for cut in cuts if cut.key == (key or PROGRAMME)), None)
    if chosen is None:
        return None
    comments = results.comments if with_comments and chosen.key == PROGRAMME else ()
    return ResultsPage(results, history_of(results, released), chosen, list(cuts), comments, own)
