from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programme.templatetags.formatting import short_date


class SessionChoiceForm(forms.Form):
    """Which planned session an activity goes into."""

    session = forms.ChoiceField(label=gettext_lazy("Which session is it for?"))

    def __init__(self, *, sessions, chosen):
        super().__init__(initial={"session": str(chosen.pk)} if chosen else None)
        self.fields["session"].choices = [(str(session.pk), _words(session)) for session in sessions]


def _words(session):
    return _("%(day)s: %(title)s") % {"day": short_date(session.date), "title": session.title}
