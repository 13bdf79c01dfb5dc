from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy

from assessments.enums import WavePoint
from assessments.forms.waves import WaveForm, usual_values
from assessments.queries.wave_plans import usual_last_days
from programme.lib.govuk_forms import DateParts, TimeText

DAYS = {WavePoint.BASELINE: "baseline_on", WavePoint.MIDPOINT: "midpoint_on", WavePoint.END: "end_on"}
ORDER_WORDS = {
    "midpoint_on": gettext_lazy("The midpoint must be later than the baseline"),
    "end_on": gettext_lazy("The end must be later than the midpoint"),
}


class WavePlanForm(WaveForm):
    """One questionnaire for the same teams at three points, each with its own last day."""

    point = None
    closes_on = None
    title = forms.CharField(
        label=gettext_lazy("Title"),
        help_text=gettext_lazy(
            "What people read in their mail, for example “How we work together”. We add “baseline”, “midpoint” and “end”."
        ),
        max_length=180,
        error_messages={"required": gettext_lazy("Enter a title")},
    )
    baseline_on = DateParts(
        label=gettext_lazy("Baseline: open until"), help_text=gettext_lazy("Where people stand when they begin.")
    )
    midpoint_on = DateParts(
        label=gettext_lazy("Midpoint: open until"),
        help_text=gettext_lazy("Early enough to change something with what it shows."),
    )
    end_on = DateParts(
        label=gettext_lazy("End: open until"),
        help_text=gettext_lazy("Early enough to talk about it while the programme still meets."),
    )
    closes_time = TimeText(
        label=gettext_lazy("Time of day when each of them ends"), help_text=gettext_lazy("For example, 5pm.")
    )

    def clean(self):
        cleaned = super().clean()
        before = None
        for name in DAYS.values():
            day = cleaned.get(name)
            if day and before and day <= before:
                self.add_error(name, ORDER_WORDS[name])
            elif day and cleaned.get("closes_time") and self._moment(day) <= self.at:
                self.add_error(name, gettext_lazy("The date must be in the future"))
            before = day or before
        return cleaned

    def values(self):
        """What the service takes: the three days, with the time, are `closes`."""
        shared = super().values()
        closes = {point: self._moment(shared.pop(name)) for point, name in DAYS.items()}
        return {**shared, "closes": closes}

    def _moment(self, day: date) -> datetime:
        return datetime.combine(day, self.cleaned_data["closes_time"], tzinfo=self.zone)


def usual_plan(programme, *, at: datetime) -> dict:
    """What a plan starts with: days from the dates of the programme."""
    today = at.astimezone(ZoneInfo(programme.time_zone)).date()
    days = usual_last_days(starts_on=programme.starts_on, ends_on=programme.ends_on, today=today)
    return {**usual_values(programme, today=today), **{DAYS[point]: day for point, day in days.items()}}
