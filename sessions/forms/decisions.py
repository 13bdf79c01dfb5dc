from django import forms
from django.utils.translation import gettext_lazy as _

from programme.lib.govuk_forms import DateParts


class DecisionForm(forms.Form):
    """What a facilitator asks the executives."""

    title = forms.CharField(
        label=_("What is to be decided?"),
        max_length=200,
        help_text=_("For example “Host of the January follow-up”"),
        error_messages={"required": _("Say what is to be decided")},
    )
    detail = forms.CharField(label=_("What do they need to know?"), required=False, widget=forms.Textarea({"rows": 4}))
    due_on = DateParts(label=_("By when?"), error_messages={"required": _("Enter the day by which you need it")})


class OutcomeForm(forms.Form):
    """What an executive answers."""

    outcome = forms.CharField(
        label=_("What do you decide?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("The facilitators and the other executives will read it."),
        error_messages={"required": _("Write down what you decide")},
    )
