from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from programme.lib.govuk_forms import DateParts

DEFAULT_PRIVACY_TEXT = _(
    "Taking part is your choice, and you can stop at any time.\n\n"
    "Your answers help the teams of this partnership work better together. They are never used for appraisal, "
    "discipline or pay.\n\n"
    "Nobody in your organisation can read your answers, and the facilitators cannot read them either. "
    "People see results of groups only, and only when enough people have answered. "
    "Your own results are shown to you alone."
)


class ProgrammeForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the programme"),
        max_length=200,
        error_messages={"required": _("Enter a name for the programme")},
        help_text=_("People read it in every invitation, for example “Partnership Working Programme”."),
    )
    aims = forms.CharField(
        label=_("Aims"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("What should be different at the end? One aim a line."),
    )
    starts_on = DateParts(label=_("First day"), help_text=_("For example, 2 11 2026"))
    ends_on = DateParts(label=_("Last day"))

    def clean(self):
        data = super().clean()
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", _("The last day must come after the first day"))
        return data


class PromiseForm(forms.Form):
    threshold = forms.IntegerField(
        label=_("Smallest group shown"),
        max_value=50,
        validators=[MinValueValidator(4, _("The smallest group must be at least 4 people"))],
        widget=forms.NumberInput({"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages={"required": _("Enter a number"), "invalid": _("Enter a whole number, like 5")},
        help_text=_(
            "Results of a group are shown only when at least this many people answered. 5 suits most programmes."
        ),
    )
    privacy_text = forms.CharField(
        label=_("What people are told about their answers"),
        max_length=6000,
        widget=forms.Textarea({"rows": 12}),
        error_messages={"required": _("Enter what people are told about their answers")},
        help_text=_("Shown before the first question. You can use our words as they are."),
    )
