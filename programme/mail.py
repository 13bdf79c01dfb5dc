"""What the base app's mails say. Called by the worker at the moment of sending."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from programme.lib.mail import Message, render
from programme.lib.tokens import new_token, token_hash
from programme.models.account_invitations import AccountInvitation
from programme.models.deliveries import Delivery


def write_account_invitation(delivery: Delivery) -> Message | None:
    """A link to choose a password; its token exists in this mail alone. None once it is of no use."""
    invitation = (
        AccountInvitation.objects.filter(pk=delivery.subject_id, accepted_at=None, expires_at__gt=timezone.now())
        .select_related("user", "invited_by")
        .first()
    )
    if invitation is None or not invitation.user.is_active or invitation.user.has_usable_password():
        return None
    token = new_token()
    AccountInvitation.objects.filter(pk=invitation.pk).update(token_hash=token_hash(token))
    inviter = invitation.invited_by.get_full_name()
    context = {
        "name": invitation.user.name,
        "inviter": inviter,
        "programme": delivery.programme,
        "action_url": settings.SITE_URL + reverse("welcome", args=[token]),
        "action_label": _("Set up my account"),
        "sender": inviter,
        "subject": _("Set up your sign-in"),
        "expires_at": invitation.expires_at,
        "email": invitation.user.email,
    }
    return render("account_invitation", context)
