"""What every company of this process has on its other side: mishaps on order, news, a clock."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, ClassVar, Self

from tamizdat.money import Money
from tamizdat.sandbox.company.door import Door
from tamizdat.sandbox.company.faults import KINDS
from tamizdat.sandbox.company.refusal import Refused
from tamizdat.sandbox.company.store import Store

DAY = 86400
Told = tuple[Mapping[str, str], bytes]


class Side:
    """`code` names the company, `operations` by their requests what can be struck, `kind_of_news` what it tells."""

    code: ClassVar[str]
    operations: ClassVar[Mapping[str, str]]
    kind_of_news: ClassVar[str]
    # Whether some things are known from its statement alone, once its events are too old to be told again.
    statement_tells: ClassVar[bool] = False
    # Whether what it tells is a statement that a person brings.
    is_brought: ClassVar[bool] = False

    # Whether it takes nothing by itself, and each payment is opened by the newsroom.
    asks_each_time: ClassVar[bool] = False

    # What can befall an operation.
    mishaps: ClassVar[Sequence[str]] = KINDS

    # What can be given there.
    currencies: ClassVar[Sequence[str]] = ("USD",)

    # What a gift is called by, of its things.
    called: ClassVar[str] = "id"

    def __init__(self, store: Store, door: Door) -> None:
        self.store, self.door = store, door
        self.told = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.door.server_port}"

    def strike(self, operation: str, kind: str) -> None:
        self.door.faults.order([{"matches": self.operations[operation], "kind": kind}])

    def calm(self) -> None:
        self.door.faults.order([])

    def news(self) -> list[Told]:
        """What has happened since it was asked last, signed as it is told now."""
        found = self.store.find(self.kind_of_news)[::-1]
        fresh, self.told = found[self.told :], len(found)
        return self.signed(fresh)

    def signed(self, events: list[dict[str, Any]]) -> list[Told]:
        """Headers and bodies, as they are told now."""
        raise NotImplementedError

    def exchange(self) -> None:
        """From now on its account is kept in one currency; not every company has such."""

    def carry_out(self, refund: str, amount: Money) -> None:
        """A refund is made by the company itself."""

    def now(self) -> datetime:
        """What the company's clock says."""
        return datetime.fromtimestamp(self.store.now(), UTC)

    def week(self) -> bool:
        return self.wait(7 * DAY)

    def wait(self, seconds: int) -> bool:
        """Time passes there, and what falls due happens."""
        with self.store.work():
            self.store.set_clock(self.store.now() + seconds)
            self.door.company.catch_up()
        return True

    def _each(self, kind: str, act: Callable[[Store, Any], object], *, ref: str = "", **equal: str) -> bool:
        """Do it to the newest thing of that kind, if there is one and the company lets it be done."""
        with self.store.work():
            found = [one for one in self.store.find(kind, **equal) if ref in ("", one[self.called])]
            if not found:
                return False
            try:
                act(self.store, found[0])
            except Refused:
                return False
            return True

    @classmethod
    @contextmanager
    def beside(cls, company: Any, store: Store, check: Callable[[list[tuple[str, str, str]]], None]) -> Iterator[Self]:
        """The company at its door; in the end every request that it was sent is judged."""
        try:
            with listening(company) as door:
                yield cls(store, door)
        finally:
            check(store.noted())


@contextmanager
def listening(company: Any) -> Iterator[Door]:
    """The company at a door of its own."""
    door = Door(company, host="127.0.0.1", port=0)
    company.store.address = f"http://127.0.0.1:{door.server_port}"
    threading.Thread(target=door.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield door
    finally:
        door.shutdown()
        door.server_close()
