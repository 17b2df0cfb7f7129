"""The journal: its table of the desk, and triggers that let rows be added only."""

import django.contrib.admin.models
from django.db import migrations

GUARDS = {
    "sqlite": [
        """
        CREATE TRIGGER journal_refuses_changes BEFORE UPDATE ON django_admin_log
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
        """,
        """
        CREATE TRIGGER journal_refuses_deletions BEFORE DELETE ON django_admin_log
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
        """,
    ],
    # The code makes it an error of integrity, as on SQLite.
    "postgresql": [
        """
        CREATE FUNCTION journal_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = '23001'; END $$
        """,
        """
        CREATE TRIGGER journal_refuses_changes BEFORE UPDATE OR DELETE ON django_admin_log
        FOR EACH ROW EXECUTE FUNCTION journal_refuses()
        """,
        """
        CREATE TRIGGER journal_refuses_emptying BEFORE TRUNCATE ON django_admin_log
        FOR EACH STATEMENT EXECUTE FUNCTION journal_refuses()
        """,
    ],
}
REMOVAL = {
    "sqlite": [
        "DROP TRIGGER journal_refuses_changes",
        "DROP TRIGGER journal_refuses_deletions",
    ],
    "postgresql": [
        "DROP TRIGGER journal_refuses_emptying ON django_admin_log",
        "DROP TRIGGER journal_refuses_changes ON django_admin_log",
        "DROP FUNCTION journal_refuses()",
    ],
}


def guard(apps, schema_editor):
    for statement in GUARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def remove_guard(apps, schema_editor):
    for statement in REMOVAL[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("admin", "0003_logentry_add_action_flag_choices"),
    ]

    operations = [
        migrations.CreateModel(
            name="JournalEntry",
            fields=[],
            options={
                "verbose_name": "journal entry",
                "verbose_name_plural": "journal entries",
                "proxy": True,
                "default_permissions": ["view"],
                "indexes": [],
                "constraints": [],
            },
            bases=("admin.logentry",),
            managers=[("objects", django.contrib.admin.models.LogEntryManager())],
        ),
        migrations.RunPython(guard, remove_guard),
    ]
