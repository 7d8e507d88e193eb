"""A newsroom is never converted: the stamp is written once and the database refuses to touch it again."""

from django.db import migrations

SQLITE = {
    "newsroom_stamp_is_never_replaced": """
        BEFORE INSERT ON newsroom_stamp WHEN EXISTS (SELECT 1 FROM newsroom_stamp)
        BEGIN SELECT RAISE(ABORT, 'a newsroom is stamped once'); END""",
    "newsroom_stamp_is_never_updated": """
        BEFORE UPDATE ON newsroom_stamp
        BEGIN SELECT RAISE(ABORT, 'a newsroom is never converted'); END""",
    "newsroom_stamp_is_never_deleted": """
        BEFORE DELETE ON newsroom_stamp
        BEGIN SELECT RAISE(ABORT, 'a newsroom is never unstamped'); END""",
}

POSTGRESQL = """
    CREATE FUNCTION newsroom_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'a newsroom is never converted' USING ERRCODE = 'integrity_constraint_violation';
    END $$;
    CREATE TRIGGER newsroom_stamp_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON newsroom_stamp
        FOR EACH STATEMENT EXECUTE FUNCTION newsroom_refuse();
"""


def arm(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        return schema_editor.execute(POSTGRESQL, params=None)
    for name, body in SQLITE.items():
        schema_editor.execute(f"CREATE TRIGGER {name} {body}", params=None)


def disarm(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        return schema_editor.execute("DROP FUNCTION newsroom_refuse CASCADE", params=None)
    for name in SQLITE:
        schema_editor.execute(f"DROP TRIGGER {name}", params=None)


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0001_initial")]
    operations = [migrations.RunPython(arm, disarm)]
