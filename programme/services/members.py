"""People in a programme: who joins, what they are here, and when they leave."""

from collections.abc import Set
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from programme.enums import AuditAction, DeliveryPurpose, DeliveryState, Role
from programme.lib.addresses import normalised
from programme.models.deliveries import Delivery
from programme.models.members import Member
from programme.models.organisations import Organisation
from programme.models.programmes import Programme
from programme.models.teams import Team
from programme.models.users import User
from programme.services.accounts import ensure_users, invite_if_needed
from programme.services.audit import record

# These roles see other people's data, so their holders need a sign-in of their own; others come by mailed links.
SIGNS_IN = frozenset({Role.FACILITATOR, Role.EXECUTIVE})


def role_flags(roles: Set[Role]) -> dict[str, bool]:
    """The member's fields for a set of roles."""
    return {
        "is_facilitator": Role.FACILITATOR in roles,
        "is_executive": Role.EXECUTIVE in roles,
        "is_participant": Role.PARTICIPANT in roles,
    }


def add_member(
    programme: Programme,
    *,
    actor: User,
    at: datetime,
    email: str,
    name: str,
    roles: Set[Role],
    job_title: str = "",
    organisation: Organisation | None = None,
    team: Team | None = None,
) -> Member:
    """Adds a person, or brings back one who had left. Somebody known elsewhere keeps everything they have there."""
    check_place(programme, organisation=organisation, team=team, roles=roles)
    with transaction.atomic():
        user = ensure_users({email: name})[normalised(email)]
        check_account(user)
        there = programme.members.filter(user=user).first()
        if there is not None and there.left_on is None:
            raise already_here(there)
        member = there or Member(programme=programme, user=user)
        member.name, member.job_title = name, job_title
        member.organisation, member.team = organisation, team
        member.joined_on, member.left_on = timezone.localdate(at), None
        for field, held in role_flags(roles).items():
            setattr(member, field, held)
        try:
            with transaction.atomic():
                member.save()
        except IntegrityError:  # the same person, added twice at the same moment
            raise already_here(programme.members.get(user=user)) from None
        record(
            AuditAction.MEMBER_ADDED,
            actor=actor,
            programme=programme,
            subject=member,
            name=name,
            roles=[role.value for role in member.roles],
        )
        invite_where_needed(member, actor=actor, at=at)
    return member


def change_member(
    member: Member,
    *,
    actor: User,
    at: datetime,
    email: str,
    name: str,
    roles: Set[Role],
    job_title: str = "",
    organisation: Organisation | None = None,
    team: Team | None = None,
) -> Member:
    """Changes what the programme knows of a person. A new address means another account; the old one stays apart."""
    programme = member.programme
    check_place(programme, organisation=organisation, team=team, roles=roles)
    with transaction.atomic():
        if Role.FACILITATOR not in roles:
            refuse_last_facilitator(member)
        if normalised(email) != member.user.email:
            _move_to_address(member, email=email, name=name, actor=actor, at=at)
        before, roles_before = _known(member), set(member.roles)
        member.name, member.job_title = name, job_title
        member.organisation, member.team = organisation, team
        for field, held in role_flags(roles).items():
            setattr(member, field, held)
        member.save()
        _record_change(member, actor=actor, before=before, roles_before=roles_before)
        invite_where_needed(member, actor=actor, at=at)
    return member


def end_membership(member: Member, *, actor: User, at: datetime) -> None:
    """The person has left: no more mail, no more access; what was recorded of their part stays."""
    with transaction.atomic():
        refuse_last_facilitator(member)
        if not Member.objects.current().filter(pk=member.pk).update(left_on=timezone.localdate(at)):
            return
        member.left_on = timezone.localdate(at)
        _waiting_mail(member).update(state=DeliveryState.CANCELLED, finished_at=at)
        _end_links(member, at=at)
        record(
            AuditAction.MEMBER_CHANGED,
            actor=actor,
            programme=member.programme,
            subject=member,
            name=member.name,
            state="left",
        )


def bring_back(member: Member, *, actor: User, at: datetime) -> None:
    """Undoes a leaving."""
    with transaction.atomic():
        if not Member.objects.filter(pk=member.pk, left_on__isnull=False).update(left_on=None):
            return
        member.left_on = None
        record(
            AuditAction.MEMBER_CHANGED,
            actor=actor,
            programme=member.programme,
            subject=member,
            name=member.name,
            state="came back",
        )
        invite_where_needed(member, actor=actor, at=at)


