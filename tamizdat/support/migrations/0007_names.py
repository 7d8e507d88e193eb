import django.db.models.deletion
from django.db import DatabaseError, migrations, models, transaction

# A migration that changes support_name on SQLite makes the table anew: the trigger goes with the old one.
SQLITE = (
    "CREATE VIRTUAL TABLE support_name_pieces USING fts5(text, content='support_name', content_rowid='id', "
    "tokenize='trigram')",
    "CREATE TRIGGER support_name_is_found AFTER INSERT ON support_name BEGIN "
    "INSERT INTO support_name_pieces (rowid, text) VALUES (NEW.id, NEW.text); END",
)
POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX support_name_pieces ON support_name USING gin (upper(text::text) gin_trgm_ops)",
)
KNOWN = (
    "SELECT ref, contribution_id FROM support_reference UNION SELECT provider_id, contribution_id FROM support_payment "
    "UNION SELECT support_return.provider_id, contribution_id FROM support_return "
    "JOIN support_payment ON support_payment.id = support_return.payment_id"
)


def find_pieces(apps, schema_editor):
    """Without the extension, which a database's owner may not be allowed, PostgreSQL reads all names: slower."""
    try:
        with transaction.atomic():
            for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
                schema_editor.execute(statement)
    except DatabaseError:
        if schema_editor.connection.vendor == "sqlite":
            raise


class Migration(migrations.Migration):
    dependencies = [
        ("support", "0006_shield"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(fields=["amount_minor", "created_at"], name="contribution_of_an_amount"),
        ),
        migrations.CreateModel(
            name="Name",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=200)),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="names", to="support.contribution"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("text", "contribution"), name="name_is_noted_once"),
                ],
            },
        ),
        migrations.RunPython(find_pieces, migrations.RunPython.noop),
        migrations.RunSQL(
            f"INSERT INTO support_name (text, contribution_id) {KNOWN} ORDER BY 1",  # noqa: S608 (no input)
            migrations.RunSQL.noop,
        ),
    ]
