"""What the words of a report mean, and how far its numbers can be trusted."""

from django.utils.translation import gettext as _

from assessments.results import WaveResults
from programme.reports.blocks import Meaning, Words
from programme.reports.sections.dimensions import CLEAR, has_limits
from programme.reports.sections.words import spread_words, withheld_word


def meanings(results: WaveResults) -> Words:
    items = [Meaning(m.name, m.explanation) for m in results.measures if m.explanation]
    items += _bands(results)
    words = list(spread_words().values())
    items.append(
        Meaning(
            " / ".join(words),
            _("How far the answers of a group lie from each other on average. Told from ten answers."),
        )
    )
    items.append(Meaning(_("Up, down, about the same"), _change_meaning(results)))
    if has_limits(results):
        items.append(
            Meaning(
                _("“or more”, “or less”"),
                _(
                    "In a small group a mean at the end of the scale would tell what each person chose, so only a limit is given."
                ),
            )
        )
    items.append(
        Meaning(
            withheld_word(),
            _(
                "Not shown, because fewer than %(least)s people answered, or because together with the other numbers it "
                "would tell about so few. Which of the two is not said."
            )
            % {"least": results.threshold},
        )
    )
    items.append(Meaning(_("Not yet validated") if not results.validated else _("Validated"), _validity(results)))
    return Words(_("What the words mean"), items)


def _bands(results: WaveResults) -> list[Meaning]:
    bands = results.measures[0].bands if results.measures else ()
    if not bands:
        return []
    starts = [f"{band.starts_at:g}" for band in bands[1:]]
    told = _("The next band begins at %(starts)s. %(source)s")
    names = " / ".join(band.name for band in bands)
    return [Meaning(names, (told % {"starts": " / ".join(starts), "source": results.bands_source}).strip())]


def _change_meaning(results: WaveResults) -> str:
    measure = results.measures[0]
    length = measure.maximum - measure.minimum
    words = _(
        "A difference under %(little)s points is “about the same”, one of %(clear)s points or more is “clearly” up or down."
    )
    return words % {"little": f"{length / 20:g}", "clear": f"{length * CLEAR:g}"}


def _validity(results: WaveResults) -> str:
    version = {"name": results.instrument_name, "version": results.instrument_version, "credit": results.attribution}
    if results.validated:
        return (_("%(name)s, version %(version)s. %(credit)s") % version).strip()
    words = _(
        "%(name)s, version %(version)s, has not been tested on enough teams to say how exact its numbers are. Use them to "
        "start a conversation, not to judge anybody. %(credit)s"
    )
    return (words % version).strip()
