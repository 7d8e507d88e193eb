"""Things drawn on paper: a sea chart, a column of bars, two depths."""

import math

from tamizdat.demo.pictures.plates import CUT, HEIGHT, INK, WIDTH, Point, Print, Strokes, smooth


def sea_chart(p: Print) -> None:
    for x in range(80, WIDTH, 160):
        p.line("sea", [(x, 0), (x, HEIGHT)], 2)
    for y in range(54, HEIGHT, 160):
        p.line("sea", [(0, y), (WIDTH, y)], 2)
    coast = smooth(
        [
            (-20, 560),
            (120, 500),
            (250, 560),
            (330, 470),
            (300, 360),
            (420, 260),
            (520, 250),
            (600, 150),
            (760, 120),
            (900, 30),
            (960, -20),
        ]
    )
    depth = 0
    for number in range(1, 6):
        depth += 44 + 12 * number
        line = _beside(coast, depth, p)
        p.line("sea", line, 9 - number)
        for at in range(14 + number * 5, len(line) - 8, 34):
            p.disc("sea", line[at], 17, CUT)
            _figure(p, line[at], number * 2)
    _land(p, coast)
    _channel(p)
    _soundings(p)
    _rose(p, (1290, 330), 210)
    p.line("ink", [(40, 40), (WIDTH - 40, 40), (WIDTH - 40, HEIGHT - 40), (40, HEIGHT - 40), (40, 40)], 4)
    for x in range(40, WIDTH - 60, 80):
        p.box("ink", (x, HEIGHT - 54, x + 40, HEIGHT - 40))
        p.box("ink", (x, 40, x + 40, 54))


def _land(p: Print, coast: list[Point]) -> None:
    land = [*coast, (-40, -40)]
    p.poly("straw", land)
    p.poly("ink", land, CUT)
    p.hatch("ink", land, Strokes(45, 22, 3.2, 150), INK)
    p.line("ink", coast, 9)
    for start, end in zip(coast[::2], coast[1::2], strict=False):
        p.gouge("ink", start, (end[0] + 22, end[1] + 26), 5, value=INK)
    p.box("ink", (396, 236, 470, 300))
    for x in (404, 426, 448):
        p.box("ink", (x, 220, x + 12, 240))


def _channel(p: Print) -> None:
    """The stretch that was invoiced, between its buoys."""
    channel = smooth([(1600, 930), (1280, 800), (1040, 640), (820, 520), (640, 420), (470, 330)])
    for a, b in zip(channel[:-8:3], channel[2::3], strict=False):
        p.line("rust", [a, b], 13)
    for at in (8, 18, 28, 36):
        x, y = channel[at]
        for off, ink in ((-46, "rust"), (46, "ink")):
            p.poly(
                ink,
                [
                    (x - 12 + off * 0.6, y + 12 - off),
                    (x + 12 + off * 0.6, y + 12 - off),
                    (x + off * 0.6, y - 18 - off),
                ],
            )


def _beside(coast: list[Point], off: float, p: Print) -> list[Point]:
    """A depth line: the coast again, farther out and smoother."""
    points = []
    for at in range(0, len(coast), 13):
        x, y = coast[at]
        points.append((x + off * (0.8 + 0.1 * math.sin(at / 17)), y + off * (1.0 + 0.1 * math.cos(at / 13))))
    return smooth([(p.dice.uniform(-60, -40), points[0][1] + 10), *points])


def _soundings(p: Print) -> None:
    for _ in range(70):
        at = (p.dice.uniform(90, WIDTH - 90), p.dice.uniform(90, HEIGHT - 110))
        is_free = math.dist(at, (1290, 330)) > 270 and at[0] + at[1] * 1.4 > 1300
        if is_free:
            _figure(p, at, p.dice.randint(7, 18))


_SEGMENTS = ("012345", "12", "01643", "01623", "5612", "05623", "056432", "012", "0123456", "012356")


