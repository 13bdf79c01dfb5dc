"""One's own profile and who else may see it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessments.models.profile_shares import ProfileShare
from assessments.permissions import reason_against_profile, sees_shared_profiles
from assessments.queries.profile_shares import members_known_to, people_sharing
from assessments.queries.waves import questionnaires_sent
from assessments.results.strengths import profiles_of, shared_profiles
from assessments.services.profile_shares import share_profile, stop_sharing
from assessments.services.reminders import choose_reminders
from programme.views.access import open_programme


@require_safe
def my_profile(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    open_programme(request, programme_id)
    profiles = profiles_of(request.member)
    context = {
        "profiles": profiles,
        "can_share": any(held.is_strengths for held in profiles),
        "share": ProfileShare.objects.filter(member=request.member).first(),
        "sent": questionnaires_sent(request.member),
        "sharing": people_sharing(request.member) if sees_shared_profiles(request.member) else [],
    }
    return render(request, "assessments/profile_mine.html", context)


@require_POST
def profile_sharing(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Share, or stop: whichever button was pressed."""
    programme = open_programme(request, programme_id)
    if "stop" in request.POST:
        stop_sharing(request.member, actor=request.user)
        messages.success(request, _("You no longer share your strengths profile. Nobody else sees it from now on."))
    elif "share" in request.POST:
        share_profile(request.member, actor=request.user, at=timezone.now())
        messages.success(request, _("You share your strengths profile. You can stop at any time."))
    return redirect("assessments:my_profile", programme_id=programme.pk)


@require_POST
def profile_reminders(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Whether reminders of questionnaires come, by the person's own choice."""
    programme = open_programme(request, programme_id)
    wanted = "want" in request.POST
    choose_reminders(request.member, wanted=wanted)
    words = _("You get reminders again.") if wanted else _("You get no more reminders. Invitations still come.")
    messages.success(request, words)
    return redirect("assessments:my_profile", programme_id=programme.pk)


@require_safe
def profile_shared(request: HttpRequest, programme_id: UUID, member_id: UUID) -> HttpResponse:
    """Another's strengths profile, for as long as that person shares it."""
    open_programme(request, programme_id)
    owner = get_object_or_404(members_known_to(request.user, request.member), pk=member_id)
    reason = reason_against_profile(request.member, owner)
    if reason:
        raise PermissionDenied(reason)
    return render(request, "assessments/profile_shared.html", {"owner": owner, "profiles": shared_profiles(owner)})
