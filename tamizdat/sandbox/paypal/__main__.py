"""Opens a make-believe PayPal in its own process, with its own file."""

from __future__ import annotations

from tamizdat.sandbox.company import opening
from tamizdat.sandbox.company.store import Store
from tamizdat.sandbox.paypal import company
from tamizdat.sandbox.paypal.company import PayPal


def main() -> None:
    options = opening.options("paypal", keys=("sandbox", "sandbox"), port=8004)
    store = Store(options.database)
    company.found(store, options.events_to)
    opening.attend("PayPal", PayPal(store, key=options.key, secret=options.secret), store, options)


if __name__ == "__main__":
    main()
