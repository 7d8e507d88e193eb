"""The company's pages: where a card is typed, and where a failed one is mended. Nothing real is asked for."""

from __future__ import annotations

import html
import re

from tamizdat.sandbox.company.door import PAGE_HEADERS, Answer, Request
from tamizdat.sandbox.company.page import page
from tamizdat.sandbox.company.store import Store, Thing
from tamizdat.sandbox.stripe import billing, portal, sessions, terms
from tamizdat.sandbox.stripe.parameters import refused


def answer(store: Store, request: Request) -> Answer:
    """Raises Refused."""
    found = re.fullmatch(r"/(pay|invoice|portal)/([A-Za-z0-9_]+)", request.path)
    thing = store.get(found[2]) if found else None
    if found is None or thing is None:
        raise refused("There is no such page.", status=404)
    if request.method == "POST":
        to = ACTS[found[1]](store, thing, request)
        if to:
            return Answer(303, "", {**PAGE_HEADERS, "Location": to})
        thing = store.get(thing["id"]) or thing
    return Answer(200, SHOWN[found[1]](thing), PAGE_HEADERS)


def _pay(store: Store, session: Thing, request: Request) -> str:
    said = request.form()
    if said.get("verdict") == "leave":
        return session["cancel_url"] or "/"
    if said.get("verdict") == "decline":
        sessions.decline(store, session)
        return ""
    sessions.pay(store, session, email=said.get("email", ""))
    return session["success_url"].replace("{CHECKOUT_SESSION_ID}", session["id"])


def _mend(store: Store, invoice: Thing, request: Request) -> str:
    billing.mend(store, invoice)
    return ""


def _change_card(store: Store, session: Thing, request: Request) -> str:
    portal.change_card(store, session)
    return session["return_url"] or ""


def _amount(thing: Thing, name: str) -> str:
    code, minor = thing["currency"], thing[name]
    exponent = 0 if code in terms.WITHOUT_DECIMALS else 3 if code in terms.WITH_THREE else 2
    return f"{minor / 10**exponent:,.{exponent}f} {code.upper()}"


def _checkout(session: Thing) -> str:
    every = session["_recurring"]["interval"] if session["_recurring"] else ""
    often = f" every {every}" if every else ""
    head = f"<p>{html.escape(session['_name'])}</p><p class=amount>{_amount(session, 'amount_total')}{often}</p>"
    if session["status"] != "open":
        return page("This page is closed", f"{head}<p>It is {session['status']}.</p>")
    return page(
        "Pay",
        f"""{head}<form method=post><p><label>E-mail<br><input name=email type=email autocomplete=email></label></p>
<button name=verdict value=pay>Pay</button><button name=verdict value=decline>Use a card that is declined</button>
<button name=verdict value=leave>Leave without paying</button></form>""",
    )


def _invoice(invoice: Thing) -> str:
    head = f"<p class=amount>{_amount(invoice, 'amount_due')}</p>"
    if invoice["status"] != "open":
        return page("Invoice", f"{head}<p>It is {invoice['status']}.</p>")
    return page("Your card was declined", f"{head}<form method=post><button>Pay by another card</button></form>")


def _portal(session: Thing) -> str:
    back = f'<p><a href="{html.escape(session["return_url"] or "/")}">Back</a></p>'
    return page("Your card", f"<form method=post><button>Use another card</button></form>{back}")


ACTS = {"pay": _pay, "invoice": _mend, "portal": _change_card}
SHOWN = {"pay": _checkout, "invoice": _invoice, "portal": _portal}
