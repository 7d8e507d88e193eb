"""The database's own refusals, for both databases.

A migration that changes one of these tables disarms, changes and rearms: SQLite cannot rebuild a guarded
table.
"""

from typing import Any

# What makes a row itself: REPLACE deletes, silently, whatever shares one of these with the new row.
IDENTITY = {
    "ledger_entry": (["id"], ["key"], ["reverses_id"]),
    "ledger_posting": (["id"],),
    "ledger_cost": (["id"],),
    "ledger_costend": (["cost_id"],),
    "ledger_monthclose": (["month"],),
    "ledger_rate": (["id"], ["currency", "on"]),
}


def _append_only(table: str) -> dict[str, str]:
    """SQLite leaves NEW.rowid at -1 before an insert that does not name it, so no row may ever be there."""
    exists = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE {_alike(columns)})"  # noqa: S608 (all are ours)
        for columns in (["rowid"], *IDENTITY[table])
    )
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append only: correct it with a new row'); END"
    return {
        f"{table}_is_never_updated": f"BEFORE UPDATE ON {table} {refuse}",
        f"{table}_is_never_deleted": f"BEFORE DELETE ON {table} {refuse}",
        f"{table}_is_never_replaced": f"BEFORE INSERT ON {table} WHEN {exists} {refuse}",
        f"{table}_is_numbered": f"AFTER INSERT ON {table} WHEN NEW.rowid < 1 {refuse}",
    }


def _alike(columns: list[str]) -> str:
    return " AND ".join(f'"{column}" = NEW."{column}"' for column in columns)


SQLITE = {
    **{name: body for table in IDENTITY for name, body in _append_only(table).items()},
    "ledger_posting_is_whole": """
        BEFORE INSERT ON ledger_posting WHEN typeof(NEW.amount_minor) <> 'integer'
        BEGIN SELECT RAISE(ABORT, 'an amount is whole minor units'); END""",
    "ledger_posting_is_in_time": """
        BEFORE INSERT ON ledger_posting WHEN EXISTS (SELECT 1 FROM ledger_entry WHERE id = NEW.entry_id)
        BEGIN SELECT RAISE(ABORT, 'the entry is sealed: nothing can be posted into it'); END""",
    "ledger_rate_is_in_time": """
        BEFORE INSERT ON ledger_rate
        WHEN NEW."on" < (SELECT date(max(month), '+1 month') FROM ledger_monthclose)
        BEGIN SELECT RAISE(ABORT, 'the month is closed: what it came to stands'); END""",
    "ledger_entry_seals": """
        BEFORE INSERT ON ledger_entry BEGIN
            SELECT RAISE(ABORT, 'an entry is dated on a day') WHERE date(NEW."on") IS NOT NEW."on";
            SELECT RAISE(ABORT, 'the month is closed: date the entry on a day after it')
                WHERE NEW."on" < (SELECT date(max(month), '+1 month') FROM ledger_monthclose);
            SELECT RAISE(ABORT, 'an entry has the postings it counts')
                WHERE NEW.posting_count <> (SELECT count(*) FROM ledger_posting WHERE entry_id = NEW.id);
            SELECT RAISE(ABORT, 'an entry sums to zero in every currency') WHERE EXISTS (
                SELECT 1 FROM ledger_posting WHERE entry_id = NEW.id
                GROUP BY currency HAVING sum(amount_minor) <> 0);
            SELECT RAISE(ABORT, 'postings bear the date of their entry') WHERE EXISTS (
                SELECT 1 FROM ledger_posting WHERE entry_id = NEW.id AND "on" <> NEW."on");
        END""",
}

