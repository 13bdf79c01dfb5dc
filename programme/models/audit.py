from django.db import models

from programme.enums import AuditAction


class AppendOnly(Exception):
    """An audit entry was about to be changed or removed."""


class AuditQuerySet(models.QuerySet):
    def update(self, **fields):
        raise AppendOnly("Audit entries are never changed.")

    def delete(self):
        raise AppendOnly("Audit entries are never removed.")


class AuditEntry(models.Model):
    """Who did what, when, to what. Holds keys, not foreign keys, so that it outlives what it tells of."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    action = models.CharField(max_length=40, choices=AuditAction)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200)
    programme_id = models.UUIDField(null=True, db_index=True)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    # Counts, names of things and states; never an answer, a token or a score.
    detail = models.JSONField(default=dict)

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.action}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise AppendOnly("Audit entries are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnly("Audit entries are never removed.")
