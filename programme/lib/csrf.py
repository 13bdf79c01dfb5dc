"""Forms on pages that send no referrer."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.csrf import csrf_exempt


class HiddenOriginCsrf(CsrfViewMiddleware):
    """Django's check of the form token, for pages with `Referrer-Policy: no-referrer`.

    Browsers send `Origin: null` with a form of such a page, which Django refuses. They still say in `Sec-Fetch-Site`,
    which no page can forge, whether the form came from us. The token and its cookie are checked as ever.
    """

    def _origin_verified(self, request: HttpRequest) -> bool:
        if request.META["HTTP_ORIGIN"] != "null":
            return super()._origin_verified(request)
        return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"


_check_token = decorator_from_middleware(HiddenOriginCsrf)


def protected_without_referrer(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Puts the check above in the place of the middleware's."""
    checked = _check_token(view)

    @csrf_exempt
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return checked(request, *args, **kwargs)

    return wrapped
