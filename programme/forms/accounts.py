from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from programme.forms.addresses import AddressForm


class RightsForm(forms.Form):
    may_create_programmes = forms.BooleanField(
        label=_("Facilitator: may set up programmes"),
        required=False,
        help_text=_("Runs the programmes they set up, and sees only those."),
    )
    is_administrator = forms.BooleanField(
        label=_("Administrator of this installation"),
        required=False,
        help_text=_("Looks after accounts, organisations and instruments. Never sees an answer or a result."),
    )


class AccountInviteForm(AddressForm, RightsForm):
    name = forms.CharField(
        label=_("Full name"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Enter the person's name")},
    )
    field_order = ["name", "email", "address_is_right", "may_create_programmes", "is_administrator"]

    def clean(self):
        data = super().clean()
        if not (data.get("may_create_programmes") or data.get("is_administrator")):
            self.add_error("may_create_programmes", _("Choose at least one thing this person may do"))
        return data


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Full name"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "name", "spellcheck": "false"}),
        error_messages={"required": _("Enter your name")},
    )


class WelcomeForm(NameForm):
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        error_messages={"required": _("Choose a password")},
        help_text=_(
            "At least 10 characters. Three words that have nothing to do with each other are easy to keep in mind."
        ),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self):
        password = self.cleaned_data["password"]
        password_validation.validate_password(password, self.user)
        return password
