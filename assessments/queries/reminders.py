"""When those who have not finished are reminded, and who they are.

A reminder's key is the programme's local date it belongs to, so that two ticks, a tick that comes late, a clock change
and a reminder by hand on the same day can never make two mails of one day.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet

from assessments.models.invitations import WaveInvitation
from assessments.models.waves import Wave
from programme.enums import DeliveryPurpose
from programme.models.deliveries import Delivery

AT_LOCAL_TIME = time(9)


def reminder_moments(wave: Wave) -> list[datetime]:
    """The wave's planned reminders, earliest first: 9 in the morning, so many days before the day of closing."""
    zone = ZoneInfo(wave.programme.time_zone)
    last_day = wave.closes_at.astimezone(zone).date()
    days = sorted(set(wave.reminder_days), reverse=True)
    moments = [datetime.combine(last_day - timedelta(days=day), AT_LOCAL_TIME, tzinfo=zone) for day in days]
    return [moment for moment in moments if moment < wave.closes_at]


def next_reminder(wave: Wave, *, at: datetime) -> datetime | None:
    return next((moment for moment in reminder_moments(wave) if moment > at), None)


def latest_reminder(wave: Wave, *, at: datetime) -> datetime | None:
    """The planned reminder that is due: of several missed ones only the last, and none from before opening."""
    passed = [moment for moment in reminder_moments(wave) if (wave.opened_at or at) < moment <= at]
    return passed[-1] if passed else None


def local_date(wave: Wave, moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(wave.programme.time_zone)).date()


def occurrence(day: date) -> str:
    return f"reminder-{day.isoformat()}"


def unfinished(wave: Wave) -> QuerySet[WaveInvitation]:
    """Those still asked to answer, whether or not they want reminders."""
    return wave.invitations.filter(submitted_at=None, withdrawn_at=None, member__left_on=None)


def people_to_remind(wave: Wave, *, day: date) -> QuerySet[WaveInvitation]:
    """Whom a reminder of this day still has to go to.

    Not those who finished, were taken off the list, left or want no reminders, nor those who have had one of this day
    or a later one: a date that moves must not bring an old reminder back.
    """
    had_one = Delivery.objects.filter(
        recipient=OuterRef("member__user"),  # the index of deliveries begins with it
        purpose=DeliveryPurpose.WAVE_REMINDER,
        subject_id=OuterRef("pk"),
        occurrence__gte=occurrence(day),
    )
    willing = unfinished(wave).filter(~Exists(had_one), member__wants_no_reminders=False)
    return willing.select_related("member__user")
