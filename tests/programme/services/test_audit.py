import pytest
from django.db import DatabaseError, connection, transaction

from programme.enums import AuditAction
from programme.models.audit import AppendOnly, AuditEntry
from programme.services.audit import record
from tests.factories.programme import make_programme, make_user


def test_record_keeps_who_did_what_to_what(db):
    actor, programme = make_user("ada@example.org", name="Ada"), make_programme()

    entry = record(AuditAction.EXPORTED, actor=actor, programme=programme, subject=programme, rows=3)

    entry.refresh_from_db()
    assert (entry.actor_id, entry.actor_name, entry.programme_id) == (actor.pk, "Ada", programme.pk)
    assert (entry.subject_kind, entry.subject_id, entry.detail) == ("programme", str(programme.pk), {"rows": 3})


def test_entries_cannot_be_changed_or_removed_through_the_models(db):
    entry = record(AuditAction.EXPORTED, actor=None)

    for attempt in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(actor_name=""),
    ):
        with pytest.raises(AppendOnly):
            attempt()


def test_entries_cannot_be_changed_past_the_models(db):
    record(AuditAction.EXPORTED, actor=None)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE programme_auditentry SET actor_name = 'nobody'")
