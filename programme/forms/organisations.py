from django import forms
from django.utils.translation import gettext_lazy as _

from programme.enums import OrganisationKind
from programme.models.organisations import Organisation


class OrganisationForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=200, error_messages={"required": _("Enter the name of the organisation")}
    )
    short_name = forms.CharField(
        label=_("Short name"),
        max_length=40,
        widget=forms.TextInput({"class": "govuk-input--width-20"}),
        error_messages={"required": _("Enter a short name, like “Council”")},
        help_text=_("Used in charts and lists, for example “Council” or “NHS trust”."),
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=OrganisationKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a kind")},
    )


class PartnerChoiceForm(forms.Form):
    """One of the organisations the person works with already."""

    organisation = forms.ModelChoiceField(
        label=_("Choose one of yours"),
        queryset=Organisation.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose an organisation"),
            "invalid_choice": _("Choose one of the organisations listed"),
        },
    )

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = choices
