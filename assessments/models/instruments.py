from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.definitions import Definition, Kind, from_json
from programme.models.base import UuidModel


class InstrumentVersionQuerySet(models.QuerySet):
    def answerable(self):
        """Those a wave can run: answered online, with results that can be shown.

        An early version of working relationships does not say what counts as contact.
        """
        return self.filter(online=True).filter(
            ~models.Q(kind=Kind.RELATIONSHIPS) | models.Q(document__contact_from__gt=0)
        )

    def with_use(self):
        """`times_used`: questionnaires opened with it and imports saved for it. From the first on it never changes."""
        opened = models.Count("waves", filter=models.Q(waves__opened_at__isnull=False), distinct=True)
        saved = models.Count("imports", filter=models.Q(imports__confirmed_at__isnull=False), distinct=True)
        return self.annotate(times_used=opened + saved).order_by("name", "version")

    def licensed_results(self):
        return self.filter(kind="licensed_results")


class InstrumentVersion(UuidModel):
    """One version of a questionnaire, or of a licensed provider's result layout. Once used, it never changes."""

    key = models.CharField(_("key"), max_length=60)
    version = models.CharField(_("version"), max_length=20)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(max_length=30)
    online = models.BooleanField(default=False)
    # The whole definition, as assessments.definitions.to_json gives it.
    document = models.JSONField()
    loaded_at = models.DateTimeField(auto_now_add=True)

    objects = InstrumentVersionQuerySet.as_manager()

    class Meta:
        ordering = ["name", "version"]
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="instrument_version_once")]

    def __str__(self):
        return _("%(name)s, version %(version)s") % {"name": self.name, "version": self.version}

    @cached_property
    def definition(self) -> Definition:
        return from_json(self.document)
