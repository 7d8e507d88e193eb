"""A statement is read however a bank writes it; what is no statement is refused in words, and never half taken."""

import io
import random
import re
import zipfile
from uuid import UUID

import pytest

from tamizdat.money import Money
from tamizdat.providers.bank_transfer import camt
from tamizdat.providers.bank_transfer.account import Account
from tamizdat.providers.brought import references
from tamizdat.sandbox.bank.statement import written
from tamizdat.support.rules.statements import BadStatement
from tests.guide import DOCS
from tests.soak import SEED, record, tries

IBAN = "DE89370400440532013000"
OURS = Account(holder="The Test Gazette", iban=IBAN, currency="EUR")
GIFT = references.of_gift(UUID(int=7))


def statement(entries: str, version: str = "02", account: str = f"<IBAN>{IBAN}</IBAN>", balances: str = "") -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}">'
        f"<BkToCstmrStmt><GrpHdr/><Stmt><Acct><Id>{account}</Id></Acct>{balances}{entries}</Stmt></BkToCstmrStmt>"
        "</Document>"
    ).encode()


def entry(inner="", *, amount="5.00", direction="CRDT", status="BOOK", day="<BookgDt><Dt>2026-11-20</Dt></BookgDt>"):
    return (
        f'<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd><Sts>{status}</Sts>{day}{inner}</Ntry>'
    )


def details(text, *, name="<Dbtr><Nm>Ada</Nm></Dbtr>"):
    said = f"<RltdPties>{name}</RltdPties><RmtInf><Ustrd>{text}</Ustrd></RmtInf>"
    return f"<NtryDtls><TxDtls>{said}</TxDtls></NtryDtls>"


def read(*entries, **how):
    return camt.movements(statement("".join(entries), **how), OURS)


@pytest.mark.parametrize("version", ["02", "04", "08", "13"])
def test_any_version_is_read(version):
    status = "BOOK" if version == "02" else "<Cd>BOOK</Cd>"
    (row,) = read(entry(details(references.written(GIFT)), status=status), version=version)
    assert (row.amount, row.ref, row.payer) == (Money(500, "EUR"), GIFT, "Ada")
    assert f"{row.at:%Y-%m-%d}" == "2026-11-20"


@pytest.mark.parametrize(
    "inner",
    [
        details(f"Gift {GIFT}"),
        details(f"{GIFT[:9]}</Ustrd><Ustrd>{GIFT[9:]}"),
        f"<NtryDtls><TxDtls><RmtInf><Strd><CdtrRefInf><Ref>{GIFT}</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls>",
        f"<NtryDtls><TxDtls><Refs><EndToEndId>{GIFT}</EndToEndId></Refs></TxDtls></NtryDtls>",
        f"<AddtlNtryInf>SEPA credit {GIFT} Ada</AddtlNtryInf>",
    ],
)
def test_the_reference_is_found_wherever_it_stands(inner):
    assert [row.ref for row in read(entry(inner))] == [GIFT]


def test_the_payers_name_is_read_where_newer_versions_have_it():
    (row,) = read(entry(details("x", name="<Dbtr><Pty><Nm>Ada</Nm></Pty></Dbtr>")))
    assert row.payer == "Ada"


def test_whom_we_pay_is_not_read():
    (row,) = read(entry(details("rent", name="<Cdtr><Nm>Landlord</Nm></Cdtr>"), direction="DBIT"))
    assert (row.amount, row.payer) == (Money(-500, "EUR"), "")


def test_what_is_only_expected_is_passed_over():
    assert read(entry(details(GIFT), status="PDNG")) == []


def test_a_batch_is_taken_apart_where_the_bank_says_how_it_divides():
    parts = "".join(
        f'<TxDtls><Amt Ccy="EUR">{amount}</Amt><RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls>'
        for amount, text in (("2.00", GIFT), ("3.00", "other"))
    )
    rows = read(entry(f"<NtryDtls>{parts}</NtryDtls>"))
    assert [(row.amount.minor, row.ref) for row in rows] == [(200, GIFT), (300, "")]


def test_a_batch_of_which_the_parts_are_not_told_is_one_row_that_a_person_places():
    other = references.of_gift(UUID(int=8))
    parts = "".join(f"<TxDtls><RmtInf><Ustrd>{ref}</Ustrd></RmtInf></TxDtls>" for ref in (GIFT, other))
    assert [(row.amount.minor, row.ref) for row in read(entry(f"<NtryDtls>{parts}</NtryDtls>"))] == [(500, "")]


def test_the_same_row_in_another_file_is_the_same_and_two_alike_in_one_are_two():
    with_reference = entry(f"<AcctSvcrRef>B1</AcctSvcrRef>{details('x')}")
    reworded = entry(f"<AcctSvcrRef>B1</AcctSvcrRef>{details('x y')}")
    assert read(with_reference)[0].id == read(entry(details("other")), reworded)[1].id
    assert read(entry(details(f"Gift {GIFT}")))[0].id == read(entry(details(references.written(GIFT))))[0].id
    twice = read(entry(details("x")), entry(details("x")))
    assert len({row.id for row in twice}) == 2
    assert [row.id for row in twice] == [row.id for row in read(entry(details("x")), entry(details("x")))]


