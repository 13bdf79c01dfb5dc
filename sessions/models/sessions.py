from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programme.models.base import UuidModel
from programme.models.programmes import Programme
from programme.models.teams import Team
from sessions.enums import ATTENDED, Reply, SessionKind, SessionMode, SessionState


class SessionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Facilitators see every session of their programme, everybody those they have been invited to or marked in.

        Until the invitations are sent, a session is a plan of the facilitators. Executives see all but one-to-one
        talks, whose titles may say more about a person than they should know.
        """
        mine = user.memberships.current()
        invited = mine.filter(
            models.Q(session_invitations__invited_at__isnull=False) | models.Q(session_invitations__attendance__gt=""),
            session_invitations__isnull=False,
            session_invitations__removed_at=None,
        )
        return self.filter(
            models.Q(programme__in=mine.filter(is_facilitator=True).values("programme"))
            | models.Q(programme__in=mine.filter(is_executive=True).values("programme"))
            & ~models.Q(kind=SessionKind.ONE_TO_ONE)
            | models.Q(pk__in=invited.values("session_invitations__session"))
        )

    def planned(self):
        return self.filter(state=SessionState.PLANNED)

    def with_counts(self):
        """Adds how many are invited, coming and still to reply, and how many the register marks and finds there."""
        current = models.Q(invitations__removed_at=None)

        def count(condition):
            return models.Count("invitations", filter=current & condition)

        return self.annotate(
            invited=count(models.Q()),
            coming=count(models.Q(invitations__reply=Reply.COMING)),
            not_replied=count(models.Q(invitations__reply=Reply.NONE)),
            marked=count(~models.Q(invitations__attendance="")),
            there=count(models.Q(invitations__attendance__in=ATTENDED)),
        )


class Session(UuidModel):
    """A workshop, one-to-one talk, action-learning set or review meeting: virtual, in the room, or hybrid.

    Times are wall time plus zone, so that 10am stays 10am when the clocks change.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="sessions")
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=SessionKind, default=SessionKind.WORKSHOP)
    mode = models.CharField(_("how people meet"), max_length=20, choices=SessionMode, default=SessionMode.ROOM)
    date = models.DateField(_("date"))
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/London")
    place = models.CharField(_("place"), max_length=300, blank=True)
    link = models.URLField(_("video link"), max_length=500, blank=True)
    purpose = models.TextField(_("what it is for"), blank=True)
    agenda = models.TextField(_("agenda"), blank=True)
    notes = models.TextField(_("notes"), blank=True)
    teams = models.ManyToManyField(Team, related_name="sessions", blank=True)
    state = models.CharField(max_length=20, choices=SessionState, default=SessionState.PLANNED)
    # Grows with every change people must hear of (RFC 5545 SEQUENCE).
    sequence = models.PositiveIntegerField(default=0)
    invited_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["date", "starts"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")),
                name="session_ends_after_start",
                violation_error_message=_("The session must end after it starts."),
            )
        ]

    def __str__(self):
        return self.title

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.date, self.starts, ZoneInfo(self.time_zone))

    @property
    def ends_at(self) -> datetime:
        return datetime.combine(self.date, self.ends, ZoneInfo(self.time_zone))

    @property
    def is_cancelled(self) -> bool:
        return self.state == SessionState.CANCELLED

    @property
    def where(self) -> str:
        """Where people meet, in words."""
        if self.mode == SessionMode.VIRTUAL:
            return gettext("Video call")
        place = self.place or gettext("Place not set")
        return gettext("%(place)s, or by video") % {"place": place} if self.mode == SessionMode.HYBRID else place

    @property
    def zone_words(self) -> str:
        """The clock the times are meant on."""
        return gettext("UK time") if self.time_zone == "Europe/London" else self.time_zone.replace("_", " ")
