"""Finding a gift by a piece of what a company calls it: people copy half a reference, or the end of one."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from tamizdat.support.models import Contribution, Name

PIECE = 3  # the fewest letters that are looked for within a name
LATEST = 500
MATCHING = (
    "SELECT support_name.id FROM support_name_pieces JOIN support_name ON support_name.id = support_name_pieces.rowid "
    "WHERE support_name_pieces MATCH %s ORDER BY support_name_pieces.rowid DESC LIMIT %s"
)


def note(contribution: Contribution, text: str) -> None:
    """The company calls it that. Safe twice."""
    Name.objects.bulk_create([Name(contribution=contribution, text=text)], ignore_conflicts=True)


def gifts_with(piece: str) -> list[UUID]:
    """The gifts of which a name holds that piece, in capitals or not; of very many, those named last.

    A piece of less than three letters is a whole name.
    """
    if len(piece) < PIECE:
        found = Name.objects.filter(text=piece)
    elif connection.vendor == "sqlite":
        found = Name.objects.filter(pk__in=_matching(piece))
    else:
        found = Name.objects.filter(text__icontains=piece)
    return list(found.order_by("-pk").values_list("contribution", flat=True)[:LATEST])


def _matching(piece: str) -> list[int]:
    quoted = '"' + piece.replace('"', '""') + '"'
    with connection.cursor() as cursor:
        cursor.execute(MATCHING, [quoted, LATEST])
        return [pk for (pk,) in cursor.fetchall()]
