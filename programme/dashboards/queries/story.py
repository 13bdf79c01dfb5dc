"""The executive's first words: what has happened, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.enums import WaveState
from assessments.models.waves import Wave
from programme.dashboards.queries.dimensions import Dimensions
from programme.dashboards.queries.participation import is_countable
from programme.dashboards.queries.waves import in_state
from programme.models.programmes import Programme
from programme.templatetags.formatting import full_date, short_date
from sessions.models.decisions import Decision
from sessions.queries.commitments import CommitmentCounts
from sessions.queries.upcoming import SessionRow


@dataclass(frozen=True)
class Now:
    """What the words are made of. `waves` by closing time; `names` tell them apart; `coming` is soonest first."""

    programme: Programme
    today: date
    waves: Sequence[Wave]
    names: dict
    dimensions: Dimensions | None
    decisions: Sequence[Decision]
    coming: Sequence[SessionRow]
    # One's own place in an open questionnaire that still waits for an answer.
    own: Wave | None

    @property
    def has_ended(self) -> bool:
        return self.today > self.programme.ends_on

    def day(self, day: date | datetime) -> str:
        """With the year only where it is not this one."""
        words = short_date if day.year == self.today.year else full_date
        return words(day, self.programme.time_zone)


def headline(now: Now) -> str:
    """What the released results say; before there are any, where the programme stands."""
    if now.dimensions:
        return now.dimensions.headline
    if now.has_ended:
        return _("The programme is over. No results were released.")
    if now.today < now.programme.starts_on:
        return _("The programme starts on %(day)s.") % {"day": full_date(now.programme.starts_on)}
    opened = in_state(now.waves, WaveState.OPEN)
    if opened and is_countable(opened[-1]):
        words = _("People are answering: %(finished)s of %(invited)s have finished.")
        return words % {"finished": opened[-1].finished, "invited": opened[-1].invited}
    if opened:
        return _("People are answering the first questionnaire.")
    if in_state(now.waves, WaveState.CLOSED):
        return _("The first answers are in. The facilitators are checking the results.")
    return _("The programme is under way. The first questionnaire is still to come.")


def next_step(now: Now) -> str:
    """The one thing that comes next, most wanted first; empty when nothing does."""
    if now.decisions:
        first = now.decisions[0]
        words = _("Next: decide on “%(title)s”, asked for by %(day)s.")
        if first.due_on < now.today:
            words = _("Next: decide on “%(title)s”, which was due on %(day)s.")
        return words % {"title": first.title, "day": now.day(first.due_on)}
    if now.own:
        words = _("Next: answer “%(title)s”, open until %(day)s.")
        return words % {"title": now.names[now.own.pk], "day": now.day(now.own.closes_at)}
    if now.coming:
        session = now.coming[0].session
        return _("Next: “%(title)s” on %(day)s.") % {"title": session.title, "day": now.day(session.date)}
    opened = in_state(now.waves, WaveState.OPEN)
    if opened:
        words = _("Next: “%(title)s” closes on %(day)s.")
        return words % {"title": now.names[opened[0].pk], "day": now.day(opened[0].closes_at)}
    if in_state(now.waves, WaveState.CLOSED):
        return _("Next: the facilitators release the results.")
    return "" if now.has_ended else _("Nothing is asked of you at the moment.")


def what_lasted(now: Now, commitments: CommitmentCounts) -> str:
    """For a programme that is over: what stands higher than at the beginning, and what was kept."""
    parts = []
    found = now.dimensions
    if found and found.compared:
        parts.append(
            _("%(risen)s of %(compared)s dimensions ended higher than they began")
            % {"risen": found.risen, "compared": found.compared}
        )
    if commitments.total:
        kept = ngettext(
            "%(done)s of %(total)s commitment was kept",
            "%(done)s of %(total)s commitments were kept",
            commitments.total,
        )
        parts.append(kept % {"done": commitments.done, "total": commitments.total})
    if not parts:
        return ""
    return _("What lasted: %(parts)s.") % {"parts": _(", and ").join(parts)}


def timeline_title(now: Now) -> str:
    """Where today stands on the line."""
    programme, today = now.programme, now.today
    if now.has_ended:
        return _("Ended on %(day)s") % {"day": full_date(programme.ends_on)}
    if today < programme.starts_on:
        return _("Starts on %(day)s") % {"day": full_date(programme.starts_on)}
    if now.coming and now.coming[0].session.date <= programme.ends_on:
        session = now.coming[0].session
        return _("%(time)s to “%(title)s”") % {"time": _away((session.date - today).days), "title": session.title}
    return _("%(time)s to the last day") % {"time": _away((programme.ends_on - today).days)}


def _away(days: int) -> str:
    if days <= 0:
        return _("No more days")
    if days < 14:
        return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    weeks = round(days / 7)
    return ngettext("%(count)s week", "%(count)s weeks", weeks) % {"count": weeks}
