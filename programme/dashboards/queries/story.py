"""The executive's first words: what has happened, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
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
class NextStep:
    """What comes next, and where it is done; no address where nothing can be done about it."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class Now:
    """What the words are made of. `waves` by closing time; `names` tell them apart; `coming` is soonest first."""

    programme: Programme
    today: date
    waves: Sequence[Wave]
    names: dict[UUID, str]
    dimensions: Dimensions | None
    decisions: Sequence[Decision]
    coming: Sequence[SessionRow]
    # One's own place in an open questionnaire that still waits for an answer.
    own: Wave | None

    @property
    def has_ended(self) -> bool:
        return self.today > self.programme.ends_on

    def url(self, name: str, **kwargs: UUID) -> str:
        return reverse(name, kwargs={"programme_id": self.programme.pk, **kwargs})

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


def next_step(now: Now) -> NextStep | None:
    """The one thing that comes next, most wanted first."""
    if now.decisions:
        return _decide(now, now.decisions[0])
    if now.own:
        words = _("Next: answer “%(title)s”, open until %(day)s.")
        words %= {"title": now.names[now.own.pk], "day": now.day(now.own.closes_at)}
        return NextStep(words, now.url("dashboards:mine"))
    if now.coming:
        session = now.coming[0].session
        words = _("Next: “%(title)s” on %(day)s.") % {"title": session.title, "day": now.day(session.date)}
        return NextStep(words, now.coming[0].url)
    opened = in_state(now.waves, WaveState.OPEN)
    if opened:
        words = _("Next: “%(title)s” closes on %(day)s.")
        words %= {"title": now.names[opened[0].pk], "day": now.day(opened[0].closes_at)}
        return NextStep(words, now.url("assessments:wave_detail", wave_id=opened[0].pk))
    if in_state(now.waves, WaveState.CLOSED):
        return NextStep(_("Next: the facilitators release the results."))
    return None if now.has_ended else NextStep(_("Nothing is asked of you at the moment."))


def _decide(now: Now, decision: Decision) -> NextStep:
    words = _("Next: decide on “%(title)s” by %(day)s.")
    if decision.due_on < now.today:
        words = _("Next: decide on “%(title)s”, which was due on %(day)s.")
    words %= {"title": decision.title, "day": now.day(decision.due_on)}
    return NextStep(words, now.url("sessions:decision_detail", decision_id=decision.pk))


def what_lasted(now: Now, commitments: CommitmentCounts) -> str:
    """For a programme that is over: what stands higher than at the beginning, and what was kept."""
    parts = []
    moves = now.dimensions.moves if now.dimensions else None
    if moves and moves.compared:
        parts.append(
            _("%(risen)s of %(compared)s %(what)s higher than at the beginning")
            % {"risen": len(moves.up), "compared": moves.compared, "what": moves.what}
        )
    if commitments.total:
        kept = _("%(done)s of %(total)s commitments kept")
        parts.append(kept % {"done": commitments.done, "total": commitments.total})
    if not parts:
        return ""
    return _("What lasted: %(parts)s.") % {"parts": ", ".join(parts)}


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
