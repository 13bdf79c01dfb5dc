"""The database itself refuses to change an audit entry, and PostgreSQL also to remove one."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER audit_entry_unchanged BEFORE UPDATE ON programme_auditentry
BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END
"""
POSTGRESQL = """
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'audit entries are never changed or removed'; END $$;
CREATE TRIGGER audit_entry_unchanged BEFORE UPDATE OR DELETE ON programme_auditentry
FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
"""


def add_trigger(apps, schema_editor):
    statements = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
    schema_editor.execute(statements[schema_editor.connection.vendor])


def remove_trigger(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER audit_entry_unchanged ON programme_auditentry")
        schema_editor.execute("DROP FUNCTION refuse_audit_change()")
    else:
        schema_editor.execute("DROP TRIGGER audit_entry_unchanged")


class Migration(migrations.Migration):
    dependencies = [("programme", "0001_initial")]
    operations = [migrations.RunPython(add_trigger, remove_trigger)]
