"""What the frame around every page shows: who is here, and where they can go."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programme.enums import Role

_EVERYBODY = frozenset(Role)
_FACILITATORS = frozenset({Role.FACILITATOR})
_PARTICIPANTS = frozenset({Role.PARTICIPANT})
_OVERVIEW = frozenset({Role.FACILITATOR, Role.EXECUTIVE})

# (label, url name, who sees it)
_PLACES = [
    (gettext_lazy("Overview"), "dashboards:overview", _EVERYBODY),
    (gettext_lazy("People"), "member_list", _FACILITATORS),
    (gettext_lazy("Sessions"), "sessions:session_list", _EVERYBODY),
    (gettext_lazy("Questionnaires"), "assessments:wave_list", _FACILITATORS),
    (gettext_lazy("Results"), "assessments:result_list", _EVERYBODY),
    (gettext_lazy("My profile"), "assessments:my_profile", _PARTICIPANTS),
    (gettext_lazy("Commitments"), "sessions:commitment_list", _EVERYBODY),
    (gettext_lazy("Reports"), "reports:report_list", _OVERVIEW),
]
_ADMINISTRATION = [
    (gettext_lazy("Programmes"), "home"),
    (gettext_lazy("Accounts"), "account_list"),
    (gettext_lazy("Organisations"), "organisation_list"),
    (gettext_lazy("Instruments"), "assessments:instrument_list"),
    (gettext_lazy("Mail"), "delivery_list_all"),
    (gettext_lazy("Activity"), "audit_list"),
]


def frame(request: HttpRequest) -> dict[str, Any]:
    programme, member = getattr(request, "programme", None), getattr(request, "member", None)
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    return {
        "programme": programme,
        "member": member,
        "navigation": _navigation(request, programme, member) if signed_in else [],
        "who": _who(user, member) if signed_in else None,
        "demo": settings.DEMO,
        "demo_mail_url": reverse("demo:mail_list") if settings.DEMO else "",
        "home_url": reverse("home"),
        "help_url": reverse("help"),
        "privacy_url": reverse("privacy"),
        "accessibility_url": reverse("accessibility"),
        "account_url": reverse("account"),
        "sign_in_url": reverse("account_login"),
        "sign_out_url": reverse("account_logout"),
    }


def _navigation(request: HttpRequest, programme: Any, member: Any) -> list[dict[str, Any]]:
    if programme is None or member is None:
        if not request.user.is_administrator:
            return []
        places = [(label, reverse(name)) for label, name in _ADMINISTRATION]
    else:
        roles = set(member.roles)
        places = [
            (label, reverse(name, kwargs={"programme_id": programme.pk})) for label, name, who in _PLACES if roles & who
        ]
    active = max((url for _label, url in places if request.path.startswith(url)), key=len, default="")
    return [{"label": label, "url": url, "active": url == active} for label, url in places]


def _who(user: Any, member: Any) -> dict[str, str]:
    if member is not None:
        return {"name": member.name, "role": member.roles[0].label}
    return {"name": user.get_full_name(), "role": _("Administrator") if user.is_administrator else ""}
