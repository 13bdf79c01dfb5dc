"""Words that every report uses in the same way."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.enums import WavePoint
from assessments.results import WaveResults
from programme.lib.charts import Change, Spread
from programme.models.programmes import Programme
from programme.reports.blocks import WITHHELD
from programme.templatetags.formatting import full_date, month_year


def change_words() -> dict[str, str]:
    return {
        Change.CLEARLY_UP.value: _("Clearly up"),
        Change.UP.value: _("Up a little"),
        Change.SAME.value: _("About the same"),
        Change.DOWN.value: _("Down a little"),
        Change.CLEARLY_DOWN.value: _("Clearly down"),
        "none": _("Not compared"),
        WITHHELD: withheld_word(),
        **spread_words(),
    }


def spread_words() -> dict[str, str]:
    return {
        Spread.CLOSE.value: _("Close together"),
        Spread.MIXED.value: _("Some difference"),
        Spread.SPLIT.value: _("Far apart"),
    }


def withheld_word() -> str:
    return _("Withheld")


def listed(items: Sequence[str]) -> str:
    """a, b and c"""
    if len(items) < 2:
        return "".join(items)
    return _("%(list)s and %(last)s") % {"list": ", ".join(items[:-1]), "last": items[-1]}


def wave_names(results: Sequence[WaveResults]) -> list[str]:
    """Baseline, Midpoint, End; or the waves' own titles where those would not tell them apart."""
    points = [wave.point for wave in results]
    if WavePoint.OTHER in points or len(set(points)) < len(points):
        return [wave.title for wave in results]
    return [str(WavePoint(point).label) for point in points]


def local_day(moment: datetime, programme: Programme) -> date:
    return moment.astimezone(ZoneInfo(programme.time_zone)).date()


def day_words(moment: datetime, programme: Programme) -> str:
    """17 May 2022, as it was where the programme is."""
    return str(full_date(local_day(moment, programme)))


def programme_span(programme: Programme) -> str:
    """Partnership Working Programme, November 2020 to July 2022"""
    words = _("%(name)s, %(start)s to %(end)s")
    return words % {
        "name": programme.name,
        "start": month_year(programme.starts_on),
        "end": month_year(programme.ends_on),
    }


def notice(programme: Programme) -> str:
    return _("Demonstration: the answers in this report are generated.") if programme.is_demonstration else ""


def people(count: int) -> str:
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": count}


def share(part: int, whole: int) -> str:
    """18 of 21 (86%)"""
    if not whole:
        return "–"
    words = _("%(part)s of %(whole)s (%(percent)s%%)")
    return words % {"part": part, "whole": whole, "percent": int(100 * part / whole + 0.5)}
