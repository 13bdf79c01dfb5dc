"""How dates, times, counts, scores and lists are written: the British way, in plain words."""

import datetime
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from numbers import Real
from zoneinfo import ZoneInfo

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateformat import format as date_words
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programme.lib.govuk_forms import clock_words

register = template.Library()


def _local(value, zone=None):
    """A moment on somebody's clock: in the given zone, else in the current one. Plain dates stay as they are."""
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        return timezone.localtime(value, ZoneInfo(zone) if isinstance(zone, str) and zone else zone or None)
    return value


@register.filter
def long_date(value, zone=None):
    """Tuesday 17 May 2022"""
    return date_words(_local(value, zone), "l j F Y") if value else ""


@register.filter
def full_date(value, zone=None):
    """17 May 2022"""
    return date_words(_local(value, zone), "j F Y") if value else ""


@register.filter
def short_date(value, zone=None):
    """17 May"""
    return date_words(_local(value, zone), "j F") if value else ""


@register.filter
def weekday(value, zone=None):
    """Tuesday"""
    return date_words(_local(value, zone), "l") if value else ""


@register.filter
def month_year(value, zone=None):
    """May 2022"""
    return date_words(_local(value, zone), "F Y") if value else ""


@register.filter
def clock(value, zone=None):
    """9.30am, 2pm, midday"""
    if not value:
        return "" if value is None else clock_words(value) if isinstance(value, datetime.time) else ""
    value = _local(value, zone)
    return clock_words(value if isinstance(value, datetime.time) else value.time())


@register.filter
def moment(value, zone=None):
    """Tuesday 17 May 2022, 9.30am"""
    return f"{long_date(value, zone)}, {clock(value, zone)}" if value else ""


@register.simple_tag
def time_range(start, end, zone=None):
    """10am to 12.30pm; across midnight the day is named as well."""
    start, end = _local(start, zone), _local(end, zone)
    if start is None or end is None:
        return clock(start)
    if isinstance(start, datetime.datetime) and isinstance(end, datetime.datetime) and start.date() != end.date():
        return _("%(start)s to %(end)s") % {"start": moment(start), "end": moment(end)}
    return _("%(start)s to %(end)s") % {"start": clock(start), "end": clock(end)}


@register.simple_tag
def date_range(start, end):
    """17 to 19 May 2022, 30 May to 2 June 2022, November 2020 style stays with month_year."""
    if not end or start == end:
        return full_date(start)
    if (start.year, start.month) == (end.year, end.month):
        first = str(start.day)
    else:
        first = short_date(start) if start.year == end.year else full_date(start)
    return _("%(start)s to %(end)s") % {"start": first, "end": full_date(end)}


@register.filter
def people(count):
    """1 person, 2 people"""
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": grouped(count)}


@register.filter
def counted(count, words):
    """{{ 3|counted:"answer,answers" }} gives "3 answers". Pass translated words."""
    one, many = words.split(",")
    return f"{grouped(count)} {(one if count == 1 else many).strip()}"


@register.filter
def grouped(count):
    """12,400"""
    return f"{count:,}"


def _rounded(number, step):
    return Decimal(str(number)).quantize(Decimal(step), ROUND_HALF_UP)


@register.filter
def score(value):
    """One decimal, halves upwards. What is no number is withheld and looks like it; nothing measured is a dash."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    if not isinstance(value, Real):
        return mark_safe(render_to_string("components/withheld.html"))  # noqa: S308 - our own fixed template
    return str(_rounded(float(value), "0.1"))


@register.filter
def percent(share):
    """0.756 gives 76%"""
    return "–" if share is None else f"{_rounded(float(share) * 100, '1')}%"


@register.simple_tag
def percent_of(part, whole):
    """The share of part in whole in whole per cent; a dash when there is no whole."""
    return percent(part / whole if whole else None)


@register.filter
def joined(items: Iterable):
    """a, b and c"""
    words = [conditional_escape(item) for item in items]
    if len(words) < 2:
        return words[0] if words else ""
    joined_words = _("%(list)s and %(last)s") % {"list": ", ".join(words[:-1]), "last": words[-1]}
    return mark_safe(joined_words)  # noqa: S308 - every part is escaped above
