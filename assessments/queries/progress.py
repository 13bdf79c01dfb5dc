"""Who has answered, never what. Facilitators see names, executives see counts of groups large enough, nobody else any.

An executive's counts go through the same audit as results: a group is left out when fewer than five people are asked
in it, or when its count could be had by taking shown counts from each other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from assessments.disclosure import audit
from assessments.models.invitations import WaveInvitation
from assessments.models.waves import Wave
from programme.enums import DeliveryPurpose, DeliveryState
from programme.lib.charts import WITHHELD, ShareRow
from programme.models.deliveries import Delivery
from programme.models.programmes import Partner

SMALLEST_COUNTED_GROUP = 5
UNDELIVERED = frozenset({DeliveryState.FAILED, DeliveryState.UNCONFIRMED})


@dataclass(frozen=True)
class GroupProgress:
    """A group's counts of people. `started` have begun but not finished; `mark` is an organisation's position."""

    label: str
    invited: int
    started: int
    finished: int
    mark: int | None = None
    shown: bool = True


@dataclass(frozen=True)
class WaveProgress:
    """The counts of one wave. `goal` is in percent of those invited."""

    whole: GroupProgress
    organisations: list[GroupProgress]
    teams: list[GroupProgress]
    goal: int

    @property
    def goal_people(self) -> int:
        return ceil(self.whole.invited * self.goal / 100)

    @property
    def missing_to_goal(self) -> int:
        return max(0, self.goal_people - self.whole.finished)

    @property
    def unfinished(self) -> int:
        return self.whole.invited - self.whole.finished

    def share_rows(self) -> list[ShareRow]:
        """The groups as bars with the goal as a tick, organisations first; a group not shown has no number."""
        return [
            ShareRow(
                label=group.label,
                full=group.finished if group.shown else WITHHELD,
                total=group.invited if group.shown else 0,
                part=group.started if group.shown else 0,
                target=self.goal / 100,
                mark=group.mark if group.mark is not None else "square",
            )
            for group in [*self.organisations, *self.teams]
        ]


@dataclass(frozen=True)
class PersonProgress:
    """One person's place in a wave as facilitators see it."""

    invitation: WaveInvitation
    state: str
    words: str
    mail: Delivery | None

    @property
    def mail_words(self) -> str:
        if self.mail is None:
            return ""
        short = {DeliveryState.SENT: _("Handed over"), DeliveryState.PENDING: _("Waiting")}
        return short.get(self.mail.state) or self.mail.get_state_display()

    @property
    def mail_failed(self) -> bool:
        return self.mail is not None and self.mail.state in UNDELIVERED


@dataclass(frozen=True)
class _Cell:
    """The people of one organisation in one team. The counts of all groups are sums over cells."""

    organisation: tuple[int, str, UUID] | None  # position, name, key: sorts in the programme's order
    team: tuple[int, str, UUID] | None
    invited: int
    finished: int
    started: int


def wave_progress(wave: Wave) -> WaveProgress:
    """All counts, for facilitators."""
    return _progress(wave, _cells(wave))


def participation(wave: Wave) -> WaveProgress:
    """The counts executives may see: how many have finished, not how many have begun."""
    cells = _cells(wave)
    shown = _groups_shown(cells)
    return _progress(wave, cells, shown=shown)


def invitations_by_name(wave: Wave) -> QuerySet[WaveInvitation]:
    """Everybody invited: first those still to answer, then the others; by name, so that no order of answering shows."""
    has_ended = Q(submitted_at__isnull=False) | Q(withdrawn_at__isnull=False)
    people = wave.invitations.select_related("member__user", "organisation", "team").annotate(has_ended=has_ended)
    return people.order_by("has_ended", "member__name", "pk")


def people_progress(invitations: Iterable[WaveInvitation]) -> list[PersonProgress]:
    """Those invited, each with the state of the latest invitation mail. For facilitators only."""
    invitations = list(invitations)
    mails = Delivery.objects.filter(
        purpose=DeliveryPurpose.WAVE_INVITATION, subject_id__in=[invitation.pk for invitation in invitations]
    )
    latest = {mail.subject_id: mail for mail in mails.order_by("created_at")}
    return [_person(invitation, latest.get(invitation.pk)) for invitation in invitations]


