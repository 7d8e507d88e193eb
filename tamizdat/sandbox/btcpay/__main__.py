"""Opens a make-believe BTCPay Server in its own process, with its own file."""

from __future__ import annotations

from tamizdat.sandbox.btcpay import company
from tamizdat.sandbox.btcpay.company import BTCPay
from tamizdat.sandbox.company import opening
from tamizdat.sandbox.company.store import Store


def main() -> None:
    options = opening.options("btcpay", keys=("sandbox", "sandbox"), port=8003)
    store = Store(options.database)
    company.found(store, options.events_to)
    opening.attend("BTCPay Server", BTCPay(store, key=options.key, secret=options.secret), store, options)


if __name__ == "__main__":
    main()
