"""Adding a passkey, in words for people who never heard of one."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.utils.translation import gettext_lazy as _


class PasskeyForm(AddWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["name"] = ""
        self.fields["name"].label = _("What do you call this device or key?")
        self.fields["name"].help_text = _("For example “My phone”, so that you know it again later.")
        passwordless = self.fields["passwordless"]
        passwordless.label = _("Sign in with it alone, without my password")
        passwordless.help_text = _("Your device then always asks for your fingerprint, your face or a PIN.")
