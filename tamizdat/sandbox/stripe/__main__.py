"""Opens a make-believe Stripe in its own process, with its own file."""

from __future__ import annotations

from tamizdat.sandbox.company import opening
from tamizdat.sandbox.company.store import Store
from tamizdat.sandbox.stripe import api
from tamizdat.sandbox.stripe.company import Stripe


def main() -> None:
    own = {"--exchanges-into": "the currency, like usd, into which the account exchanges all that comes"}
    options = opening.options("stripe", keys=("sk_test_sandbox", "whsec_sandbox"), port=8002, more=own)
    store = Store(options.database)
    api.found(store, options.events_to, exchanges_into=options.exchanges_into)
    opening.attend("Stripe", Stripe(store, key=options.key, secret=options.secret), store, options)


if __name__ == "__main__":
    main()
