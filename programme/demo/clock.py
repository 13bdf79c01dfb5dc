"""Lets the demonstration live through its months: the product's services see the day that is being replayed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch

from django.utils import timezone


@contextmanager
def living_at(moment: datetime) -> Iterator[datetime]:
    """Inside, `timezone.now()` gives `moment`, also for time stamps that the database rows set themselves."""
    with patch.object(timezone, "now", return_value=moment):
        yield moment
