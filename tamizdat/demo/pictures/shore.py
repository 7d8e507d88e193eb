"""The light on the rock, the birds on the dock, and the night of the storm."""

import math

from tamizdat.demo.pictures.plates import CUT, EVERYWHERE, HEIGHT, WIDTH, Point, Print, Strokes, smooth
from tamizdat.demo.pictures.water import glitter, gull, night_sky, water


def lighthouse(p: Print) -> None:
    night_sky(p, 780, 0.55)
    lamp = (540, 236)
    for spread, reach in ((-9, 1180), (171, 640)):
        for step in range(23):
            turn = math.radians(spread + (step - 11) * 1.1)
            far = reach * p.dice.uniform(0.82, 1.05)
            start = (lamp[0] + 70 * math.cos(turn), lamp[1] + 70 * math.sin(turn))
            end = (lamp[0] + far * math.cos(turn), lamp[1] + far * math.sin(turn))
            p.gouge("ink", start, end, 19)
            p.gouge("straw", start, end, 19, value=255)
    water(p, 780)
    glitter(p, 900, 790, 110)
    rock = [
        (180, 900),
        (260, 800),
        (330, 770),
        (380, 716),
        (690, 716),
        (742, 776),
        (830, 806),
        (930, 900),
        (700, 960),
        (380, 950),
    ]
    p.poly("ink", rock)
    p.hatch("ink", rock, Strokes(62, 26, 7, 110))
    tower = [(470, 720), (496, 300), (584, 300), (612, 720)]
    p.poly("ink", tower, CUT)
    p.poly("straw", tower, CUT)
    for top, bottom in ((372, 450), (530, 616)):
        p.poly(
            "rust",
            [(541 - 44 - (y - 300) * 0.064, y) for y in (top, bottom)]
            + [(541 + 44 + (y - 300) * 0.064, y) for y in (bottom, top)],
        )
    p.hatch("ink", [(556, 300), (584, 300), (612, 720), (566, 720)], Strokes(0, 10, 6), 255)
    for y in (340, 490, 650):
        p.box("ink", (530, y, 548, y + 30))
    p.box("ink", (476, 286, 606, 304))
    p.box("ink", (504, 196, 578, 288), CUT)
    p.box("straw", (504, 196, 578, 288))
    for x in (502, 540, 578):
        p.line("ink", [(x, 196), (x, 290)], 5)
    p.poly("ink", [(488, 204), (541, 138), (596, 204)], CUT)
    p.poly("rust", [(488, 204), (541, 138), (596, 204)])
    p.line("ink", [(541, 138), (541, 106)], 5, CUT)
    for x in range(482, 606, 20):
        p.line("ink", [(x, 260), (x, 288)], 3)
    p.line("ink", [(478, 262), (604, 262)], 3)
    for x in range(150, 980, 60):
        p.gouge("ink", (x - 30, 905 + p.dice.uniform(-18, 18)), (x + 70, 905 + p.dice.uniform(-12, 12)), 16)


def gulls(p: Print) -> None:
    p.hatch("sea", ((0, 0), (WIDTH, 0), (WIDTH, 740), (0, 740)), Strokes(-6, 15, 11, 520), 255)
    water(p, 740, "ink", 1.25)
    p.hatch("sea", ((0, 740), (WIDTH, 740), (WIDTH, HEIGHT), (0, HEIGHT)), Strokes(0, 14, 10, 300), 255)
    for x, top, bottom in ((210, 560, 960), (330, 640, 1000), (1390, 620, 1010)):
        p.box("ink", (x, top, x + 74, bottom))
        p.box("sea", (x, top, x + 74, bottom), CUT)
        p.hatch(
            "ink",
            [(x + 6, top + 18), (x + 68, top + 18), (x + 68, bottom), (x + 6, bottom)],
            Strokes(90, 15, 6, 130),
        )
        p.gouge("ink", (x - 30, bottom), (x + 110, bottom + 4), 16)
    _inspector(p, (248, 560))
    for at, size, tilt in (
        ((830, 330), 330, -8),
        ((1290, 230), 190, 12),
        ((500, 200), 150, -16),
        ((1180, 520), 170, 6),
        ((640, 590), 120, 10),
        ((1010, 130), 90, -4),
        ((1490, 440), 84, -12),
    ):
        gull(p, at, size, tilt)


def _inspector(p: Print, at: Point) -> None:
    """A gull that stands on a post and has seen it all."""
    x, y = at
    body = [
        (-92, -92),
        (-40, -128),
        (28, -150),
        (52, -196),
        (88, -206),
        (112, -184),
        (112, -160),
        (92, -140),
        (84, -92),
        (50, -54),
        (-4, -44),
        (-60, -66),
        (-132, -70),
    ]
    shape = [(x + a, y + b) for a, b in body]
    p.poly("ink", [(x + 1.06 * a, y - 100 + 1.08 * (b + 100)) for a, b in body])
    p.poly("ink", shape, CUT)
    p.poly("sea", shape, CUT)
    p.poly("sea", [(x - 112, y - 74), (x - 36, y - 122), (x + 40, y - 100), (x - 10, y - 60)])
    p.hatch(
        "ink",
        [(x - 128, y - 72), (x - 40, y - 118), (x + 34, y - 96), (x - 14, y - 58)],
        Strokes(-24, 11, 5),
        255,
    )
    p.poly("rust", [(x + 110, y - 180), (x + 156, y - 166), (x + 110, y - 160)])
    p.disc("ink", (x + 88, y - 182), 6)
    for leg in (-2, 22):
        p.line("ink", [(x + leg, y - 48), (x + leg, y)], 6)


