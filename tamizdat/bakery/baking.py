"""Baking: what was touched becomes files, and a build says so."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db import transaction

from tamizdat.articles import queries as articles
from tamizdat.asks import queries as asks
from tamizdat.bakery import oven, recipe
from tamizdat.bakery.locks import the_only_baker
from tamizdat.bakery.models import BakedFile, Build, Recipe, Touch
from tamizdat.bakery.queries import latest_build
from tamizdat.bakery.renderer import Renderer
from tamizdat.bakery.rules import manifest
from tamizdat.bakery.signals import build_finished

TICKER = "/ticker.json"
MANIFEST = "/manifest.json"
FILES_AT_ONCE = 50


def bake_touched(*, told: Callable[[str], None] = lambda path: None) -> int | None:
    """Bake all that was touched; the number of the build, or None when nothing changed.

    One baker works at a time; others wait. Touches go only when files and manifest are safe: run twice or
    killed half way, the next run finishes. `told` hears each path that was written.
    """
    with the_only_baker():
        touches = dict(Touch.objects.values_list("id", "path"))
        if not touches:
            return None
        paths = None if Touch.EVERYTHING in touches.values() else frozenset(touches.values())
        batch = Batch(number=latest_build() + 1, told=told)
        batch.bake(paths)
        return _finish(batch, touches, is_whole=paths is None)


@dataclass
class Batch:
    """One run over sheets: writes what differs from the rows, removes what has gone.

    A row stands before its file does, without a digest until the file is safe: whatever a killed baker wrote
    is known to the next one, which writes it again or takes it away.
    """

    number: int
    told: Callable[[str], None]
    written: int = 0
    removed: int = 0
    seen: set[str] = field(default_factory=set)
    known: dict[str, str] = field(default_factory=dict)
    fresh: dict[str, bytes] = field(default_factory=dict)

    def bake(self, paths: frozenset[str] | None) -> None:
        rows = BakedFile.objects.all() if paths is None else BakedFile.objects.filter(path__in=paths)
        self.known = dict(rows.values_list("path", "digest"))
        for path, content in _contents(paths):
            self._put(path, content)
        self._write()
        self._remove(set(self.known) - self.seen)

    def _put(self, path: str, content: bytes) -> None:
        self.seen.add(path)
        if self.known.get(path) == _digest(content) and oven.is_there(path):
            return
        self.fresh[path] = content
        if len(self.fresh) >= FILES_AT_ONCE:
            self._write()

    def _write(self) -> None:
        self._save_rows(lambda content: "")
        for path, content in self.fresh.items():
            oven.write(path, content)
            self.told(path)
        self._save_rows(_digest)
        self.written += len(self.fresh)
        self.fresh = {}

    def _save_rows(self, digest: Callable[[bytes], str]) -> None:
        BakedFile.objects.bulk_create(
            (
                BakedFile(path=path, digest=digest(content), size=len(content), build=self.number)
                for path, content in self.fresh.items()
            ),
            update_conflicts=True,
            unique_fields=["path"],
            update_fields=["digest", "size", "build"],
        )

    def _remove(self, gone: set[str]) -> None:
        for path in sorted(gone):
            oven.remove(path)
            self.removed += 1
        BakedFile.objects.filter(path__in=gone).delete()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _contents(paths: frozenset[str] | None) -> Iterator[tuple[str, bytes]]:
    renderer = Renderer()
    for sheet in articles.sheets(paths):
        yield sheet.path, renderer.render(sheet)
    if paths is None or TICKER in paths:
        yield TICKER, _ticker()


def _ticker() -> bytes:
    return recipe.as_json(asks.ticker())


def _finish(batch: Batch, touches: dict[int, str], *, is_whole: bool) -> int | None:
    has_changed = bool(batch.written or batch.removed) or not _is_told()
    if has_changed:
        oven.write(MANIFEST, _manifest(build=batch.number))
    with transaction.atomic():
        Touch.objects.filter(id__in=touches).delete()
        if is_whole:
            Recipe.objects.update_or_create(id=1, defaults={"digest": recipe.digest()})
        if not has_changed:
            return None
        Build.objects.create(id=batch.number, written=batch.written, removed=batch.removed)
        transaction.on_commit(lambda: build_finished.send_robust(sender=Build, build=batch.number))
    return batch.number


def _is_told() -> bool:
    """Whether the manifest says what stands, in a build that was announced; not so after a kill on the way."""
    file = oven.site_file(MANIFEST)
    return file.is_file() and file.read_bytes() == _manifest(build=latest_build())


def _manifest(*, build: int) -> bytes:
    rows = BakedFile.objects.order_by("path").values("path", "digest", "size", "build")
    return manifest(rows.iterator(), build=build)
