"""The mailed way in for somebody invited: looking changes nothing, only sending the form does."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from programme.forms.accounts import WelcomeForm
from programme.models.account_invitations import AccountInvitation
from programme.services import accounts


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    invitation = accounts.invitation_for(token)
    at = timezone.now()
    if invitation is None or not accounts.can_accept(invitation, at=at):
        return _no_use(request, invitation)
    if request.user.is_authenticated and request.user != invitation.user:
        return render(request, "programme/welcome_other.html", {"invitation": invitation}, status=409)
    form = WelcomeForm(request.POST or None, user=invitation.user, initial={"name": invitation.user.name})
    if request.method == "POST" and form.is_valid():
        user = accounts.accept_invitation(invitation, at=at, **form.cleaned_data)
        if user is None:
            return _no_use(request, accounts.invitation_for(token))
        messages.success(request, _("Welcome, %(name)s. Your account is ready.") % {"name": user.name})
        login = Login(user=user, email=user.email, redirect_url=reverse("home"))
        response = perform_password_login(request, {"email": user.email}, login)
        if request.user.is_authenticated:
            # They have just chosen it: setting up the second step need not ask for it again.
            reauthenticate_by_password(request)
        return response
    return render(request, "programme/welcome.html", {"form": form, "invitation": invitation})


def _no_use(request: HttpRequest, invitation: AccountInvitation | None) -> HttpResponse:
    """A link that was used, has run out, or was never one: says which, and what to do now."""
    accepted = invitation is not None and (invitation.accepted_at or invitation.user.has_usable_password())
    context = {"accepted": accepted, "known": invitation is not None}
    status = 200 if accepted else 410 if invitation else 404
    return render(request, "programme/welcome_no_use.html", context, status=status)
