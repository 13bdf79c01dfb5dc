"""A results page as lines of a sheet: the same values and words as on the page, and nothing more."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from assessments.presenting.figures import changes_of, wave_names
from assessments.results import Comments, Cut, Measure, Movement, Score, WaveResults, Withheld
from programme.templatetags.charts import SPREAD_WORDS
from programme.templatetags.components import CHANGE_WORDS

Line = list[str]


def sheet_of(history: Sequence[WaveResults], cuts: Sequence[Cut]) -> list[Line]:
    """A heading line, a line for each group and dimension, and what the numbers are. The last wave is current."""
    results = history[-1]
    lines = [_headings(history)]
    lines += [_line(history, cut, measure) for cut in cuts for measure in results.measures]
    lines += _strength_lines(results, cuts)
    return [*lines, [], *([note] for note in notes_of(results))]


def notes_of(results: WaveResults) -> list[str]:
    """Where the numbers come from and what must be known to read them."""
    notes = [
        _("%(instrument)s, version %(version)s. Released on %(date)s.")
        % {
            "instrument": results.instrument_name,
            "version": results.instrument_version,
            "date": date_format(localtime(results.released_at), "j F Y"),
        },
    ]
    if not results.validated:
        notes.append(_("This questionnaire is not yet validated."))
    notes.append(withheld_words(results))
    return notes


def withheld_words(results: WaveResults) -> str:
    return _(
        "Withheld: we show a number only when at least %(k)s people stand behind it and nobody can work out a smaller "
        "group from the other numbers. We do not say which of the two it was."
    ) % {"k": results.threshold}


def comment_lines(comments: Sequence[Comments]) -> list[Line]:
    """What people wrote, a line for each text; a prompt with too few is withheld."""
    lines = [[_("Question"), _("Comment")]]
    for prompt in comments:
        texts = [withheld_cell()] if isinstance(prompt.texts, Withheld) else prompt.texts
        lines += [[prompt.prompt, text] for text in texts]
    return lines


def withheld_cell() -> str:
    return str(_("Withheld"))


def _headings(history: Sequence[WaveResults]) -> Line:
    return [
        _("Group"),
        _("Dimension"),
        *wave_names(history),
        _("Band"),
        _("People"),
        _("How alike the answers are"),
        _("Middle half from"),
        _("Middle half to"),
        *(heading for _against, heading in changes_of(history[-1])),
    ]


def _line(history: Sequence[WaveResults], cut: Cut, measure: Measure) -> Line:
    results = history[-1]
    score = results.score(measure.key, cut.key)
    waves = [_shown(wave.score(measure.key, cut.key)) for wave in history]
    changes = [
        _change(results.movement(measure.key, against, cut.key)) for against, _heading in changes_of(results)
    ]  # fmt: skip
    return [cut.label, measure.name, *waves, *_details(score, measure), *changes]


def _details(score: Score | Withheld | None, measure: Measure) -> Line:
    if not isinstance(score, Score):
        return [_shown(score)] * 5
    spread = SPREAD_WORDS.get(score.spread, _shown(score.spread))
    if isinstance(score.middle_half, tuple):
        half = [f"{value:.{measure.decimals}f}" for value in score.middle_half]
    else:
        half = [_shown(score.middle_half)] * 2
    return [score.band, str(score.n), str(spread), *half]


def _shown(score: Score | Withheld | None) -> str:
    if isinstance(score, Withheld):
        return withheld_cell()
    return score.shown if isinstance(score, Score) else ""


def _change(movement: Movement | Withheld | None) -> str:
    if isinstance(movement, Movement):
        return str(CHANGE_WORDS[movement.words])
    return withheld_cell() if isinstance(movement, Withheld) else str(_("Not compared"))


def _strength_lines(results: WaveResults, cuts: Sequence[Cut]) -> list[Line]:
    """For how many people each strength stands out, A–Z within cluster."""
    if not results.strengths:
        return []
    lines: list[Line] = [[], [_("Group"), _("Strength"), _("Stands out for so many people")]]
    for cut in cuts:
        counts = results.strength_counts(cut.key)
        for strength in results.strengths:
            shown = counts[strength.key].shown if isinstance(counts, dict) else _shown(counts)
            lines.append([cut.label, strength.name, shown])
    return lines
