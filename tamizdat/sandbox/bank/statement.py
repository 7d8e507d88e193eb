"""An account's statement as banks write it.

Source of the form: ISO 20022, BankToCustomerStatement (camt.053.001.08).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from tamizdat.money import Money
from tamizdat.sandbox.company.store import Thing

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"


def written(iban: str, currency: str, before: int, rows: Sequence[Thing]) -> bytes:
    """The statement of these rows, oldest first, with the balance `before` them and after; amounts in minor units."""
    after = before + sum(row["minor"] for row in rows)
    body = _balance("OPBD", Money(before, currency)) + _balance("CLBD", Money(after, currency))
    body += "".join(_entry(row, currency) for row in rows)
    account = f"<Acct><Id><IBAN>{iban}</IBAN></Id><Ccy>{currency}</Ccy></Acct>"
    statement = f"<Stmt><Id>{len(rows)}</Id>{account}{body}</Stmt>"
    head = "<GrpHdr><MsgId>sandbox</MsgId></GrpHdr>"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{NAMESPACE}"><BkToCstmrStmt>'
        f"{head}{statement}</BkToCstmrStmt></Document>\n"
    ).encode()


def _balance(kind: str, held: Money) -> str:
    return f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>{_amount(held)}</Bal>"


def _amount(money: Money) -> str:
    direction = "DBIT" if money.minor < 0 else "CRDT"
    size = Money(abs(money.minor), money.currency).decimal()
    return f'<Amt Ccy="{money.currency}">{size}</Amt><CdtDbtInd>{direction}</CdtDbtInd>'


def _entry(row: Thing, currency: str) -> str:
    day = f"<Dt>{datetime.fromtimestamp(row['created'], UTC):%Y-%m-%d}</Dt>"
    other = "Cdtr" if row["minor"] < 0 else "Dbtr"
    parties = f"<RltdPties><{other}><Pty><Nm>{escape(row['payer'])}</Nm></Pty></{other}></RltdPties>"
    if row["structured"]:
        said = f"<Strd><CdtrRefInf><Ref>{escape(row['text'])}</Ref></CdtrRefInf></Strd>"
    else:
        said = "".join(f"<Ustrd>{escape(row['text'][at : at + 140])}</Ustrd>" for at in range(0, len(row["text"]), 140))
    details = f"<Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>{parties}<RmtInf>{said}</RmtInf>"
    called = "" if row.get("_nameless") else f"<AcctSvcrRef>{row['id']}</AcctSvcrRef>"
    return (
        f"<Ntry>{_amount(Money(row['minor'], currency))}<Sts><Cd>BOOK</Cd></Sts><BookgDt>{day}</BookgDt>"
        f"<ValDt>{day}</ValDt>{called}"
        f"<NtryDtls><TxDtls>{details}</TxDtls></NtryDtls></Ntry>"
    )
