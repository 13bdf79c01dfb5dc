from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.enums import WavePoint
from assessments.models.instruments import InstrumentVersion
from assessments.queries.answering import minutes_needed
from programme.lib.govuk_forms import DateParts, TimeText
from programme.models.members import Member
from programme.models.teams import Team

REMINDER_DAYS = [14, 7, 3, 1]
USUAL_WEEKS = 3
HIGHEST_THRESHOLD = 20


class InstrumentChoice(forms.ModelChoiceField):
    def label_from_instance(self, version):
        definition = version.definition
        minutes = minutes_needed(definition)
        length = ngettext("about %(minutes)s minute", "about %(minutes)s minutes", minutes) % {"minutes": minutes}
        words = _("%(instrument)s: %(questions)s questions, %(length)s")
        known = {"instrument": version, "questions": len(definition.items), "length": length}
        return words % known if definition.validated else f"{words % known}. {_('Not yet validated.')}"


class TeamChoices(forms.ModelMultipleChoiceField):
    def label_from_instance(self, team):
        words = ngettext("%(team)s (%(people)s person)", "%(team)s (%(people)s people)", team.people)
        return words % {"team": team.name, "people": team.people}


class WaveForm(forms.Form):
    """A draft: new, or changed. `at` is now: the end must lie after it."""

    instrument_version = InstrumentChoice(
        label=gettext_lazy("Questionnaire"),
        queryset=InstrumentVersion.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a questionnaire")},
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("What people read in their mail, for example “How we work together: midpoint”."),
        max_length=200,
        error_messages={"required": gettext_lazy("Enter a title")},
    )
    point = forms.ChoiceField(
        label=gettext_lazy("Point in the programme"),
        help_text=gettext_lazy("Decides what the results are compared with later."),
        choices=WavePoint,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a point in the programme")},
    )
    teams = TeamChoices(
        label=gettext_lazy("Who is asked"),
        queryset=Team.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one team")},
    )
    purpose = forms.CharField(
        label=gettext_lazy("Why people are asked"),
        help_text=gettext_lazy("One or two sentences. They stand in the mail and on the first page."),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": gettext_lazy("Say why people are asked")},
    )
    closes_on = DateParts(label=gettext_lazy("Open until: date"), help_text=gettext_lazy("For example, 27 5 2026."))
    closes_time = TimeText(label=gettext_lazy("Open until: time"), help_text=gettext_lazy("For example, 5pm."))
    reminder_days = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Remind those who have not finished"),
        help_text=gettext_lazy("At 9 in the morning. Who has finished gets no reminder."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    goal = forms.IntegerField(
        label=gettext_lazy("Goal: how many of 100 should finish?"),
        help_text=gettext_lazy("The mark you see while the answers come in."),
        min_value=1,
        max_value=100,
        widget=forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-3"}),
    )
    threshold = forms.IntegerField(
        label=gettext_lazy("Smallest group shown"),
        max_value=HIGHEST_THRESHOLD,
        widget=forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-3"}),
    )

    def __init__(self, *args, programme, at, **options):
        super().__init__(*args, **options)
        self.at = at
        self.zone = ZoneInfo(programme.time_zone)
        self.lowest_threshold = programme.threshold
        self.fields["instrument_version"].queryset = InstrumentVersion.objects.answerable()
        self.fields["teams"].queryset = _teams_with_people(programme)
        self.fields["reminder_days"].choices = [(days, _days_words(days)) for days in self._days()]
        self.fields["threshold"].help_text = _(
            "Results of a group are shown only when at least this many people answered. Not below %(lowest)s, and "
            "after opening it stays as it is."
        ) % {"lowest": programme.threshold}

    def clean_threshold(self):
        threshold = self.cleaned_data["threshold"]
        if threshold < self.lowest_threshold:
            raise ValidationError(
                _("The smallest group shown must be %(lowest)s or more, as the programme has promised."),
                params={"lowest": self.lowest_threshold},
            )
        return threshold

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("closes_on") and cleaned.get("closes_time"):
            cleaned["closes_at"] = datetime.combine(cleaned["closes_on"], cleaned["closes_time"], tzinfo=self.zone)
            if cleaned["closes_at"] <= self.at:
                self.add_error("closes_on", _("The date must be in the future"))
        return cleaned

    def values(self):
        """What the services take: the date and the time together are `closes_at`."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("closes_on", "closes_time")}

    def _days(self):
        kept = self.initial.get("reminder_days", [])
        return sorted({*REMINDER_DAYS, *kept}, reverse=True)


class OpenForm(forms.Form):
    privacy_text = forms.CharField(
        label=gettext_lazy("What people are told about their answers"),
        help_text=gettext_lazy("Stands on the first page, before anybody answers. It stays as it is after opening."),
        max_length=6000,
        widget=forms.Textarea({"rows": 10}),
        error_messages={"required": gettext_lazy("Enter what people are told about their answers")},
    )


class ExtendForm(forms.Form):
    closes_on = DateParts(label=gettext_lazy("Open until: date"))
    closes_time = TimeText(label=gettext_lazy("Open until: time"))

    def __init__(self, *args, wave, at, **options):
        self.zone = ZoneInfo(wave.programme.time_zone)
        self.earliest = max(wave.closes_at, at)
        closes = wave.closes_at.astimezone(self.zone)
        options.setdefault("initial", {"closes_on": closes.date(), "closes_time": closes.time()})
        super().__init__(*args, **options)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("closes_on") and cleaned.get("closes_time"):
            cleaned["closes_at"] = datetime.combine(cleaned["closes_on"], cleaned["closes_time"], tzinfo=self.zone)
            if cleaned["closes_at"] <= self.earliest:
                self.add_error("closes_on", _("The new date must be later than the one it is open until now"))
        return cleaned


class LateForm(forms.Form):
    people = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Who is invited now"),
        queryset=Member.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one person")},
    )

    def __init__(self, *args, people, **options):
        super().__init__(*args, **options)
        self.fields["people"].queryset = people
        self.fields["people"].label_from_instance = _place_words


def usual_values(programme, *, today: date) -> dict:
    """What a new questionnaire starts with."""
    return {
        "point": WavePoint.BASELINE,
        "closes_on": today + timedelta(weeks=USUAL_WEEKS),
        "closes_time": time(17),
        "reminder_days": [7, 3, 1],
        "goal": 75,
        "threshold": programme.threshold,
    }


def values_of(wave) -> dict:
    """A draft's own values, for changing them."""
    closes = wave.closes_at.astimezone(ZoneInfo(wave.programme.time_zone))
    names = ("instrument_version", "title", "point", "purpose", "reminder_days", "goal", "threshold")
    return {
        **{name: getattr(wave, name) for name in names},
        "teams": list(wave.teams.all()),
        "closes_on": closes.date(),
        "closes_time": closes.time(),
    }


def _teams_with_people(programme):
    takes_part = Q(members__left_on=None, members__is_participant=True)
    teams = Team.objects.filter(programme=programme).annotate(people=Count("members", filter=takes_part))
    return teams.order_by("position", "name")


def _days_words(days):
    return ngettext("%(days)s day before the end", "%(days)s days before the end", days) % {"days": days}


def _place_words(member):
    places = [str(place) for place in (member.organisation, member.team) if place]
    return f"{member.name} ({', '.join(places)})"