def zipped(*files):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as bundle:
        for number, raw in enumerate(files):
            bundle.writestr(f"day {number}.XML", raw)
        bundle.writestr("read me.txt", "not a statement")
    return written.getvalue()


def test_several_days_come_in_a_zip_beside_other_accounts():
    days = [
        statement(
            entry(
                details(
                    GIFT,
                ),
                day=f"<BookgDt><Dt>2026-11-{day}</Dt></BookgDt>",
            )
        )
        for day in (20, 21)
    ]
    other = statement(entry(details("theirs")), account="<IBAN>DE02120300000000202051</IBAN>")
    rows = camt.movements(zipped(*days, other), OURS)
    assert [(f"{row.at:%d}", row.ref) for row in rows] == [("20", GIFT), ("21", GIFT)]
    assert rows == [row for day in days for row in camt.movements(day, OURS)]


def test_a_zip_that_swells_is_not_opened():
    with pytest.raises(BadStatement, match="more than 20 MB"):
        camt.movements(zipped(b" " * (camt.LARGEST + 1)), OURS)


BALANCES = "".join(
    f'<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{held}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>'
    for kind, held in (("OPBD", "10.00"), ("CLBD", "15.00"))
)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "It is no whole XML file"),
        (b"<Document>", "It is no whole XML file"),
        (b"PK\x03\x04", "It is no whole ZIP file"),
        (zipped(), "It is no CAMT.053 file"),
        (b"<html><body>Log in</body></html>", "It is no CAMT.053 file"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "It is no whole XML file"),
        (statement("", account="<IBAN>DE02120300000000202051</IBAN>"), "It is about the account DE0212"),
        (statement(entry(amount="5,00")), "“5,00” is no amount"),
        (statement(entry(amount="NaN")), "“NaN” is no amount"),
        (statement(entry(amount="-5")), "“-5” is no amount"),
        (statement(entry(amount="5.001")), "5.001 is no whole amount of EUR"),
        (statement(entry(direction="IN")), "does not say whether it came or went"),
        (statement(entry(day="")), "“” is no day"),
        (statement(entry(day="<BookgDt><Dt>20.11.2026</Dt></BookgDt>")), "“20.11.2026” is no day"),
        (statement(entry().replace("EUR", "CHF")), "It is not all in EUR"),
        (statement(entry(amount="4.00"), balances=BALANCES), "Its rows come to 4.00, its balances differ by 5.00"),
        (b" " * (camt.LARGEST + 1), "It has more than 20 MB"),
    ],
)
def test_what_is_no_statement_of_ours_is_refused_in_words(raw, words):
    with pytest.raises(BadStatement, match=re.escape(words)):
        camt.movements(raw, OURS)


@pytest.mark.parametrize(
    "words",
    [
        "It is no CAMT.053 file", "It is about the account …", "Its rows come to …, its balances differ by …",
        "It is not all in EUR", "It has more than 20 MB",
    ],
)  # fmt: skip
def test_the_guide_says_what_to_do_about_it(words):
    assert f"| {words} |" in (DOCS / "bank_transfer.md").read_text("utf-8")


def test_whatever_is_done_to_a_file_it_is_read_or_refused():
    """Bytes turned, cut, doubled, tags left out: rows or BadStatement, nothing else."""
    dice, told = random.Random(SEED), {"read": 0, "refused": 0}
    rows = [{"id": f"b{n}", "minor": 500 + n, "text": GIFT, "payer": "A", "structured": n % 2, "created": n * 90_000}
            for n in range(5)]  # fmt: skip
    whole = written(IBAN, "EUR", 0, rows)
    bundle = zipped(whole)
    n = tries(soak=20_000, test=1_000)
    for _ in range(n):
        try:
            found = camt.movements(spoilt(dice.choice([whole, bundle]), dice), OURS)
        except BadStatement as error:
            told["refused"] += 1
            assert str(error).endswith((".", "?"))
        else:
            told["read"] += 1
            assert all(row.amount and len(row.id) == 40 for row in found)
    record("spoilt statements", n=n, seed=SEED, **told)
    assert min(told.values()) > n / 50


def spoilt(raw, dice):
    at, to = sorted(dice.randrange(len(raw)) for _ in range(2))
    return dice.choice([
        raw[:at] + bytes([dice.randrange(256)]) + raw[at + 1 :], raw[:at], raw[:at] + raw[to:],
        raw[:to] + raw[at:], raw.replace(b"500.", b"5e9", 1), raw[:at] + raw[at : at + 1].swapcase() + raw[at + 1 :],
    ])  # fmt: skip
