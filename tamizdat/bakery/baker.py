"""One baker: sheets become files; whatever stands already as it should is left alone."""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from itertools import chain

from tamizdat.articles import queries as articles
from tamizdat.articles.rules.sheets import Sheet
from tamizdat.asks import queries as asks
from tamizdat.bakery import oven, recipe
from tamizdat.bakery.lines import standing
from tamizdat.bakery.models import BakedFile
from tamizdat.bakery.packing import GOOD, Level
from tamizdat.bakery.renderer import Renderer
from tamizdat.bakery.rules import Baked

TICKER = "/ticker.json"
FILES_AT_ONCE = 200


class Baker:
    """`is_trusting`: rows are believed, as long as the files are there; else only the disk itself is.

    `level`: how well files are packed for now.
    """

    def __init__(self, *, is_trusting: bool, level: Level = GOOD) -> None:
        self.is_trusting, self.level = is_trusting, level
        self.renderer = Renderer()
        self.catalogue = articles.catalogue()

    def bake_some(self, paths: Collection[str]) -> Iterator[Baked]:
        """The files at these paths, and those among them that are to go."""
        baked = self._bake(
            chain(self._rendered(articles.sheets(paths, catalogue=self.catalogue)), _ticker(TICKER in paths))
        )
        seen = set()
        for one in baked:
            seen.add(one.path)
            yield one
        gone = frozenset(paths) - seen
        known = set(standing().filter(path__in=gone).values_list("path", flat=True))
        for path in sorted(gone):
            if oven.remove(path) or path in known:
                yield Baked(path, BakedFile.GONE, 0, is_new=True)

    def bake_batch(self, batch: articles.Batch) -> Iterator[Baked]:
        """The files of one batch of the whole paper."""
        return self._bake(self._rendered(articles.sheets_of(self.catalogue, batch)))

    def bake_ticker(self) -> Iterator[Baked]:
        return self._bake(_ticker(True))

    def _rendered(self, sheets: Iterable[Sheet]) -> Iterator[tuple[str, bytes]]:
        return ((sheet.path, self.renderer.render(sheet)) for sheet in sheets)

    def _bake(self, contents: Iterable[tuple[str, bytes]]) -> Iterator[Baked]:
        waiting: dict[str, bytes] = {}
        for path, content in contents:
            waiting[path] = content
            if len(waiting) == FILES_AT_ONCE:
                yield from self._put(waiting)
                waiting = {}
        yield from self._put(waiting)

    def _put(self, contents: dict[str, bytes]) -> Iterator[Baked]:
        known = dict(BakedFile.objects.filter(path__in=contents).values_list("path", "digest"))
        for path, content in contents.items():
            digest = hashlib.sha256(content).hexdigest()
            is_new = known.get(path) != digest or not self._stands(path, content)
            if is_new:
                oven.write(path, content, self.level)
            yield Baked(path, digest, len(content), is_new=is_new)

    def _stands(self, path: str, content: bytes) -> bool:
        return oven.is_there(path) if self.is_trusting else oven.holds(path, content)


def _ticker(is_wanted: bool) -> Iterator[tuple[str, bytes]]:
    if is_wanted:
        yield TICKER, recipe.as_json(asks.ticker())
