"""The European Central Bank's files of reference rates, as anybody can download them: CSV, bare or in a ZIP.

Source of the form: ecb.europa.eu, “Euro foreign exchange reference rates”, eurofxref.zip (the last day) and
eurofxref-hist.zip (every day since 1999).
"""

from __future__ import annotations

import csv
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from io import BytesIO, StringIO
from zipfile import BadZipFile, ZipFile

from tamizdat.ledger.rules.rates import BadRates, Rate
from tamizdat.money import EXPONENTS

LARGEST = 20_000_000
BRING = "bring eurofxref.zip or eurofxref-hist.zip of the European Central Bank"
DAYS = ("%Y-%m-%d", "%d %B %Y")
MOST_DIGITS = 20


def read(raw: bytes) -> list[Rate]:
    """Every rate in the file of a currency that can be given. Raises BadRates."""
    rows = csv.reader(StringIO(_text(raw)), skipinitialspace=True)
    try:
        head = [name.strip() for name in next(rows, [])]
        if head[:1] != ["Date"]:
            raise BadRates(f"file: it does not begin with “Date”; {BRING}")
        return [rate for row in rows if row for rate in _rates(head, row)]
    except csv.Error as error:
        raise BadRates(f"file: it is no CSV file ({error}); {BRING}") from None


def _rates(head: list[str], row: list[str]) -> Iterator[Rate]:
    on = _day(row[0])
    for currency, text in zip(head[1:], row[1:], strict=False):
        if currency in EXPONENTS and text.strip() not in ("", "N/A"):
            yield Rate(currency, on, _rate(currency, on, text.strip()))


def _day(text: str) -> date:
    for form in DAYS:
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 (a day, nowhere)
        except ValueError:
            continue
    raise BadRates(f"file: “{text[:30]}” is no day; {BRING}")


def _rate(currency: str, on: date, text: str) -> Decimal:
    try:
        rate = Decimal(text)
    except InvalidOperation:
        rate = Decimal(0)
    if not rate.is_finite() or rate <= 0 or len(text) > MOST_DIGITS:
        raise BadRates(f"file: “{text[:30]}” is no rate of {currency} on {on}; {BRING}")
    return rate


def _text(raw: bytes) -> str:
    if len(raw) > LARGEST:  # cut off, its last rate would be another one
        raise BadRates(f"file: it has more than 20 MB; {BRING}")
    try:
        return (_unpacked(raw) if raw.startswith(b"PK") else raw).decode("utf-8-sig")
    except (BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError):
        raise BadRates("file: it is no whole ZIP file; download it again") from None
    except UnicodeDecodeError:
        raise BadRates(f"file: it is not text; {BRING}") from None


def _unpacked(raw: bytes) -> bytes:
    with ZipFile(BytesIO(raw)) as bundle:
        inside = [one for one in bundle.infolist() if one.filename.lower().endswith(".csv")]
        if len(inside) != 1 or inside[0].file_size > LARGEST:
            raise BadRates(f"file: there is no single CSV file in it; {BRING}")
        return bundle.read(inside[0])
