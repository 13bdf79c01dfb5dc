from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from programme.models.base import UuidModel
from programme.models.organisations import Organisation


class ProgrammeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Programmes somebody belongs to today; administrators see that all of them exist."""
        if user.is_administrator:
            return self
        return self.filter(pk__in=user.memberships.current().values("programme"))


class Programme(UuidModel):
    """A time-boxed partnership between two or more organisations, with aims and an agreed end."""

    name = models.CharField(_("name"), max_length=200)
    aims = models.TextField(_("aims"), blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/London")
    threshold = models.PositiveSmallIntegerField(
        _("smallest group shown"),
        default=5,
        validators=[MinValueValidator(4)],
        help_text=_("Results of a group are shown only when at least this many people answered."),
    )
    privacy_text = models.TextField(_("what people are told about their answers"), blank=True)
    # The demonstration's answers are generated, and every page of it says so.
    is_demonstration = models.BooleanField(default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    organisations = models.ManyToManyField(Organisation, through="programme.Partner", related_name="programmes")

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")),
                name="programme_ends_after_start",
                violation_error_message=_("The last day must come after the first day."),
            ),
            models.CheckConstraint(
                condition=models.Q(threshold__gte=4),
                name="programme_threshold_at_least_4",
                violation_error_message=_("A group of fewer than 4 people can never be shown."),
            ),
        ]

    def __str__(self):
        return self.name


class Partner(models.Model):
    """An organisation's place in a programme. Its position decides shape and colour in every chart."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="partners")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "organisation"],
                name="partner_once",
                violation_error_message=_("This organisation is a partner already."),
            )
        ]
