"""Opens a make-believe bank in its own process, with its own file."""

from __future__ import annotations

from tamizdat.sandbox.bank.company import Bank
from tamizdat.sandbox.company import opening
from tamizdat.sandbox.company.store import Store


def main() -> None:
    options = opening.options("bank", keys=("", ""), port=8005)
    store = Store(options.database)
    opening.attend("bank", Bank(store), store, options)


if __name__ == "__main__":
    main()