def invite_where_needed(member: Member, *, actor: User, at: datetime) -> None:
    """People whose role needs a sign-in are asked to choose a password, once."""
    if SIGNS_IN & set(member.roles):
        invite_if_needed(member.user, actor=actor, at=at, programme=member.programme)


def check_place(
    programme: Programme, *, organisation: Organisation | None, team: Team | None, roles: Set[Role]
) -> None:
    """Organisation and team belong to this programme, and there is a role."""
    problems: dict[str, Any] = {}
    if not roles:
        problems["roles"] = _("Choose at least one role.")
    if organisation is not None and not programme.partners.filter(organisation=organisation).exists():
        problems["organisation"] = _("Choose one of the partner organisations.")
    if team is not None and team.programme_id != programme.pk:
        problems["team"] = _("Choose one of the programme's teams.")
    if problems:
        raise ValidationError(problems)


def check_account(user: User) -> None:
    if not user.is_active:
        raise ValidationError({"email": _("This account is switched off. Ask the administrator of this installation.")})


def already_here(member: Member) -> ValidationError:
    words = _("%(name)s has this address and is in the programme already.")
    if member.left_on is not None:
        words = _("%(name)s has this address and has left. Bring them back from the list of people who left.")
    return ValidationError({"email": words % {"name": member.name}})


def refuse_last_facilitator(member: Member) -> None:
    """Somebody must be able to run the programme. Locks the facilitators' rows, so that two cannot leave at once."""
    if not member.is_facilitator or member.left_on is not None:
        return
    facilitators = member.programme.members.current().select_for_update().filter(is_facilitator=True)
    if not [other for other in facilitators if other.pk != member.pk]:
        raise ValidationError(
            _("%(name)s is the only facilitator. Make somebody else a facilitator first.") % {"name": member.name},
            code="last_facilitator",
        )


def _move_to_address(member: Member, *, email: str, name: str, actor: User, at: datetime) -> None:
    """Ties the member to the account of another address, and the programme's mail with it."""
    user = ensure_users({email: name})[normalised(email)]
    check_account(user)
    if user == member.user:  # another proved address of the same person
        return
    there = member.programme.members.filter(user=user).first()
    if there is not None:
        raise already_here(there)
    if any(import_string(path)(member) for path in settings.ADDRESS_GUARDS):
        raise _only_themselves(member)
    # A resent mail must not go to the old address, so rows that went out move as well; where they went, they say.
    mails = Delivery.objects.filter(programme=member.programme, recipient=member.user)
    mails.exclude(purpose=DeliveryPurpose.ACCOUNT_INVITATION).update(recipient=user)
    old, member.user = member.user.email, user
    _end_links(member, at=at)
    record(
        AuditAction.MEMBER_CHANGED,
        actor=actor,
        programme=member.programme,
        subject=member,
        name=name,
        address={"old": old, "new": user.email},
    )


def _only_themselves(member: Member) -> ValidationError:
    """Otherwise a facilitator could read somebody's answers by giving them a mailbox of the facilitator's own."""
    words = _(
        "%(name)s has answered a questionnaire, and a new address would open those answers. %(name)s can change the "
        "address on the page “Your account”. If the old mailbox is gone, mark %(name)s as having left and add them anew."
    )
    return ValidationError({"email": words % {"name": member.name}})


def _end_links(member: Member, *, at: datetime) -> None:
    """Mailed ways in belong to the floors above; the settings name who ends them."""
    for path in settings.LINK_ENDERS:
        import_string(path)(member, at=at)


def _waiting_mail(member: Member) -> Any:
    waiting = [DeliveryState.PENDING, DeliveryState.RETRYING]
    return Delivery.objects.filter(programme=member.programme, recipient=member.user, state__in=waiting)


def _known(member: Member) -> dict[str, str]:
    return {
        "name": member.name,
        "job_title": member.job_title,
        "organisation": str(member.organisation or ""),
        "team": str(member.team or ""),
    }


def _record_change(member: Member, *, actor: User, before: dict[str, str], roles_before: Set[Role]) -> None:
    after = _known(member)
    changed = {key: {"old": before[key], "new": after[key]} for key in after if before[key] != after[key]}
    if changed:
        record(
            AuditAction.MEMBER_CHANGED,
            actor=actor,
            programme=member.programme,
            subject=member,
            **{"name": member.name, **changed},
        )
    if roles_before != set(member.roles):
        record(
            AuditAction.ROLE_CHANGED,
            actor=actor,
            programme=member.programme,
            subject=member,
            name=member.name,
            old=sorted(role.value for role in roles_before),
            new=sorted(role.value for role in member.roles),
        )
