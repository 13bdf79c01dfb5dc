from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programme.templatetags.formatting import short_date


class SessionChoiceForm(forms.Form):
    """Which planned session an activity goes into; anything else chosen means the next one."""

    session = forms.ChoiceField(label=gettext_lazy("Which session is it for?"), required=False)

    def __init__(self, *args, sessions, **options):
        super().__init__(*args, **options)
        self.sessions = sessions
        self.fields["session"].choices = [(str(session.pk), _words(session)) for session in sessions]

    @property
    def chosen(self):
        asked = self.cleaned_data.get("session") if self.is_valid() else ""
        return next((session for session in self.sessions if str(session.pk) == asked), None) or next(
            iter(self.sessions), None
        )


def _words(session):
    return _("%(day)s: %(title)s") % {"day": short_date(session.date), "title": session.title}