def _figure(p: Print, at: Point, number: int) -> None:
    """A number as the engraver cuts it, in straight strokes."""
    a, b, c, d, e, f = (0, 0), (9, 0), (9, 9), (9, 18), (0, 18), (0, 9)
    strokes = ((a, b), (b, c), (c, d), (d, e), (e, f), (f, a), (f, c))
    digits = str(number)
    left = at[0] - 8 * len(digits)
    for digit in digits:
        for segment in _SEGMENTS[int(digit)]:
            (x0, y0), (x1, y1) = strokes[int(segment)]
            p.line("ink", [(left + x0, at[1] - 9 + y0), (left + x1, at[1] - 9 + y1)], 2.4)
        left += 16


def _rose(p: Print, at: Point, radius: float) -> None:
    p.disc("sea", at, radius + 20, CUT)
    for size, width in ((radius, 4), (radius - 16, 2), (radius * 0.62, 2)):
        p.ring("ink", at, size, width)
    for step in range(72):
        turn = math.radians(step * 5)
        inner = radius - (16 if step % 2 else 26)
        ends = [(at[0] + r * math.cos(turn), at[1] + r * math.sin(turn)) for r in (inner, radius)]
        p.line("ink", ends, 2)
    for step in range(16):
        turn = math.radians(step * 22.5 - 90)
        reach = radius * (0.96 if step % 4 == 0 else 0.72 if step % 2 == 0 else 0.5)
        tip = (at[0] + reach * math.cos(turn), at[1] + reach * math.sin(turn))
        for side, ink in ((-1, "ink"), (1, "rust")):
            edge = turn + side * math.radians(11.25 if step % 2 else 22.5)
            waist = radius * 0.2
            flank = [at, (at[0] + waist * math.cos(edge), at[1] + waist * math.sin(edge)), tip]
            for plate in ("ink", "sea"):
                p.poly(plate, flank, CUT)
            p.poly(ink, flank)
    p.disc("ink", at, 12)
    p.poly(
        "ink",
        [(at[0] - 18, at[1] - radius - 6), (at[0] + 18, at[1] - radius - 6), (at[0], at[1] - radius - 52)],
    )


def _squared(p: Print, ink: str = "sea") -> None:
    for x in range(0, WIDTH, 40):
        p.line(ink, [(x, 0), (x, HEIGHT)], 4 if x % 200 == 0 else 1.6)
    for y in range(0, HEIGHT, 40):
        p.line(ink, [(0, y), (WIDTH, y)], 4 if y % 200 == 0 else 1.6)


def sizes(p: Print) -> None:
    """Pages that opened, by size: a plateau and a cliff."""
    _squared(p)
    _bars(p, (640, 632, 626, 618, 640, 604, 590, 110, 84, 62, 70, 40), rust_from=7)
    for y in range(130, 960, 44):
        p.line("rust", [(887, y), (887, y + 24)], 6)
    _pencil(p, (960, 700), (1500, 250))


def judges(p: Print) -> None:
    """Fines for one and the same drawing, by judge: the highest is eleven times the lowest."""
    _squared(p)
    _bars(p, (660, 540, 470, 452, 380, 322, 290, 240, 180, 120, 92, 60), rust_from=0)
    _pencil(p, (1010, 560), (1480, 140))


def _bars(p: Print, heights: tuple[int, ...], rust_from: int) -> None:
    for number, height in enumerate(heights):
        x, is_rust = 200 + number * 100, number >= rust_from
        bar = [(x, 880 - height), (x + 74, 880 - height), (x + 74, 880), (x, 880)]
        p.poly("sea", bar, CUT)
        p.poly("rust" if is_rust else "straw", bar)
        p.hatch("ink", bar, Strokes(45 if number % 2 else -45, 15, 7 if is_rust else 4.5), INK)
        p.line("ink", [*bar, bar[0]], 6)
        p.line("ink", [(x - 13, 882), (x - 13, 902)], 4)
    p.line("ink", [(160, 150), (160, 882), (1480, 882)], 8)
    for y in range(240, 880, 128):
        p.line("ink", [(140, y), (160, y)], 6)