def storm_wall(p: Print) -> None:
    p.hatch("sea", EVERYWHERE, Strokes(-14, 17, 13, 420), 255)
    p.hatch("ink", ((0, 0), (WIDTH, 0), (WIDTH, 300), (0, 300)), Strokes(-14, 36, 12, 300), 255)
    for row in range(5):
        _swell(p, 640 + row * 92, row)
    _breaker(p)
    _wall(p)
    _spray(p)
    _beacon(p, 1400, 540)


def _swell(p: Print, level: float, row: int) -> None:
    """One row of the sea that runs at the wall: dark, with a light edge and strokes down its back."""
    crest = [(x, level - (52 - 4 * row) * math.sin(x / 150 + row * 1.9)) for x in range(-40, 1160, 20)]
    body = [*crest, (1160, HEIGHT), (-40, HEIGHT)]
    for ink in ("ink", "sea"):
        p.poly(ink, body)
    p.line("ink", crest, 9, CUT)
    for x, y in crest[::1]:
        start = (x + p.dice.uniform(-8, 8), y + p.dice.uniform(14, 26))
        end = (start[0] + 34, start[1] + p.dice.uniform(34, 84))
        p.gouge("ink", start, end, 9)
        if p.dice.random() < 0.5:
            p.gouge("sea", start, end, 9)


def _breaker(p: Print) -> None:
    """The wave that comes up the wall: a dark back, cut along its rise."""
    back = [(380, 1060), (620, 840), (740, 640), (830, 450), (940, 320), (1080, 270)]
    front = [(1180, 330), (1130, 380), (1070, 460), (1060, 600), (1090, 760), (1090, 1060)]
    body = smooth([*back, *front], closed=True)
    for ink in ("ink", "sea"):
        p.poly(ink, body)
    for step in range(15):
        t = (step + 0.7) / 15.4
        between = [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in zip(back, front[::-1], strict=True)]
        line = smooth(between)
        at = p.dice.randint(0, 7)
        while at < len(line) - 4:
            reach = min(len(line) - 1, at + p.dice.randint(7, 13))
            p.gouge("ink", line[at], line[reach], 17)
            if step % 3:
                p.gouge("sea", line[at], line[reach], 17)
            at = reach + p.dice.randint(0, 2)


def _spray(p: Print) -> None:
    """White water over the crest and along the top of the wall, and what flies off it."""
    crest = smooth([(700, 720), (790, 530), (880, 390), (980, 300), (1100, 262), (1200, 318), (1236, 400)])
    foam = []
    for number, (x, y) in enumerate(crest):
        grown = 12 + 34 * number / len(crest)
        for _ in range(3):
            spot = (x + p.dice.gauss(0, grown * 0.5), y + p.dice.gauss(-4, grown * 0.5))
            foam.append((spot, grown * p.dice.uniform(0.55, 1.0)))
    foam += [((p.dice.uniform(990, 1230), 560 + p.dice.gauss(-16, 22)), p.dice.uniform(14, 36)) for _ in range(36)]
    for _ in range(220):
        turn, far = p.dice.uniform(-2.8, 0.1), 110 + 420 * p.dice.random() ** 1.7
        spot = (1080 + far * math.cos(turn), 310 + 0.68 * far * math.sin(turn))
        foam.append((spot, p.dice.uniform(2.5, 10)))
    for at, size in foam:
        p.disc("ink", at, size + (5 if size > 12 else 0))
    for ink in ("ink", "sea", "straw"):
        for at, size in foam:
            p.disc(ink, at, size, CUT)
    for (x, y), size in foam[:160:2]:
        if size > 16:
            p.gouge("sea", (x - size * 0.7, y + size * 0.5), (x + size * 0.5, y + size * 0.6), 6, value=255)


def _wall(p: Print) -> None:
    wall = [(1010, 580), (WIDTH, 560), (WIDTH, HEIGHT), (930, HEIGHT)]
    for ink in ("sea", "ink"):
        p.poly(ink, wall, CUT)
    p.poly("straw", wall)
    for row in range(7):
        y = 586 + row * 72
        for column in range(8):
            left = 1000 - row * 11 + column * 110 - (row % 2) * 54
            stone = [(left + 5, y + 5), (left + 104, y + 3), (left + 102, y + 66), (left + 4, y + 68)]
            p.hatch("ink", stone, Strokes(28, 17, 11, 60), 255)
            p.line("ink", [*stone, stone[0]], 4)
    p.poly("ink", [(996, 582), (WIDTH, 556), (WIDTH, 528), (1000, 552)])


def _beacon(p: Print, x: float, y: float) -> None:
    body = [(x - 40, y), (x - 30, y - 190), (x + 30, y - 190), (x + 40, y)]
    for ink in ("ink", "sea"):
        p.poly(ink, body, CUT)
        p.disc(ink, (x, y - 224), 74, CUT)
    p.poly("rust", body)
    p.hatch("ink", body, Strokes(0, 15, 7), 255)
    p.disc("straw", (x, y - 224), 60)
    p.box("ink", (x - 44, y - 200, x + 44, y - 186))
    for side in (-24, 0, 24):
        p.line("ink", [(x + side, y - 190), (x + side, y - 250)], 5)
    p.poly("ink", [(x - 40, y - 246), (x, y - 286), (x + 40, y - 246)])