# Signature → body. The last runs at commit, when an entry sealed meanwhile by another connection is in sight.
FUNCTIONS = {
    "ledger_refuse() RETURNS trigger": """
BEGIN
    RAISE EXCEPTION '% is append only: correct it with a new row', TG_TABLE_NAME USING ERRCODE = '23000';
END""",
    "ledger_weigh(seal ledger_entry) RETURNS void": """
BEGIN
    IF seal.posting_count IS DISTINCT FROM (SELECT count(*) FROM ledger_posting WHERE entry_id = seal.id) THEN
        RAISE EXCEPTION 'an entry has the postings it counts' USING ERRCODE = '23000';
    END IF;
    IF EXISTS (SELECT 1 FROM ledger_posting WHERE entry_id = seal.id
               GROUP BY currency HAVING sum(amount_minor) <> 0) THEN
        RAISE EXCEPTION 'an entry sums to zero in every currency' USING ERRCODE = '23000';
    END IF;
    IF EXISTS (SELECT 1 FROM ledger_posting WHERE entry_id = seal.id AND "on" <> seal."on") THEN
        RAISE EXCEPTION 'postings bear the date of their entry' USING ERRCODE = '23000';
    END IF;
END""",
    "ledger_seal() RETURNS trigger": """
BEGIN
    IF NEW."on" < (SELECT max(month) + interval '1 month' FROM ledger_monthclose) THEN
        RAISE EXCEPTION 'the month is closed: date the entry on a day after it' USING ERRCODE = '23000';
    END IF;
    PERFORM ledger_weigh(NEW);
    RETURN NEW;
END""",
    "ledger_refuse_late() RETURNS trigger": """
BEGIN
    IF EXISTS (SELECT 1 FROM ledger_entry WHERE id = NEW.entry_id) THEN
        RAISE EXCEPTION 'the entry is sealed: nothing can be posted into it' USING ERRCODE = '23000';
    END IF;
    RETURN NEW;
END""",
    "ledger_refuse_old_rate() RETURNS trigger": """
BEGIN
    IF NEW."on" < (SELECT max(month) + interval '1 month' FROM ledger_monthclose) THEN
        RAISE EXCEPTION 'the month is closed: what it came to stands' USING ERRCODE = '23000';
    END IF;
    RETURN NEW;
END""",
    "ledger_weigh_again() RETURNS trigger": """
DECLARE seal ledger_entry;
BEGIN
    SELECT * INTO seal FROM ledger_entry WHERE id = NEW.entry_id;
    PERFORM ledger_weigh(seal);
    RETURN NULL;
END""",
}

POSTGRESQL = {
    **{
        f"{table}_is_append_only": f"BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()"
        for table in IDENTITY
    },
    "ledger_posting_is_in_time": "BEFORE INSERT ON ledger_posting FOR EACH ROW EXECUTE FUNCTION ledger_refuse_late()",
    "ledger_entry_seals": "BEFORE INSERT ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_seal()",
    "ledger_rate_is_in_time": "BEFORE INSERT ON ledger_rate FOR EACH ROW EXECUTE FUNCTION ledger_refuse_old_rate()",
    "ledger_posting_is_weighed_at_commit": "AFTER INSERT ON ledger_posting DEFERRABLE INITIALLY DEFERRED "
    "FOR EACH ROW EXECUTE FUNCTION ledger_weigh_again()",
}


def arm(apps: Any, schema_editor: Any) -> None:
    """A migration's step: from here on the database refuses."""
    if schema_editor.connection.vendor == "postgresql":
        for signature, body in FUNCTIONS.items():
            schema_editor.execute(f"CREATE FUNCTION {signature} LANGUAGE plpgsql AS $${body}$$", params=None)
    for statement in _triggers(schema_editor.connection.vendor).values():
        schema_editor.execute(statement, params=None)


def disarm(apps: Any, schema_editor: Any) -> None:
    """A migration's step: only between here and `arm` may the tables be rebuilt. Harmless where nothing stands yet."""
    if schema_editor.connection.vendor == "postgresql":
        for signature in reversed(FUNCTIONS):
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {signature.split('(')[0]} CASCADE", params=None)
    else:
        for name in SQLITE:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}", params=None)


def missing(connection: Any) -> list[str]:
    """What should stand guard and does not: dropped, switched off or altered."""
    with connection.cursor() as cursor:
        return sorted(_missing_in_sqlite(cursor) if connection.vendor == "sqlite" else _missing_in_postgresql(cursor))


def _missing_in_sqlite(cursor: Any) -> set[str]:
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {name for name, _ in _triggers("sqlite").items() - set(cursor.fetchall())}


def _missing_in_postgresql(cursor: Any) -> set[str]:
    cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')")
    triggers = POSTGRESQL.keys() - {name for (name,) in cursor.fetchall()}
    cursor.execute("SELECT proname, prosrc FROM pg_proc WHERE proname LIKE 'ledger_%'")
    bodies = {(signature.split("(")[0], body) for signature, body in FUNCTIONS.items()}
    return triggers | {name for name, _ in bodies - set(cursor.fetchall())}


def _triggers(vendor: str) -> dict[str, str]:
    if vendor == "sqlite":
        return {name: f"CREATE TRIGGER {name} {body}" for name, body in SQLITE.items()}
    return {
        name: f"CREATE {'CONSTRAINT ' if 'DEFERRABLE' in body else ''}TRIGGER {name} {body}"
        for name, body in POSTGRESQL.items()
    }
