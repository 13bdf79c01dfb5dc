"""Who has answered the questionnaire that is open: counts, never what was answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assessments.models.waves import Wave
from assessments.queries.progress import WaveProgress, wave_progress
from assessments.queries.reminders import local_date, next_reminder, people_to_remind
from assessments.queries.waves import people_not_asked


@dataclass(frozen=True)
class Tracker:
    wave: Wave
    name: str
    progress: WaveProgress
    days_left: int
    reminder: datetime | None
    # How many people that reminder would go to as things stand.
    remindable: int
    # How many people joined one of its teams since it was opened, or were taken off the list.
    late: int


def first_to_close(waves: Sequence[Wave], *, at: datetime) -> Wave | None:
    return min((wave for wave in waves if wave.is_answerable(at=at)), key=lambda wave: wave.closes_at, default=None)


def tracker(wave: Wave, *, name: str, at: datetime) -> Tracker:
    reminder = next_reminder(wave, at=at)
    return Tracker(
        wave=wave,
        name=name,
        progress=wave_progress(wave),
        days_left=max(0, (local_date(wave, wave.closes_at) - local_date(wave, at)).days),
        reminder=reminder,
        remindable=people_to_remind(wave, day=local_date(wave, reminder)).count() if reminder else 0,
        late=people_not_asked(wave).count(),
    )
