from django.conf import settings
from django.db import models

from programme.enums import ImportState
from programme.models.base import UuidModel
from programme.models.programmes import Programme


class PeopleImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Lists of people are for the facilitators of the programme."""
        return self.filter(programme__in=user.memberships.current().filter(is_facilitator=True).values("programme"))

    def waiting(self):
        return self.filter(state=ImportState.PREVIEW)


class PeopleImport(UuidModel):
    """An uploaded list of people, read but not saved until somebody confirms it."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="people_imports")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    state = models.CharField(max_length=20, choices=ImportState, default=ImportState.PREVIEW)
    # {"headers": [...], "rows": [[row number, [cells]], ...], "notes": [...]} as read from the file, text only.
    # Once confirmed, only the rows that were left out are kept.
    table = models.JSONField()
    # {"email": 3, ...}: field name to column number, as guessed and then corrected by the person.
    columns = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = PeopleImportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
