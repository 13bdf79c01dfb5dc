from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programme.lib.addresses import likely_meant, normalised


class AddressForm(forms.Form):
    """A mail address that is asked about once when it looks like a slip of the finger. Leave `email` normalised."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter the person's e-mail address"),
            "invalid": _("Enter an e-mail address in the correct format, like name@example.org"),
        },
    )
    address_is_right = forms.BooleanField(label=_("Use this address as it is"), required=False)

    def __init__(self, *args, address_before="", **kwargs):
        super().__init__(*args, **kwargs)
        self.address_before = address_before
        if not self._meant(self.data.get(self.add_prefix("email"), "")):
            del self.fields["address_is_right"]

    def clean_email(self):
        return normalised(self.cleaned_data["email"])

    def clean(self):
        data = super().clean()
        meant = self._meant(data.get("email", ""))
        confirmed = data.pop("address_is_right", False)
        if meant and not confirmed:
            words = gettext("Did you mean %(meant)s? Correct the address, or tick “Use this address as it is”")
            self.add_error("email", words % {"meant": meant})
        return data

    def _meant(self, email: str) -> str:
        """What was probably meant; nothing for the address that stands there already."""
        return "" if normalised(email) == self.address_before else likely_meant(email)
