from django import forms
from django.utils.translation import gettext_lazy as _

from sessions.enums import Reply

CHOICES = [
    (Reply.COMING, _("Yes, I am coming")),
    (Reply.MAYBE, _("Perhaps")),
    (Reply.NOT_COMING, _("No, I cannot come")),
]


class ReplyForm(forms.Form):
    reply = forms.ChoiceField(
        label=_("Are you coming?"),
        choices=CHOICES,
        widget=forms.RadioSelect({"class": "cg-options"}),
        error_messages={"required": _("Say whether you are coming")},
    )
