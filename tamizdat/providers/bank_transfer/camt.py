"""A bank's statement of an account, CAMT.053 of any version: what came and what left.

Source of the form: ISO 20022, BankToCustomerStatement (camt.053.001.02 to .13).
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.timezone import get_default_timezone

from tamizdat.money import EXPONENTS, Money
from tamizdat.providers.bank_transfer.account import Account
from tamizdat.providers.brought import references
from tamizdat.support.rules.statements import BadStatement, Movement

LARGEST = 20_000_000
TOO_LARGE = "It has more than 20 MB: export fewer days at a time."
LONGEST_PAYER, LONGEST_TEXT = 140, 280
NOT_GIVEN = frozenset({"", "NOTPROVIDED", "NONREF"})
# Where a reference may stand, and what else a payer wrote.
TEXTS = (
    "RmtInf/Strd/CdtrRefInf/Ref", "RmtInf/Ustrd", "RmtInf/Strd/AddtlRmtInf", "Refs/EndToEndId", "AddtlTxInf",
)  # fmt: skip


def movements(raw: bytes, ours: Account) -> list[Movement]:
    """The booked rows of our account, of one file or of all in a ZIP, as banks hand out several days.

    Raises BadStatement.
    """
    files = [list(_root(one).iterfind(_at("BkToCstmrStmt/Stmt"))) for one in _files(raw)]
    about = {_account(one) for statements in files for one in statements}
    if not about:
        raise BadStatement("It is no CAMT.053 file: export the account's statement in that format, as XML.")
    if ours.iban not in about:
        raise BadStatement(f"It is about the account {', '.join(sorted(about)) or '?'}, and gifts come to {ours.iban}.")
    return [found for statements in files for found in _rows(statements, ours)]


def _files(raw: bytes) -> list[bytes]:
    if len(raw) > LARGEST:
        raise BadStatement(TOO_LARGE)
    if not raw.startswith(b"PK"):
        return [raw]
    try:
        with ZipFile(BytesIO(raw)) as bundle:
            inside = [one for one in bundle.infolist() if one.filename.lower().endswith(".xml")]
            if sum(one.file_size for one in inside) > LARGEST:
                raise BadStatement(TOO_LARGE)
            return [bundle.read(one) for one in inside]
    except (BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, struct.error) as error:
        if isinstance(error, BadStatement):
            raise
        raise BadStatement(f"It is no whole ZIP file ({type(error).__name__}): download it again.") from None


def _root(raw: bytes) -> Element:
    try:
        return fromstring(raw, forbid_dtd=True)  # type: ignore[no-any-return]
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as error:
        raise BadStatement(f"It is no whole XML file ({type(error).__name__}): download it again.") from None


def _rows(statements: list[Element], ours: Account) -> Iterator[Movement]:
    """Of one file, in which two rows alike are two."""
    seen: Counter[str] = Counter()
    for one in statements:
        if _account(one) == ours.iban:
            yield from _movements(one, ours, seen)


def _movements(statement: Element, ours: Account, seen: Counter[str]) -> Iterator[Movement]:
    total = Decimal(0)
    for entry in statement.iterfind(_at("Ntry")):
        if (_text(entry, "Sts") or _text(entry, "Sts/Cd")) != "BOOK":
            continue
        total += _signed(entry, ours)
        for detail, amount in _parts(entry, ours):
            if amount:
                yield _movement(entry, detail, _minor(amount, ours), seen)
    _weigh(statement, total, ours)


def _parts(entry: Element, ours: Account) -> list[tuple[Element, Decimal]]:
    """A batch of payments, each with its amount; or the entry as one, where the bank does not say how it divides."""
    whole = _signed(entry, ours)
    details = list(entry.iterfind(_at("NtryDtls/TxDtls")))
    if len(details) > 1:
        amounts = [_amount_within(one, whole, ours) for one in details]
        if sum(amounts) == whole:
            return list(zip(details, amounts, strict=True))
    return [(details[0] if len(details) == 1 else entry, whole)]


def _amount_within(detail: Element, whole: Decimal, ours: Account) -> Decimal:
    for path in ("Amt", "AmtDtls/TxAmt/Amt"):
        found = detail.find(_at(path))
        if found is not None and found.get("Ccy") == ours.currency:
            said = _decimal(found.text)
            direction = _text(detail, "CdtDbtInd") or ("DBIT" if whole < 0 else "CRDT")
            return -said if direction == "DBIT" else said
    return Decimal(0)


def _movement(entry: Element, detail: Element, amount: Money, seen: Counter[str]) -> Movement:
    texts = [one.text.strip() for path in TEXTS for one in detail.iterfind(f".//{_at(path)}") if one.text]
    texts += [text] if (text := _text(entry, "AddtlNtryInf")) and not texts else []
    ref, refund = _named(texts)
    payer = _text(detail, ".//RltdPties/Dbtr/Nm") or _text(detail, ".//RltdPties/Dbtr/Pty/Nm")
    payer = payer if amount.minor > 0 else ""  # whom we pay is nobody's business here
    said = " ".join(text for text in texts if text not in NOT_GIVEN)
    day = _day(entry)
    return Movement(
        id=_id(f"{day} {amount} {_banks_reference(entry, detail) or refund or ref or said}", seen),
        amount=amount,
        at=datetime.combine(day, time(12), get_default_timezone()),
        ref=ref,
        refund=refund,
        payer=payer[:LONGEST_PAYER],
        text=said[:LONGEST_TEXT],
    )


def _named(texts: list[str]) -> tuple[str, str]:
    """The gift that one of the texts names, or all of them together: banks cut long ones into lines. Two are none."""
    named = {found for text in texts if (found := references.find(text))[0]}
    if len(named) > 1:
        return "", ""
    return named.pop() if named else references.find(" ".join(texts))


def _id(alike: str, seen: Counter[str]) -> str:
    """The same for the same row in whichever file it comes: by the bank's own name for it, else by our reference, else
    by what it says, for banks word one row in two ways. Two rows alike in one file are two."""
    seen[alike] += 1
    return hashlib.sha256(f"{alike} {seen[alike]}".encode()).hexdigest()[:40]


def _banks_reference(entry: Element, detail: Element) -> str:
    called = (_text(detail, "Refs/AcctSvcrRef"), _text(entry, "AcctSvcrRef"), _text(detail, "Refs/TxId"))
    return " ".join(one for one in called if one not in NOT_GIVEN)


def _weigh(statement: Element, total: Decimal, ours: Account) -> None:
    """The rows must lead from the first balance to the last, where the bank says both."""
    held = {(_text(one, "Tp/CdOrPrtry/Cd")): _signed(one, ours) for one in statement.iterfind(_at("Bal"))}
    first, last = held.get("OPBD", held.get("PRCD")), held.get("CLBD")
    if first is not None and last is not None and first + total != last:
        raise BadStatement(
            f"Its rows come to {total}, its balances differ by {last - first}: something is missing. Download it again."
        )


def _account(statement: Element) -> str:
    said = _text(statement, "Acct/Id/IBAN") or _text(statement, "Acct/Id/Othr/Id")
    return "".join(said.split()).upper()


def _signed(node: Element, ours: Account) -> Decimal:
    amount = node.find(_at("Amt"))
    if amount is None or amount.get("Ccy", ours.currency) != ours.currency:
        raise BadStatement(f"It is not all in {ours.currency}, as keys/bank_transfer.toml says of the account.")
    said = _decimal(amount.text)
    direction = _text(node, "CdtDbtInd")
    if direction not in ("CRDT", "DBIT"):
        raise BadStatement("A row does not say whether it came or went (CdtDbtInd): download it again.")
    return -said if direction == "DBIT" else said


def _decimal(text: str | None) -> Decimal:
    try:
        said = Decimal((text or "").strip())
    except InvalidOperation:
        said = Decimal("NaN")
    if not said.is_finite() or said < 0 or said > 10**13:
        raise BadStatement(f"“{(text or '').strip()[:30]}” is no amount: download the file again.")
    return said


def _minor(amount: Decimal, ours: Account) -> Money:
    minor = amount.scaleb(EXPONENTS[ours.currency])
    if minor != int(minor):
        raise BadStatement(
            f"{amount} is no whole amount of {ours.currency}: is currency in keys/bank_transfer.toml right?"
        )
    return Money(int(minor), ours.currency)


def _day(entry: Element) -> date:
    said = next(
        (text for path in ("BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm") if (text := _text(entry, path))), ""
    )
    try:
        return date.fromisoformat(said[:10])
    except ValueError:
        raise BadStatement(f"“{said[:30]}” is no day: download the file again.") from None


def _text(node: Element, path: str) -> str:
    return (node.findtext(_at(path)) or "").strip()


def _at(path: str) -> str:
    """In whichever version's namespace."""
    return "/".join(part if part in (".", "") else f"{{*}}{part}" for part in path.split("/"))
