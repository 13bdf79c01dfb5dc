from django import forms
from django.utils.translation import gettext_lazy as _

from programme.lib.govuk_forms import DateParts
from programme.models.programmes import Programme
from sessions.enums import Dimension
from sessions.forms.people import OwnerField


class CommitmentForm(forms.Form):
    text = forms.CharField(
        label=_("What was promised?"),
        max_length=300,
        help_text=_("In the words of the person, for example “I share the duty rota every Friday”"),
        error_messages={"required": _("Say what was promised")},
    )
    owner = OwnerField(label=_("By whom?"), error_messages={"required": _("Choose the person who promised it")})
    due_on = DateParts(label=_("By when?"), error_messages={"required": _("Enter the day it is due")})
    dimension = forms.ChoiceField(
        label=_("Which part of working together does it help?"),
        choices=[("", _("None in particular")), *Dimension.choices],
        required=False,
    )

    def __init__(self, *args, programme: Programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].offer(programme.members.current())
