import uuid

from django.db import models


class UuidModel(models.Model):
    """A row whose key can stand in a URL without telling how many there are."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True