def _pencil(p: Print, tip: Point, end: Point) -> None:
    length = math.dist(tip, end)
    along = ((end[0] - tip[0]) / length, (end[1] - tip[1]) / length)
    across = (-along[1], along[0])

    def at(far: float, off: float) -> Point:
        return tip[0] + along[0] * far + across[0] * off, tip[1] + along[1] * far + across[1] * off

    shadow = [at(30, 42), at(length, 58), at(length, 20), at(100, 10)]
    p.hatch("ink", shadow, Strokes(0, 11, 6), INK)
    whole = [at(0, 0), at(96, 27), at(length, 27), at(length, -27), at(96, -27)]
    for ink in ("sea", "straw", "ink", "rust"):
        p.poly(ink, whole, CUT)
    p.poly("rust", [at(96, 27), at(length - 90, 27), at(length - 90, -27), at(96, -27)])
    p.poly("straw", [at(0, 0), at(96, 27), at(110, 9), at(96, -9), at(110, -14), at(96, -27)])
    p.poly("ink", [at(0, 0), at(34, 9.5), at(34, -9.5)])
    p.hatch("ink", [at(104, 27), at(length - 90, 27), at(length - 90, 10), at(104, 10)], Strokes(-40, 9, 5), INK)
    for off in (-9, 9):
        p.line("ink", [at(100, off), at(length - 90, off)], 2.5)
    p.poly("sea", [at(length - 90, 27), at(length - 50, 27), at(length - 50, -27), at(length - 90, -27)])
    for far in (length - 84, length - 70, length - 56):
        p.line("ink", [at(far, 26), at(far, -26)], 4)
    p.poly("straw", [at(length - 50, 27), at(length, 27), at(length, -27), at(length - 50, -27)])
    p.line("ink", [*whole, whole[0]], 5)


def soundings(p: Print) -> None:
    _squared(p)
    surface, measured, invoiced = 220, 560, 820
    shallow = smooth(
        [(x, measured + 22 * math.sin(x / 130) + p.dice.uniform(-9, 9)) for x in range(-40, WIDTH + 60, 60)]
    )
    p.poly("sea", [(0, surface), (WIDTH, surface), *shallow[::-1]])
    mud = [*shallow, (WIDTH, HEIGHT), (0, HEIGHT)]
    p.poly("sea", mud, CUT)
    p.poly("straw", mud)
    p.hatch("ink", mud, Strokes(-16, 23, 8, 120), INK)
    p.line("ink", shallow, 11)
    trench = smooth([(-40, 590), (240, 600), (330, invoiced), (1270, invoiced), (1360, 610), (WIDTH + 40, 590)])
    for a, b in zip(trench[:-3:3], trench[2::3], strict=False):
        p.line("ink", [a, b], 24, CUT)
        p.line("rust", [a, b], 15)
    for x in range(60, WIDTH, 62):
        p.line("sea", [(x, surface + 60), (x, measured - 34)], 3, CUT)
    for row in range(3):
        for x in range(-20, WIDTH, 90):
            p.gouge(
                "sea",
                (x + row * 30, surface + 16 + row * 17),
                (x + 60 + row * 30, surface + 16 + row * 17),
                7,
            )
    p.line("ink", [(0, surface), (WIDTH, surface)], 5)
    hull = [(560, 180), (1010, 180), (1050, 140), (1080, 140), (1050, 252), (600, 252)]
    p.poly("ink", hull)
    p.poly("sea", hull, CUT)
    p.box("rust", (596, 232, 1052, 254))
    p.box("ink", (600, 80, 690, 184))
    for x in (614, 650):
        p.box("ink", (x, 98, x + 24, 122), CUT)
    for number in range(1, 7):
        size = number * 48
        arc = [(820 + size * math.sin(t / 10), 256 + size * math.cos(t / 10)) for t in range(-4, 5)]
        p.line("ink", arc, 4)
