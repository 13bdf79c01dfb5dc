from django.db import models
from django.utils.translation import gettext_lazy as _

from programme.enums import OrganisationKind
from programme.models.base import UuidModel


class OrganisationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The bodies somebody works with: those of their programmes; administrators see all."""
        if user.is_administrator:
            return self
        return self.filter(partners__programme__members__in=user.memberships.current()).distinct()


class Organisation(UuidModel):
    """A partner body: council, NHS trust, charity …"""

    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=40, help_text=_("Used in charts, for example “Council”."))
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind, default=OrganisationKind.OTHER)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name
