"""An event is trusted when the company signed these very bytes within the last five minutes."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tamizdat.providers.practice.provider import Practice
from tamizdat.sandbox.company.signing import signature
from tamizdat.support.rules.contract import BadSignature, Notice

KEY = "5ca1ab1e" * 8
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
BODY = json.dumps({"id": "event_1", "kind": "charge.made", "ref": "order_1", "created": "…"}).encode()
provider = Practice("http://127.0.0.1:9", KEY)


def signed(raw: bytes, *, age: int = 0, key: str = KEY) -> dict[str, str]:
    at = NOW - timedelta(seconds=age)
    return {"Practice-Signature": signature(key, raw, at=int(at.timestamp()))}


def verify(headers, raw=BODY):
    return provider.verify(headers, raw, NOW)


def test_a_fresh_event_is_a_notice():
    assert verify(signed(BODY)) == [Notice(event_id="event_1", kind="charge.made", ref="order_1")]


def test_the_name_of_the_header_may_be_written_in_any_case():
    assert verify({"practice-SIGNATURE": signed(BODY)["Practice-Signature"]})


@pytest.mark.parametrize("age", [300, -60])
def test_clocks_may_differ_a_little(age):
    assert verify(signed(BODY, age=age))


@pytest.mark.parametrize("age", [301, -61, -86_400, 10**9])
def test_an_event_from_another_time_is_refused(age):
    with pytest.raises(BadSignature, match="seconds ago"):
        verify(signed(BODY, age=age))


def test_a_signature_with_another_secret_is_refused():
    with pytest.raises(BadSignature, match="does not fit"):
        verify(signed(BODY, key="guessed"))


def test_the_time_is_signed_too():
    stale = signed(BODY, age=4000)["Practice-Signature"].partition(",")[2]
    with pytest.raises(BadSignature):
        verify({"Practice-Signature": f"t={int(NOW.timestamp())},{stale}"})


def test_the_same_facts_written_differently_are_refused():
    with pytest.raises(BadSignature):
        verify(signed(BODY), json.dumps(json.loads(BODY), separators=(",", ":")).encode())


def test_a_huge_body_is_refused_even_when_it_is_signed():
    huge = json.dumps({"id": "e", "kind": "k", "ref": "r", "more": "x" * 64 * 1024}).encode()
    with pytest.raises(BadSignature, match="bytes"):
        verify(signed(huge), huge)


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda header: "",
        lambda header: header.upper(),
        lambda header: header.replace("t=", "t=-"),
        lambda header: header.replace("t=", "t= "),
        lambda header: header.replace("t=", "t=٣"),
        lambda header: header + "\n",
        lambda header: header.replace("v1=", "sha256="),
    ],
)
def test_a_header_of_another_shape_is_refused(rewrite):
    with pytest.raises(BadSignature):
        verify({"Practice-Signature": rewrite(signed(BODY)["Practice-Signature"])})


def test_the_signature_of_another_provider_is_refused():
    with pytest.raises(BadSignature):
        verify({"BTCPay-Sig": "sha256=" + "0" * 64, "Stripe-Signature": signed(BODY)["Practice-Signature"]})


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"hello",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'"id"',
        b"[" * 50_000,
        b'{"id": "e", "kind": "k"}',
        b'{"id": 1, "kind": "k", "ref": "r"}',
        b'{"id": "", "kind": "k", "ref": "r"}',
        b'{"id": "e", "kind": "k", "ref": ["r"]}',
        b'{"id": "e", "kind": "k", "ref": "' + b"r" * 101 + b'"}',
    ],
)
def test_a_signed_body_that_is_no_event_is_refused(raw):
    with pytest.raises(BadSignature):
        verify(signed(raw), raw)


@given(header=st.text(max_size=100), raw=st.binary(max_size=200), sign=st.booleans())
def test_no_event_raises_anything_but_bad_signature(header, raw, sign):
    try:
        verify(signed(raw) if sign else {"Practice-Signature": header}, raw)
    except BadSignature:
        return
    assert {"id", "kind", "ref"} <= json.loads(raw).keys()
