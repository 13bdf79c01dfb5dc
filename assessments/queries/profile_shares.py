from django.db.models import Q, QuerySet

from programme.models.members import Member
from programme.models.users import User


def people_sharing(viewer: Member) -> QuerySet[Member]:
    """The others of a programme who share their strengths profile, by name."""
    others = Member.objects.current().filter(programme=viewer.programme_id, profile_share__isnull=False)
    return others.exclude(pk=viewer.pk).select_related("organisation", "team").order_by("name", "pk")


def members_known_to(user: User, viewer: Member) -> QuerySet[Member]:
    """Those whose existence this member may know of here: the people visible anyway, and those who share."""
    known = Member.objects.visible_to(user).values("pk")
    here = Member.objects.current().filter(programme=viewer.programme_id)
    return here.filter(Q(pk__in=known) | Q(profile_share__isnull=False)).select_related(
        "programme", "organisation", "team"
    )
