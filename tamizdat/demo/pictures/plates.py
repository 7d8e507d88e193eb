"""How a print is made: plates of ink are drawn and cut, then printed over one another on warm paper."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable, Sequence
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1600, 1067
FINE = 2  # drawn larger and reduced, so that edges are smooth
PAPER = (247, 239, 222)
INKS = {"straw": (238, 196, 112), "sea": (118, 153, 158), "rust": (196, 92, 62), "ink": (27, 36, 46)}
INK, CUT = 255, 0

Point = tuple[float, float]
EVERYWHERE = ((0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT))


class Print:
    """One picture, in pixels of the finished sheet. The dice are its own, so it is always the same."""

    def __init__(self, seed: str) -> None:
        self.dice = Random(seed)  # noqa: S311  ink, not secrets
        self._plates = {ink: Image.new("L", (WIDTH * FINE, HEIGHT * FINE)) for ink in INKS}

    def poly(self, ink: str, points: Iterable[Point], value: int = INK) -> None:
        self._draw(ink).polygon(_fine(points), fill=value)

    def box(self, ink: str, corners: tuple[float, float, float, float], value: int = INK) -> None:
        left, top, right, bottom = corners
        self.poly(ink, [(left, top), (right, top), (right, bottom), (left, bottom)], value)

    def line(self, ink: str, points: Sequence[Point], width: float, value: int = INK) -> None:
        draw, fine = self._draw(ink), _fine(points)
        draw.line(fine, fill=value, width=round(width * FINE), joint="curve")
        for x, y in (fine[0], fine[-1]):
            r = width * FINE / 2 - 0.5
            draw.ellipse((x - r, y - r, x + r, y + r), fill=value)

    def disc(self, ink: str, centre: Point, radius: float, value: int = INK) -> None:
        x, y, r = centre[0] * FINE, centre[1] * FINE, radius * FINE
        self._draw(ink).ellipse((x - r, y - r, x + r, y + r), fill=value)

    def ring(self, ink: str, centre: Point, radius: float, width: float) -> None:
        x, y, r = centre[0] * FINE, centre[1] * FINE, radius * FINE
        self._draw(ink).ellipse((x - r, y - r, x + r, y + r), outline=INK, width=round(width * FINE))

    def gouge(self, ink: str, start: Point, end: Point, width: float, *, value: int = CUT) -> None:
        """One stroke of the knife: pointed at both ends, never quite straight."""
        (x0, y0), (x1, y1) = start, end
        length = math.hypot(x1 - x0, y1 - y0) or 1
        across = (-(y1 - y0) / length, (x1 - x0) / length)
        bend = self.dice.uniform(-0.4, 0.4) * width
        sides: tuple[list[Point], list[Point]] = ([], [])
        for t in (0, 0.12, 0.35, 0.65, 0.88, 1):
            swell = math.sin(math.pi * t)
            x, y = x0 + (x1 - x0) * t, y0 + (y1 - y0) * t
            for side, sign in zip(sides, (1, -1), strict=True):
                off = bend * swell + sign * width / 2 * swell**0.6
                side.append((x + across[0] * off, y + across[1] * off))
        self.poly(ink, sides[0] + sides[1][::-1], value)

    def within(self, shape: Iterable[Point], ink: str, draw: Callable[[], None]) -> None:
        """Draw, and keep of it on this plate only what lies in the shape."""
        before = self._plates[ink].copy()
        draw()
        mask = Image.new("L", before.size)
        ImageDraw.Draw(mask).polygon(_fine(shape), fill=255)
        self._plates[ink] = Image.composite(self._plates[ink], before, mask)

    def hatch(self, ink: str, shape: Sequence[Point], strokes: Strokes, value: int = CUT) -> None:
        """Fill a shape with parallel strokes."""

        def draw() -> None:
            for start, end in strokes.across(shape, self.dice):
                self.gouge(ink, start, end, strokes.width * self.dice.uniform(0.75, 1.2), value=value)

        self.within(shape, ink, draw)

    def printed(self) -> Image.Image:
        """All plates on paper, each a hair out of register, as by hand."""
        sheet = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
        mottle = _mottle()
        for number, (ink, plate) in enumerate(self._plates.items()):
            mask = plate.reduce(FINE)
            if ink != "ink":
                mask = ImageChops.offset(mask, self.dice.choice((-2, 2)), self.dice.choice((-1, 1)))
            mask = ImageChops.multiply(mask, ImageChops.offset(mottle, 311 * number, 173 * number))
            inked = ImageChops.multiply(sheet, Image.new("RGB", sheet.size, INKS[ink]))
            sheet = Image.composite(inked, sheet, mask)
        return ImageChops.multiply(sheet, _grain())

    def _draw(self, ink: str) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self._plates[ink])


class Strokes:
    """Parallel strokes: slope in degrees, gap between them, width, and length (0: right across)."""

    def __init__(self, slope: float, gap: float, width: float, length: float = 0) -> None:
        self.slope, self.gap, self.width, self.length = slope, gap, width, length

    def across(self, shape: Sequence[Point], dice: Random) -> Iterable[tuple[Point, Point]]:
        turn = math.radians(self.slope)
        along, over = (math.cos(turn), math.sin(turn)), (-math.sin(turn), math.cos(turn))
        us = [x * along[0] + y * along[1] for x, y in shape]
        vs = [x * over[0] + y * over[1] for x, y in shape]
        v = min(vs)
        while v < max(vs):
            for start, end in self._pieces(min(us), max(us), dice):
                low, high = (v + dice.uniform(-0.15, 0.15) * self.gap for _ in range(2))
                yield (
                    (start * along[0] + low * over[0], start * along[1] + low * over[1]),
                    (end * along[0] + high * over[0], end * along[1] + high * over[1]),
                )
            v += self.gap

    def _pieces(self, first: float, last: float, dice: Random) -> Iterable[tuple[float, float]]:
        if not self.length:
            yield first, last
            return
        at = first - dice.random() * self.length
        while at < last:
            end = at + self.length * dice.uniform(0.5, 1.3)
            yield at, end
            at = end + self.length * dice.uniform(0.05, 0.3)


def smooth(points: Sequence[Point], closed: bool = False) -> list[Point]:
    """A curve through the points (Catmull and Rom's), eight steps from each to the next."""
    ends = (points[-1:], points[:2]) if closed else (points[:1], points[-1:])
    chain = [*ends[0], *points, *ends[1]]
    curve = []
    for a, b, c, d in zip(chain, chain[1:], chain[2:], chain[3:], strict=False):
        for step in range(8):
            t = step / 8
            curve.append((_between(a[0], b[0], (c[0], d[0]), t), _between(a[1], b[1], (c[1], d[1]), t)))
    return curve if closed else [*curve, points[-1]]


def _between(a: float, b: float, then: Point, t: float) -> float:
    c, d = then
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))


def _fine(points: Iterable[Point]) -> list[Point]:
    return [(x * FINE, y * FINE) for x, y in points]


def _noise(seed: str, count: int) -> bytes:
    return Random(seed).randbytes(count)  # noqa: S311  texture, not secrets


@functools.cache
def _mottle() -> Image.Image:
    """Where the roller left a little less ink."""
    noise = Image.frombytes("L", (WIDTH, HEIGHT), _noise("roller", WIDTH * HEIGHT))
    return noise.filter(ImageFilter.GaussianBlur(1.6)).point(lambda v: 196 if v < 100 else 238 if v < 110 else 252)


@functools.cache
def _grain() -> Image.Image:
    small = (WIDTH // 2, HEIGHT // 2 + 1)
    noise = Image.frombytes("L", small, _noise("paper", small[0] * small[1]))
    grain = noise.filter(ImageFilter.GaussianBlur(0.8)).point(lambda v: 246 + v // 30)
    return grain.resize((WIDTH, HEIGHT)).convert("RGB")
