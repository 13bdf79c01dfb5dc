"""Who may see another person's strengths profile; everything else follows from roles in the programme."""

from django.utils.translation import gettext as _

from assessments.models.profile_shares import ProfileShare
from programme.models.members import Member


def sees_shared_profiles(viewer: Member) -> bool:
    return viewer.is_facilitator or not viewer.is_executive


def reason_against_profile(viewer: Member, owner: Member) -> str:
    """Why this member may not see that one's strengths profile; empty when they may.

    Sponsors never see one, even when they take part themselves: who decides about money and jobs is not shown
    strengths, whatever people feel they have to share.
    """
    if viewer.pk == owner.pk:
        return ""
    if not sees_shared_profiles(viewer):
        return _("Executives do not see other people's strengths profiles, whether shared or not.")
    if not ProfileShare.objects.filter(member=owner).exists():
        return _("%(name)s does not share a strengths profile.") % {"name": owner.name}
    return ""


def sees_all_groups(viewer: Member) -> bool:
    """Facilitators and executives see every group of a released result, others only the groups they were in."""
    return viewer.is_facilitator or viewer.is_executive
