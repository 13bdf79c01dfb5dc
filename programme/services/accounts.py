"""Who can sign in: accounts are made by invitation, and an address that is known stays whose it is."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from programme.enums import AuditAction, DeliveryPurpose, DeliveryState
from programme.lib.addresses import normalised
from programme.lib.tokens import token_hash
from programme.models.account_invitations import AccountInvitation
from programme.models.deliveries import Delivery
from programme.models.programmes import Programme
from programme.models.users import User
from programme.services import deliveries
from programme.services.audit import record

INVITATION_LASTS = timedelta(days=14)


def known_users(emails: Iterable[str]) -> dict[str, User]:
    """The accounts of these addresses, by address: as their main address, or as another one they have proved."""
    wanted = {normalised(email) for email in emails}
    proved = EmailAddress.objects.filter(email__in=wanted, verified=True, primary=False).select_related("user")
    found = {address.email: address.user for address in proved}
    return found | {user.email: user for user in User.objects.filter(email__in=wanted)}


def ensure_users(names: Mapping[str, str]) -> dict[str, User]:
    """The account of every address (keys of the result are normalised), made where there is none.

    `names` says what new people are called; an account that exists is not touched. New accounts have no password:
    their people come in by mailed code, or by an invitation to choose one. A fixed number of queries for any number.
    """
    wanted = {normalised(email): name for email, name in names.items()}
    with transaction.atomic():
        known = known_users(wanted)
        new = [User(email=email, name=name) for email, name in wanted.items() if email not in known]
        for user in new:
            user.set_unusable_password()
        # Somebody else may add the same person at this moment: whoever comes second takes the first one's account.
        User.objects.bulk_create(new, ignore_conflicts=True)
        made = User.objects.filter(pk__in=[user.pk for user in new])
        EmailAddress.objects.bulk_create(
            [EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in made],
            ignore_conflicts=True,
        )
        return known | known_users([user.email for user in new]) if new else known


def invite_account(
    *,
    actor: User,
    at: datetime,
    email: str,
    name: str,
    is_administrator: bool = False,
    may_create_programmes: bool = False,
) -> User:
    """An administrator asks somebody in. Known people gain the rights at once, and are mailed only if they need to be."""
    if not (is_administrator or may_create_programmes):
        raise ValidationError(_("Choose at least one thing this person may do."), code="no_right")
    with transaction.atomic():
        user = ensure_users({email: name})[normalised(email)]
        if not user.is_active:
            raise ValidationError(
                {"email": _("This account is switched off. Switch it on again in the list of accounts.")}
            )
        user.is_administrator = user.is_administrator or is_administrator
        user.may_create_programmes = user.may_create_programmes or may_create_programmes
        user.save(update_fields=["is_administrator", "may_create_programmes"])
        record(AuditAction.ACCOUNT_INVITED, actor=actor, subject=user, name=user.name, rights=_rights(user))
        invite_if_needed(user, actor=actor, at=at)
    return user


def invite_if_needed(
    user: User, *, actor: User, at: datetime, programme: Programme | None = None
) -> AccountInvitation | None:
    """Mails a way to choose a password, unless the person has one or was asked and can still answer."""
    if user.has_usable_password() or not user.is_active:
        return None
    asked = user.account_invitations.filter(accepted_at=None, expires_at__gt=at).values("pk")
    mails = Delivery.objects.filter(purpose=DeliveryPurpose.ACCOUNT_INVITATION, subject_id__in=asked)
    if mails.exclude(state=DeliveryState.CANCELLED).exists():
        return None
    return invite_again(user, actor=actor, at=at, programme=programme)


def invite_again(user: User, *, actor: User, at: datetime, programme: Programme | None = None) -> AccountInvitation:
    """A fresh invitation; links mailed earlier stop working."""
    with transaction.atomic():
        for earlier in user.account_invitations.filter(accepted_at=None, expires_at__gt=at):
            deliveries.cancel(purpose=DeliveryPurpose.ACCOUNT_INVITATION, subject_id=earlier.pk, at=at)
        user.account_invitations.filter(accepted_at=None, expires_at__gt=at).update(expires_at=at)
        invitation = AccountInvitation.objects.create(user=user, invited_by=actor, expires_at=at + INVITATION_LASTS)
        deliveries.queue(
            user,
            purpose=DeliveryPurpose.ACCOUNT_INVITATION,
            subject_id=invitation.pk,
            occurrence="first",
            programme=programme,
            due_at=at,
        )
    return invitation


def invitation_for(token: str) -> AccountInvitation | None:
    """The invitation a mailed link belongs to, whatever its state; looked up by hash, so timing tells nothing."""
    found = AccountInvitation.objects.filter(token_hash=token_hash(token)).exclude(token_hash="")
    return found.select_related("user", "invited_by").first()


def can_accept(invitation: AccountInvitation, *, at: datetime) -> bool:
    user = invitation.user
    waiting = invitation.accepted_at is None and invitation.expires_at > at
    return waiting and user.is_active and not user.has_usable_password()


def accept_invitation(invitation: AccountInvitation, *, name: str, password: str, at: datetime) -> User | None:
    """The person chooses name and password. None when somebody was faster with the same link, or it has run out."""
    with transaction.atomic():
        waiting = AccountInvitation.objects.filter(pk=invitation.pk, accepted_at=None, expires_at__gt=at)
        if not can_accept(invitation, at=at) or not waiting.update(accepted_at=at):
            return None
        user = invitation.user
        user.name = name
        user.set_password(password)
        user.save(update_fields=["name", "password"])
        EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
        record(AuditAction.ACCOUNT_ACCEPTED, actor=user, subject=user, name=user.name)
    return user


def change_account(user: User, *, actor: User, is_administrator: bool, may_create_programmes: bool) -> None:
    """Gives or takes rights in this installation. The last administrator stays one."""
    with transaction.atomic():
        if not is_administrator:
            _refuse_last_administrator(user)
        before = _rights(user)
        user.is_administrator = is_administrator
        user.may_create_programmes = may_create_programmes
        user.save(update_fields=["is_administrator", "may_create_programmes"])
        if _rights(user) != before:
            record(
                AuditAction.ACCOUNT_CHANGED, actor=actor, subject=user, name=str(user), old=before, new=_rights(user)
            )


def rename(user: User, *, name: str) -> None:
    """People say themselves what they are called; programmes keep the name they know them by."""
    before = user.name
    user.name = name
    user.save(update_fields=["name"])
    if before != name:
        record(AuditAction.ACCOUNT_CHANGED, actor=user, subject=user, old=before, new=name)


def deactivate(user: User, *, actor: User, at: datetime) -> None:
    """Switches an account off; its sessions in every browser and its mailed ways in end at once."""
    if user == actor:
        raise ValidationError(_("You cannot switch off your own account."), code="own_account")
    with transaction.atomic():
        _refuse_last_administrator(user)
        user.is_active = False
        user.save(update_fields=["is_active"])
        for member in user.memberships.all():
            for path in settings.LINK_ENDERS:
                import_string(path)(member, at=at)
        record(AuditAction.ACCOUNT_CHANGED, actor=actor, subject=user, name=str(user), state="switched off")
    for browser in UserSession.objects.filter(user=user):
        browser.end()


def reactivate(user: User, *, actor: User) -> None:
    with transaction.atomic():
        user.is_active = True
        user.save(update_fields=["is_active"])
        record(AuditAction.ACCOUNT_CHANGED, actor=actor, subject=user, name=str(user), state="switched on")


def _refuse_last_administrator(user: User) -> None:
    if not (user.is_administrator and user.is_active):
        return
    others = User.objects.select_for_update().filter(is_administrator=True, is_active=True)
    if not [other for other in others if other != user]:
        raise ValidationError(
            _("This is the only administrator. Make somebody else one first."), code="last_administrator"
        )


def _rights(user: User) -> list[str]:
    held = [(user.is_administrator, "administrator"), (user.may_create_programmes, "facilitator")]
    return [name for has, name in held if has]
