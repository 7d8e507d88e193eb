"""The press: the whole paper in batches, on all cores; what is corrected meanwhile goes first."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection, wait

from django.conf import settings
from django.db import connections, transaction

from tamizdat.articles import queries as articles
from tamizdat.bakery import lines, oven, recipe
from tamizdat.bakery.baker import Baker
from tamizdat.bakery.models import BakedFile, Touch, Underway
from tamizdat.bakery.packing import QUICK
from tamizdat.bakery.rules import Baked, file_name

_hasty = partial(Baker, level=QUICK)
Baking = Iterator[tuple[articles.Batch, list[Baked]]]


class BakerDied(Exception):
    """A baker ended without a word; the next bake goes on where this one stopped."""


def bakers() -> int:
    """How many bake side by side."""
    return int(settings.BAKERS or os.cpu_count() or 1)


@dataclass
class Press:
    """One bake of the whole paper, as build `number`. When it is killed, the next does the batches that are left.

    `told` hears each path that was written, `step` how many of how many batches are done.
    """

    number: int
    told: Callable[[str], None]
    step: Callable[[int, int], None]
    touches: set[int] = field(default_factory=set)  # those that this bake has dealt with
    corrections: int = 0

    def run(self) -> None:
        underway, self.is_trusting = self._begin()
        todo = [batch for batch in articles.batches() if batch.name not in underway.done]
        self._note(list(_hasty(is_trusting=self.is_trusting).bake_ticker()))
        beside = bakers() > 1 and len(todo) > 1
        for left, (batch, baked) in enumerate(self._side_by_side(todo) if beside else self._alone(todo)):
            with transaction.atomic():
                self._note(baked)
                underway.done.append(batch.name)
                underway.save(update_fields=["done"])
            self.step(left + 1, len(todo))
        self._correct(self._late())  # when all batches were safe before, nobody has looked yet
        self._take_away()

    def _begin(self) -> tuple[Underway, bool]:
        """A new bake, or the one that was broken off while all pages were still made as they are now.

        Whether rows can be believed: not when a baker was killed between a file and its row.
        """
        touches = dict(Touch.objects.values_list("id", "path"))
        whole = sorted(one for one, path in touches.items() if path == Touch.EVERYTHING)
        broken = Underway.objects.first()
        if broken and broken.recipe == recipe.digest() and set(whole) <= set(broken.touches):
            # Whatever else was touched may have been so after its batch was done.
            self.touches = set(whole)
            return broken, False
        self.touches = set(whole)  # what was touched by name goes first, as what is corrected meanwhile does
        lines.forget_seen(build=self.number)
        values = {"recipe": recipe.digest(), "touches": whole, "done": []}
        return Underway.objects.update_or_create(id=1, defaults=values)[0], broken is None

    def _note(self, baked: list[Baked]) -> None:
        for path in lines.write(baked, build=self.number):
            self.told(path)

    def _alone(self, todo: list[articles.Batch]) -> Baking:
        baker, corrections = _hasty(is_trusting=self.is_trusting), self.corrections
        for batch in todo:
            self._correct(self._late())
            if corrections != self.corrections:
                baker, corrections = _hasty(is_trusting=self.is_trusting), self.corrections
            yield batch, list(baker.bake_batch(batch))

    def _side_by_side(self, todo: list[articles.Batch]) -> Baking:
        connections.close_all()  # a connection must not be shared with a fork
        gc.freeze()
        context = multiprocessing.get_context("fork")
        pairs = [context.Pipe() for _ in range(min(bakers(), len(todo)))]
        ours, theirs = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        crew = [
            context.Process(target=_bake_beside, args=(line, {*ours, *theirs} - {line}, self.is_trusting), daemon=True)
            for line in theirs
        ]
        for one in crew:
            one.start()
        for line in theirs:
            line.close()
        try:
            yield from self._shared_out(todo, ours)
        finally:
            for line in ours:
                line.close()  # the end, for a baker that waits for more
            for one in crew:
                one.join()
            gc.unfreeze()

    def _shared_out(self, todo: list[articles.Batch], idle: list[Connection]) -> Baking:
        """Hand out a batch to whoever is idle; nothing while corrections wait, until all are idle."""
        busy: dict[Connection, articles.Batch] = {}
        todo, idle = todo[::-1], list(idle)
        while todo or busy:
            late = self._late()
            if not busy:
                self._correct(late)
                late = {}
            while idle and todo and not late:
                busy[idle[-1]] = todo[-1]
                idle.pop().send((self.corrections, todo.pop()))
            for line in wait(list(busy)):
                baked = _heard(line)  # type: ignore[arg-type]
                idle.append(line)  # type: ignore[arg-type]
                yield busy.pop(line), baked  # type: ignore[call-overload]

    def _late(self) -> dict[int, str]:
        """What was touched since this bake began."""
        found = Touch.objects.exclude(path=Touch.EVERYTHING).values_list("id", "path")
        return {one: path for one, path in found if one not in self.touches}

    def _correct(self, late: dict[int, str]) -> None:
        """Bake what an editor is waiting for. Nobody else bakes now, who might still hold the old text."""
        if late:
            self._note(list(Baker(is_trusting=False).bake_some(frozenset(late.values()))))
            self.touches |= late.keys()
            self.corrections += 1

    def _take_away(self) -> None:
        """Files that this bake has not met; after a kill also those that no row names."""
        gone = list(lines.unseen(build=self.number))
        if not self.is_trusting:
            named = {file_name(path) for path in lines.standing().values_list("path", flat=True).iterator()}
            oven.clear(keep=named)
        for path in gone:
            oven.remove(path)
        self._note([Baked(path, BakedFile.GONE, 0, is_new=True) for path in gone])


def _bake_beside(line: Connection, others: set[Connection], is_trusting: bool) -> None:
    """A baker's life: a batch, its files, their rows to the press; until there is no more, or no press."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for other in others:
        other.close()
    gc.disable()  # looking for circles at any moment took a fifth of the time; after each batch it takes next to none
    baker, corrections = _hasty(is_trusting=is_trusting), 0
    with suppress(EOFError, ConnectionError):
        while True:
            now, batch = line.recv()
            if now != corrections:
                baker, corrections = _hasty(is_trusting=is_trusting), now
            line.send(list(baker.bake_batch(batch)))
            gc.collect(0)


def _heard(line: Connection) -> list[Baked]:
    try:
        return line.recv()  # type: ignore[no-any-return]
    except EOFError:
        raise BakerDied("A baker ended in the middle of its batch; the lines above say why.") from None
