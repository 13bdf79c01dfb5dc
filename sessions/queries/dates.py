from datetime import date, datetime
from zoneinfo import ZoneInfo

from programme.models.programmes import Programme


def programme_today(programme: Programme, *, at: datetime) -> date:
    """The day it is at this moment on the programme's own clock."""
    return at.astimezone(ZoneInfo(programme.time_zone)).date()
