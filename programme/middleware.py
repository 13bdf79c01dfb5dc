"""What every request passes through."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from programme.permissions import needs_second_factor

Respond = Callable[[HttpRequest], HttpResponse]


class PrivateByDefault:
    """Keeps every page out of shared and browser caches, and other sites out of our resources."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response


class SecondFactor:
    """Sends people with wide sight to set up a second factor before anything else, where the installation asks for it."""

    # What they need to get there, and to leave.
    OPEN_PREFIXES = ("/accounts/", "/static/", "/health/", "/privacy/", "/accessibility/", "/help/", "/answer")

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._must_enrol(request):
            messages.warning(request, _("Please set up a second step for signing in. Your role needs it."))
            return redirect("mfa_index")
        return self.get_response(request)

    def _must_enrol(self, request: HttpRequest) -> bool:
        if not settings.REQUIRE_SECOND_FACTOR or request.path.startswith(self.OPEN_PREFIXES):
            return False
        user = request.user
        return user.is_authenticated and needs_second_factor(user) and not is_mfa_enabled(user)
