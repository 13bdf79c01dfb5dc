"""Partner bodies, and their places in a programme."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from programme.enums import AuditAction, OrganisationKind
from programme.models.organisations import Organisation
from programme.models.programmes import Partner, Programme
from programme.models.users import User
from programme.services.audit import record


def create_organisation(*, actor: User, name: str, short_name: str, kind: OrganisationKind) -> Organisation:
    organisation = Organisation(name=name, short_name=short_name, kind=kind)
    organisation.full_clean()
    with transaction.atomic():
        organisation.save()
        record(AuditAction.ORGANISATION_ADDED, actor=actor, subject=organisation, name=name)
    return organisation


def change_organisation(
    organisation: Organisation, *, actor: User, name: str, short_name: str, kind: OrganisationKind
) -> None:
    before = {"name": organisation.name, "short_name": organisation.short_name, "kind": organisation.kind}
    organisation.name, organisation.short_name, organisation.kind = name, short_name, kind
    organisation.full_clean()
    after = {"name": name, "short_name": short_name, "kind": str(kind)}
    changed = {field: {"old": before[field], "new": after[field]} for field in after if after[field] != before[field]}
    if not changed:
        return
    with transaction.atomic():
        organisation.save()
        record(AuditAction.ORGANISATION_CHANGED, actor=actor, subject=organisation, **{"name": name, **changed})


def add_partner(programme: Programme, *, actor: User, organisation: Organisation) -> Partner:
    """Gives an organisation the next place; asked twice, it is there once."""
    with transaction.atomic():
        last = programme.partners.aggregate(last=Max("position"))["last"]
        partner, made = Partner.objects.get_or_create(
            programme=programme,
            organisation=organisation,
            defaults={"position": 0 if last is None else last + 1},
        )
        if made:
            _record(partner, actor=actor, organisation_added=organisation.name)
    return partner


def add_new_partner(
    programme: Programme, *, actor: User, name: str, short_name: str, kind: OrganisationKind
) -> Partner:
    with transaction.atomic():
        organisation = create_organisation(actor=actor, name=name, short_name=short_name, kind=kind)
        return add_partner(programme, actor=actor, organisation=organisation)


def move_partner_up(partner: Partner, *, actor: User) -> None:
    """Swaps places with the partner before. Places decide shape and colour in every chart."""
    with transaction.atomic():
        places = list(partner.programme.partners.select_for_update().order_by("position", "pk"))
        here = places.index(partner)
        if here == 0:
            return
        places[here - 1 : here + 1] = [places[here], places[here - 1]]
        for position, place in enumerate(places):
            place.position = position
        Partner.objects.bulk_update(places, ["position"])
        _record(partner, actor=actor, organisation_moved=partner.organisation.name)


def remove_partner(partner: Partner, *, actor: User) -> None:
    """Takes back a place that nobody has filled, not even somebody who has left."""
    with transaction.atomic():
        if partner.programme.members.filter(organisation=partner.organisation).exists():
            raise ValidationError(
                _("People of %(name)s are in this programme. Give them another organisation first.")
                % {"name": partner.organisation.name},
                code="partner_in_use",
            )
        _record(partner, actor=actor, organisation_removed=partner.organisation.name)
        partner.delete()


def _record(partner: Partner, *, actor: User, **detail: str) -> None:
    record(AuditAction.PROGRAMME_CHANGED, actor=actor, programme=partner.programme, subject=partner, **detail)