def undelivered(wave: Wave) -> list[WaveInvitation]:
    """Those still to answer whose latest invitation mail did not reach their mail server."""
    failed = Delivery.objects.filter(
        programme=wave.programme_id, purpose=DeliveryPurpose.WAVE_INVITATION, state__in=UNDELIVERED
    )
    waiting = invitations_by_name(wave).filter(submitted_at=None, withdrawn_at=None)
    suspects = list(waiting.filter(pk__in=list(failed.values_list("subject_id", flat=True))))
    return [person.invitation for person in people_progress(suspects) if person.mail_failed] if suspects else []


def _person(invitation: WaveInvitation, mail: Delivery | None) -> PersonProgress:
    if invitation.withdrawn_at:
        return PersonProgress(invitation, "plain", _("Taken off the list"), mail)
    if invitation.submitted_at:
        return PersonProgress(invitation, "done", _("Finished"), mail)
    if invitation.started_at:
        return PersonProgress(invitation, "plain", _("Started"), mail)
    return PersonProgress(invitation, "plain", _("Not started"), mail)


def _cells(wave: Wave) -> list[_Cell]:
    """All cells of a wave, from one grouped read; those taken off the list count nowhere."""
    positions = dict(Partner.objects.filter(programme=wave.programme_id).values_list("organisation", "position"))
    rows = (
        wave.invitations.filter(withdrawn_at=None)
        .values_list("organisation", "organisation__short_name", "team", "team__name", "team__position")
        .annotate(
            invited=Count("pk"),
            finished=Count("pk", filter=Q(submitted_at__isnull=False)),
            started=Count("pk", filter=Q(started_at__isnull=False, submitted_at=None)),
        )
        .order_by()
    )
    return [
        _Cell(
            (positions.get(organisation, len(positions)), name, organisation) if organisation else None,
            (position, team_name, team) if team else None,
            *counts,
        )
        for organisation, name, team, team_name, position, *counts in rows
    ]


def _progress(wave: Wave, cells: list[_Cell], shown: frozenset | None = None) -> WaveProgress:
    """Adds the cells up into groups; with `shown` given, the others lose their numbers and nobody's start is told."""

    def group(key: tuple | None, label: str, members: list[_Cell], mark: int | None = None) -> GroupProgress:
        if shown is not None and key not in shown:
            return GroupProgress(label, 0, 0, 0, mark, shown=False)
        return GroupProgress(
            label,
            invited=sum(cell.invited for cell in members),
            started=sum(cell.started for cell in members) if shown is None else 0,
            finished=sum(cell.finished for cell in members),
            mark=mark,
        )

    organisations = sorted({cell.organisation for cell in cells if cell.organisation})
    teams = sorted({cell.team for cell in cells if cell.team})
    return WaveProgress(
        whole=group(None, _("Everybody"), cells),
        organisations=[
            group(key, key[1], [cell for cell in cells if cell.organisation == key], key[0]) for key in organisations
        ],
        teams=[group(key, key[1], [cell for cell in cells if cell.team == key]) for key in teams],
        goal=wave.goal,
    )


def _groups_shown(cells: list[_Cell]) -> frozenset:
    """The groups whose counts may stand side by side (see the top of this file); None stands for everybody."""
    # Beyond the threshold a cell protects its people however large it is, so it needs no more units.
    units = {cell: {(cell, number) for number in range(min(cell.invited, SMALLEST_COUNTED_GROUP))} for cell in cells}
    cuts: dict = {None: set().union(*units.values())}
    for key in sorted({cell.organisation for cell in cells if cell.organisation}):
        cuts[key] = set().union(*(units[cell] for cell in cells if cell.organisation == key))
    for key in sorted({cell.team for cell in cells if cell.team}):
        cuts[key] = set().union(*(units[cell] for cell in cells if cell.team == key))
    return frozenset(key for key, verdict in audit(cuts, SMALLEST_COUNTED_GROUP).items() if verdict.released)
