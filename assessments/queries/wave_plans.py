"""When the three questionnaires of a programme would usually end."""

from datetime import date, timedelta

from assessments.enums import WavePoint

WEEKS_TO_ANSWER = timedelta(weeks=3)
# What the end shows must be talked about while the programme still meets.
WEEKS_TO_TALK = timedelta(weeks=3)
SHORTEST_SPAN = timedelta(weeks=8)
FRIDAY = 4


def usual_last_days(*, starts_on: date, ends_on: date, today: date) -> dict[WavePoint, date]:
    """The last day of each questionnaire: three weeks in, halfway, and three weeks before the programme ends.

    In a programme that is under way the first is three weeks from today. None falls on a weekend.
    """
    first = max(starts_on, today) + WEEKS_TO_ANSWER
    last = max(ends_on - WEEKS_TO_TALK, first + SHORTEST_SPAN)
    days = {WavePoint.BASELINE: first, WavePoint.MIDPOINT: first + (last - first) / 2, WavePoint.END: last}
    return {point: _before_the_weekend(day) for point, day in days.items()}


def _before_the_weekend(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - FRIDAY))
