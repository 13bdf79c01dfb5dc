from django.db import models
from django.utils.translation import gettext_lazy as _

from programme.models.base import UuidModel
from programme.models.programmes import Programme


class TeamQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Every team of the programmes somebody belongs to; the people in it are another question."""
        return self.filter(programme__in=Programme.objects.visible_to(user))


class Team(UuidModel):
    """People inside a programme who work together; may cross organisations."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="teams")
    name = models.CharField(_("name"), max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "name"],
                name="team_name_once",
                violation_error_message=_("The programme has a team of this name already."),
            )
        ]

    def __str__(self):
        return self.name
