"""Where we differ from allauth: nobody signs up alone, and sign-ins are audited."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from programme.enums import AuditAction
from programme.models.users import User
from programme.services.audit import record


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """By invitation only."""
        return False

    def post_login(self, request, user, **kwargs):
        record(AuditAction.SIGN_IN, actor=user)
        return super().post_login(request, user, **kwargs)

    def authentication_failed(self, request, **credentials):
        email = (credentials.get("email") or "").strip().lower()
        record(AuditAction.SIGN_IN_FAILED, actor=User.objects.filter(email=email).first())
        super().authentication_failed(request, **credentials)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """An organisation's own sign-in opens accounts that were connected to it; it never makes or guesses one."""

    def is_open_for_signup(self, request, sociallogin):
        return False

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        messages.error(request, _("Your organisation's sign-in did not answer as expected. Please try again."))
        raise ImmediateHttpResponse(redirect("account_login"))
