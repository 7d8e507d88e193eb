"""A bank with one account, the newsroom's: a form by which anybody transfers, and the account's statement."""

from __future__ import annotations

import html
from datetime import UTC, datetime
from typing import Any

from tamizdat.money import Money, parse_amount
from tamizdat.sandbox.bank import statement
from tamizdat.sandbox.company import other_side
from tamizdat.sandbox.company.door import PAGE_HEADERS, Answer, Request
from tamizdat.sandbox.company.page import page
from tamizdat.sandbox.company.refusal import Refused
from tamizdat.sandbox.company.store import Store, Thing

IBAN = "XX48TAMIZDAT00000001"  # XX is no country
FORM = """<form method=post action=/transfer>
<p><label>To, IBAN <input name=iban required></label></p>
<p><label>Amount <input name=amount inputmode=decimal required></label></p>
<p><label>Reference <input name=text></label></p>
<p><label>Your name <input name=payer value="A Reader"></label></p>
<button>Transfer</button></form>
<form method=post action=/transfer><input type=hidden name=iban value=back>
<h2>Out of the account</h2><p><label>Amount <input name=amount inputmode=decimal required></label></p>
<p><label>Reference <input name=text></label></p><button>Transfer back</button></form>"""


def move(store: Store, minor: int, text: str, *, payer: str = "A Reader", structured: bool = False) -> Thing:
    """Book a transfer: positive when it came to the account."""
    if not minor:
        raise Refused(422, "A transfer of nothing.")
    return store.add("row", "row", minor=minor, text=text[:280], payer=payer[:140], structured=structured)


class Bank:
    """`currency` is the account's."""

    def __init__(self, store: Store, *, currency: str = "EUR") -> None:
        self.store, self.currency = store, currency

    def answer(self, request: Request) -> Answer:
        """A page, the statement, or the sandbox's own door."""
        try:
            with self.store.work():
                if request.path.startswith("/sandbox/"):
                    return Answer(200, self._act(request))
                if request.path == "/statement.xml":
                    raw = self.statement(after=int(request.asked().get("after", "0")))
                    headers = {
                        "Content-Type": "application/xml",
                        "Content-Disposition": 'attachment; filename="statement.xml"',
                    }
                    return Answer(200, raw.decode(), headers)
                if (request.method, request.path) == ("POST", "/transfer"):
                    self._transfer(request.form())
                    return Answer(303, "", {**PAGE_HEADERS, "Location": "/"})
                return Answer(200, self._page(), PAGE_HEADERS)
        except (Refused, ValueError) as no:
            said = html.escape(getattr(no, "message", str(no)))
            return Answer(getattr(no, "status", 422), page("Not possible", f"<p>{said}</p>"), PAGE_HEADERS)

    def catch_up(self) -> None:
        """Nothing falls due at a bank."""

    def statement(self, after: int = 0) -> bytes:
        """The account's rows from the `after`th on, oldest first."""
        rows = self.store.find("row")[::-1]
        before = sum(row["minor"] for row in rows[:after])
        return statement.written(IBAN, self.currency, before, rows[after:])

    def _transfer(self, said: dict[str, str]) -> None:
        amount = parse_amount(said["amount"], self.currency)
        is_back, iban = said["iban"] == "back", "".join(said["iban"].split()).upper()
        if not is_back and iban != IBAN:
            raise Refused(404, f"There is no account {said['iban']} here; there is {IBAN}.")
        move(self.store, -amount.minor if is_back else amount.minor, said["text"], payer=said.get("payer", ""))

    def _page(self) -> str:
        rows = "".join(
            f"<li>{datetime.fromtimestamp(row['created'], UTC):%Y-%m-%d}: {Money(row['minor'], self.currency)} "
            f"{html.escape(row['payer'])} <code>{html.escape(row['text'])}</code></li>"
            for row in self.store.find("row")
        )
        account = f"<p>The account: <code>{IBAN}</code></p><p><a href=/statement.xml>Its statement (CAMT.053)</a></p>"
        return page("The make-believe bank", f"{account}{FORM}<h2>Booked</h2><ul>{rows}</ul>")

    def _act(self, request: Request) -> Any:
        return other_side.act(self.store, request, {}, self.catch_up)
