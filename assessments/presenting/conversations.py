"""Where a facilitator starts talking about a result: from shown values only, in plain words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.results import Cut, Measure, Movement, Score, WaveResults, relationships_of
from programme.lib.charts import Change, Spread

GREW = (Change.CLEARLY_UP, Change.UP)
ORDER = {Spread.SPLIT: 2, Spread.MIXED: 1, Spread.CLOSE: 0}


@dataclass(frozen=True)
class Prompt:
    title: str
    text: str


def prompts(results: WaveResults, cut: Cut) -> list[Prompt]:
    """Three at most: what grew (or stands high), the widest spread (or the lowest), and holding numbers lightly."""
    if results.strengths:
        return _about_strengths()
    if relationships_of(results) is not None:
        return _about_relationships()
    shown = {
        measure: score
        for measure in results.measures
        if isinstance(score := results.score(measure.key, cut.key), Score)
    }
    if not shown:
        return [
            Prompt(
                _("Talk without numbers."),
                _("Nothing can be shown for this group. Ask what people would like to say about it themselves."),
            )
        ]
    first, begin = _begin(results, cut, shown)
    return [begin, *_then(shown, first), _lightly()]


def _about_strengths() -> list[Prompt]:
    return [
        Prompt(
            _("Begin with your own."), _("Ask who would like to name one strength they used this month, and for what.")
        ),
        Prompt(
            _("Then what many share."),
            _("Ask where the team leans on it, and when it becomes too much of a good thing."),
        ),
        Prompt(
            _("Then what few share."), _("Ask who brings it in when it is needed. No strength is better than another.")
        ),
    ]


def _about_relationships() -> list[Prompt]:
    return [
        Prompt(_("Begin with what works."), _("Ask which contact helped somebody this month, and what made it easy.")),
        Prompt(
            _("Then what is missing."),
            _("Ask which two teams would gain from knowing each other, and what each could offer first."),
        ),
        Prompt(
            _("Hold the numbers lightly."),
            _("Not every team needs every other. Nobody should guess who has answered what, or who was meant."),
        ),
    ]


def _begin(results: WaveResults, cut: Cut, shown: dict[Measure, Score]) -> tuple[Measure, Prompt]:
    grown = []
    for against, earlier in results.earlier.items():
        for measure in shown:
            movement = results.movement(measure.key, against, cut.key)
            if isinstance(movement, Movement) and movement.words in GREW:
                grown.append((movement.difference, measure, earlier.title))
    if grown:
        _difference, measure, since = max(grown, key=lambda each: each[0])
        text = _("%(name)s is up since “%(wave)s”. Ask for one moment since then when somebody noticed it.")
        return measure, Prompt(_("Begin with what grew."), text % {"name": measure.name, "wave": since})
    measure = max(shown, key=lambda each: shown[each].value)
    text = _("%(name)s stands highest. Ask what people do that makes it so, and what would be lost without it.")
    return measure, Prompt(_("Begin with what works."), text % {"name": measure.name})


def _then(shown: dict[Measure, Score], first: Measure) -> list[Prompt]:
    others = {measure: score for measure, score in shown.items() if measure is not first}
    spread = {measure: score.spread for measure, score in others.items() if isinstance(score.spread, Spread)}
    widest = max(spread, key=lambda measure: ORDER[spread[measure]], default=None)
    if widest is not None and spread[widest] is not Spread.CLOSE:
        words = {
            Spread.SPLIT: _(
                "On %(name)s the answers are far apart. Ask what each person had in mind, not who is right."
            ),
            Spread.MIXED: _("On %(name)s the answers differ. Ask what each person had in mind, not who is right."),
        }
        return [Prompt(_("Then the widest spread."), words[spread[widest]] % {"name": _inside(widest)})]
    if not others:
        return []
    lowest = min(others, key=lambda measure: others[measure].value)
    text = _("%(name)s stands lowest. Ask for one small thing that would make a difference within a month.")
    return [Prompt(_("Then the lowest."), text % {"name": lowest.name})]


def _lightly() -> Prompt:
    return Prompt(
        _("Hold the numbers lightly."),
        _("A number opens a conversation. It is not a mark for anybody in the room."),
    )


def _inside(measure: Measure) -> str:
    """A name inside a sentence: small, unless it is an abbreviation."""
    return measure.name if measure.name[1:2].isupper() else measure.name[:1].lower() + measure.name[1:]
