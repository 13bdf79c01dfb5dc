from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from programme.lib.govuk_forms import DateParts, TimeText
from programme.models.programmes import Programme
from sessions.enums import SessionKind, SessionMode
from sessions.forms.people import PeopleField
from sessions.models.sessions import Session

MODE_CHOICES = [
    (SessionMode.VIRTUAL, _("By video")),
    (SessionMode.ROOM, _("In the room")),
    (SessionMode.HYBRID, _("Hybrid: some in the room, some by video")),
]


class SessionForm(forms.ModelForm):
    """A session's facts. Times are on the programme's clock."""

    kind = forms.ChoiceField(
        label=_("What kind of session is it?"),
        choices=SessionKind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a kind of session")},
    )
    date = DateParts(label=_("Date"), help_text=_("For example, 25 5 2022"))
    starts = TimeText(
        label=_("From"), help_text=_("For example, 9.30am"), error_messages={"required": _("Enter the time it starts")}
    )
    ends = TimeText(
        label=_("To"), help_text=_("For example, 12.30pm"), error_messages={"required": _("Enter the time it ends")}
    )
    mode = forms.ChoiceField(
        label=_("How do people meet?"),
        choices=MODE_CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how people meet")},
    )
    place = forms.CharField(
        label=_("Place"),
        max_length=300,
        required=False,
        help_text=_("Building, room and town. You can fill it in later."),
    )
    link = forms.URLField(
        label=_("Video link"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("People see it in their calendar and in the invitation."),
    )

    class Meta:
        model = Session
        fields = ["title", "kind", "date", "starts", "ends", "mode", "place", "link", "purpose", "agenda"]
        widgets = {"purpose": forms.Textarea({"rows": 3}), "agenda": forms.Textarea({"rows": 6})}
        error_messages = {"title": {"required": _("Enter a title")}}
        help_texts = {
            "title": _("What people will see in their calendar"),
            "purpose": _("One or two sentences: why it is worth their time"),
            "agenda": _("One line for each part, beginning with its time: 9.30am Welcome and coffee"),
        }

    def __init__(self, *args, programme: Programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.programme = programme
        self.zone = ZoneInfo(self.instance.time_zone if self.instance.title else programme.time_zone)

    def clean_link(self):
        link = self.cleaned_data["link"]
        if link and not link.startswith(("https://", "http://")):
            raise ValidationError(_("Enter a link that begins with https://"))
        return link

    def clean(self):
        cleaned = super().clean()
        day, starts, ends = (cleaned.get(name) for name in ("date", "starts", "ends"))
        if starts and ends and ends <= starts:
            self.add_error("ends", _("The session must end after it starts"))
        for name, clock in (("starts", starts), ("ends", ends)):
            if day and clock and not _exists(day, clock, self.zone):
                self.add_error(name, _("There is no such time on that day, because the clocks go forward"))
        return cleaned


class NewSessionForm(SessionForm):
    """Also says who is invited: whole teams, and single people."""

    teams = forms.ModelMultipleChoiceField(
        label=_("Which teams are invited?"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    people = PeopleField(label=_("Which people are invited as well?"), required=False)

    def __init__(self, *args, programme: Programme, **kwargs):
        super().__init__(*args, programme=programme, **kwargs)
        self.fields["teams"].queryset = programme.teams.all()
        self.fields["people"].offer(programme.members.current())
        if not programme.teams.all():
            del self.fields["teams"]


class NotesForm(forms.ModelForm):
    class Meta:
        model = Session
        fields = ["notes"]
        widgets = {"notes": forms.Textarea({"rows": 14})}
        help_texts = {"notes": _("Only the facilitators of this programme can read these notes.")}


def _exists(day: date, clock: time, zone: ZoneInfo) -> bool:
    """False for the hour that is skipped when summer time begins."""
    local = datetime.combine(day, clock, zone)
    return local.astimezone(UTC).astimezone(zone).time() == clock
