"""Cranes, roofs, a house at night and an avenue with gaps."""

import math

from tamizdat.demo.pictures.plates import CUT, HEIGHT, INK, WIDTH, Print, Strokes
from tamizdat.demo.pictures.water import gull, night_sky, water


def cranes(p: Print) -> None:
    p.disc("rust", (1210, 300), 170)
    p.hatch("rust", ((1000, 250), (1420, 250), (1420, 480), (1000, 480)), Strokes(0, 24, 11))
    for y in range(60, 700, 34):
        p.gouge("sea", (p.dice.uniform(-300, 200), y), (p.dice.uniform(900, 1900), y), 5 + y / 60, value=INK)
    water(p, 800, "ink", 1.1)
    p.hatch("sea", ((0, 800), (WIDTH, 800), (WIDTH, HEIGHT), (0, HEIGHT)), Strokes(0, 17, 11, 300), INK)
    p.box("ink", (0, 740, WIDTH, 806))
    p.hatch("ink", [(0, 752), (WIDTH, 752), (WIDTH, 800), (0, 800)], Strokes(90, 40, 7))
    for x, size, turn in ((210, 0.9, -52), (640, 1.12, -38), (1080, 0.96, -58), (1440, 0.8, -44)):
        _crane(p, x, size, turn)
    for row in range(3):
        for column in range(7 - row):
            x, y = 380 + column * 30 + row * 15 - 60, 728 - row * 25
            p.disc("ink", (x, y), 14)
            p.disc("ink", (x, y), 10, CUT)
            p.disc("straw", (x, y), 11)
            p.ring("ink", (x, y), 5, 2)
    for at, size in (((150, 190), 70), ((290, 120), 46)):
        gull(p, at, size, 6)


def _crane(p: Print, x: float, size: float, turn: float) -> None:
    """A portal crane: legs, cab, a latticed jib, and something on the hook."""
    ground, top = 742, 742 - 300 * size
    for side in (-1, 1):
        p.line("ink", [(x + side * 84 * size, ground), (x + side * 44 * size, top)], 13 * size)
        p.line("ink", [(x + side * 68 * size, ground - 110 * size), (x - side * 54 * size, top + 70 * size)], 5)
    p.box("ink", (x - 76 * size, top - 14, x + 76 * size, top + 8))
    p.poly(
        "ink",
        [
            (x - 54 * size, top - 12),
            (x - 60 * size, top - 120 * size),
            (x + 40 * size, top - 132 * size),
            (x + 58 * size, top - 12),
        ],
    )
    p.box("ink", (x + 2, top - 104 * size, x + 36 * size, top - 56 * size), CUT)
    p.box("straw", (x + 2, top - 104 * size, x + 36 * size, top - 56 * size))
    p.box("rust", (x - 58 * size, top - 40 * size, x + 54 * size, top - 18))
    angle, reach = math.radians(turn), 430 * size
    foot, tip = (
        (x + 30 * size, top - 60 * size),
        (x + reach * math.cos(angle), top - 60 * size + reach * math.sin(angle)),
    )
    off = (-math.sin(angle) * 24 * size, math.cos(angle) * 24 * size)
    low = (foot[0] - off[0], foot[1] - off[1])
    p.line("ink", [foot, tip], 7 * size)
    p.line("ink", [low, tip], 7 * size)
    for step in range(9):
        a, b = step / 9, (step + 0.55) / 9
        p.line("ink", [_along(foot, tip, a), _along(low, tip, b)], 3)
        p.line("ink", [_along(low, tip, b), _along(foot, tip, (step + 1) / 9)], 3)
    mast = (x - 20 * size, top - 210 * size)
    p.line("ink", [(x - 46 * size, top - 120 * size), mast, (x + 20 * size, top - 126 * size)], 7 * size)
    p.line("ink", [mast, tip], 3)
    hook = tip[1] + 240 * size
    p.line("ink", [tip, (tip[0], hook)], 3)
    p.box("ink", (tip[0] - 46 * size, hook, tip[0] + 46 * size, hook + 22 * size))


def _along(start: tuple[float, float], end: tuple[float, float], t: float) -> tuple[float, float]:
    return start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t


def mast(p: Print) -> None:
    night_sky(p, HEIGHT, 0.35)
    tip = (800, 210)
    for number in range(1, 12):
        radius = 60 + number * 74
        for piece in range(int(6 + number * 3)):
            at = 2 * math.pi * piece / int(6 + number * 3) + p.dice.uniform(-0.05, 0.05)
            span = 0.8 * math.pi / int(6 + number * 3)
            ends = [(tip[0] + radius * math.cos(at + s), tip[1] + radius * math.sin(at + s)) for s in (-span, span)]
            p.gouge("ink", ends[0], ends[1], max(5, 17 - number))
            if number % 3 == 1:
                p.gouge("straw", ends[0], ends[1], max(5, 17 - number), value=INK)
    _roofs(p)
    p.poly("ink", [(700, 1000), (788, 200), (812, 200), (900, 1000)])
    p.poly("ink", [(722, 1000), (794, 230), (806, 230), (878, 1000)], CUT)
    p.poly("rust", [(722, 1000), (794, 230), (806, 230), (878, 1000)])
    for step in range(12):
        y0, y1 = 250 + 62 * step, 250 + 62 * (step + 1)
        half0, half1 = 9 + 0.094 * (y0 - 250), 9 + 0.094 * (y1 - 250)
        for side in (-1, 1):
            p.line("ink", [(800 + side * half0, y0), (800 - side * half1, y1)], 6)
        p.line("ink", [(800 - half1, y1), (800 + half1, y1)], 5)
    p.line("ink", [(800, 130), (800, 260)], 9, CUT)
    p.disc("ink", (800, 150), 20, CUT)
    p.disc("rust", (800, 150), 14)
    p.disc("straw", (800, 150), 20)


def _roofs(p: Print) -> None:
    x = -60.0
    while x < WIDTH:
        width, top = p.dice.uniform(190, 280), p.dice.uniform(760, 850)
        roof = [(x, top + 120), (x + 40, top), (x + width - 40, top), (x + width, top + 120)]
        front = [(x + 8, top + 120), (x + width - 8, top + 120), (x + width - 8, HEIGHT), (x + 8, HEIGHT)]
        for shape in (roof, front):
            p.poly("ink", shape, CUT)
        p.poly("rust", roof)
        p.hatch("ink", roof, Strokes(p.dice.choice((74, 106)), 17, 9), INK)
        p.poly("ink", front)
        p.line("ink", [*roof, roof[0]], 6)
        for left in range(int(x) + 34, int(x + width) - 50, 58):
            is_lit = p.dice.random() < 0.4
            p.box("ink", (left, top + 160, left + 30, top + 204), CUT if is_lit else INK)
            p.box("straw", (left, top + 160, left + 30, top + 204))
        p.box("ink", (x + width * 0.6, top - 56, x + width * 0.6 + 34, top + 30))
        x += width + 6


def windows_night(p: Print) -> None:
    night_sky(p, 420, 0.8)
    p.disc("ink", (1330, 140), 60, CUT)
    p.disc("straw", (1330, 140), 60)
    p.box("ink", (0, 380, WIDTH, HEIGHT))
    house = [(150, 330), (1240, 330), (1240, 1010), (150, 1010)]
    p.poly("ink", [(100, 338), (190, 150), (1200, 150), (1290, 338)], CUT)
    p.poly("rust", [(100, 338), (190, 150), (1200, 150), (1290, 338)])
    p.hatch("ink", [(106, 334), (192, 154), (1198, 154), (1284, 334)], Strokes(0, 21, 15, 60), INK)
    p.poly("ink", house, CUT)
    p.poly("sea", house)
    p.hatch("ink", house, Strokes(0, 14, 12.5, 130), INK)
    for x in (360, 960):
        p.box("ink", (x, 70, x + 74, 200))
        p.hatch("ink", [(x + 5, 82), (x + 69, 82), (x + 69, 160), (x + 5, 160)], Strokes(0, 18, 5))
    lit = {(1, 0), (3, 1), (4, 1), (0, 2)}
    for row in range(3):
        for column in range(5):
            _window(p, 220 + column * 212, 376 + row * 212, (column, row) in lit)
    p.box("ink", (1256, 330, 1274, 1010))
    p.box("ink", (0, 1006, WIDTH, HEIGHT))
    p.hatch("ink", [(0, 1012), (WIDTH, 1012), (WIDTH, HEIGHT), (0, HEIGHT)], Strokes(0, 16, 6, 140))
    p.line("ink", [(1440, 1010), (1440, 560)], 10, CUT)
    p.disc("ink", (1440, 540), 92, CUT)
    p.disc("straw", (1440, 540), 92)
    p.hatch("ink", [(1340, 440), (1540, 440), (1540, 640), (1340, 640)], Strokes(0, 15, 5), INK)
    p.disc("ink", (1440, 540), 30, CUT)
    p.poly("ink", [(1400, 524), (1440, 486), (1480, 524)])


def _window(p: Print, x: float, y: float, is_lit: bool) -> None:
    for ink in ("ink", "sea"):
        p.box(ink, (x - 9, y - 9, x + 119, y + 151), CUT)
    p.box("ink", (x, y, x + 110, y + 142))
    for left, top in ((5, 5), (58, 5), (5, 52), (58, 52)):
        pane = (x + left, y + top, x + left + 47, y + (47 if top == 5 else 137))
        if is_lit:
            p.box("ink", pane, CUT)
            p.box("straw", pane)
        else:
            shape = [(pane[0], pane[1]), (pane[2], pane[1]), (pane[2], pane[3]), (pane[0], pane[3])]
            p.hatch("ink", shape, Strokes(-52, 26, 4, 40))
    if is_lit:
        p.poly("rust", [(x + 5, y + 5), (x + 40, y + 5), (x + 12, y + 137), (x + 5, y + 137)])
        p.box("ink", (x + 66, y + 112, x + 92, y + 137))
        for lean in (-14, 0, 14):
            p.line("ink", [(x + 79, y + 112), (x + 79 + lean, y + 84)], 4)
    p.box("ink", (x - 16, y + 146, x + 126, y + 160))


def lindens(p: Print) -> None:
    p.hatch("sea", ((0, 0), (WIDTH, 0), (WIDTH, 430), (0, 430)), Strokes(0, 20, 12, 500), INK)
    for x in range(0, WIDTH, 230):
        _front(p, x)
    for ink in ("ink", "sea"):
        p.poly(ink, [(0, 640), (WIDTH, 640), (WIDTH, HEIGHT), (0, HEIGHT)], CUT)
    p.box("straw", (0, 640, WIDTH, 960))
    p.hatch("ink", [(0, 660), (WIDTH, 660), (WIDTH, 950), (0, 950)], Strokes(0, 34, 5, 240), INK)
    p.box("ink", (0, 940, WIDTH, HEIGHT))
    p.hatch("ink", [(0, 960), (WIDTH, 960), (WIDTH, HEIGHT), (0, HEIGHT)], Strokes(0, 22, 6, 200))
    for number, x in enumerate((130, 400, 670, 940, 1210, 1480)):
        p.gouge("ink", (x - 86, 856), (x + 86, 856), 30, value=INK)
        p.gouge("rust", (x - 80, 856), (x + 80, 856), 22, value=INK)
        if number != 4:
            p.line("ink", [(x + 42, 856), (x + 42, 520)], 8)
        if number not in (1, 4):
            p.line("ink", [(x, 856), (x, 470)], 13)
            p.line("ink", [(x, 610), (x + 44, 600)], 5)
            _bare(p, x) if number == 5 else _crown(p, x, 390)


def _front(p: Print, x: float) -> None:
    """The front of a house across the street."""
    top = p.dice.uniform(250, 360)
    front = [(x, top), (x + 222, top), (x + 222, 640), (x, 640)]
    p.poly("sea", front, CUT)
    p.hatch("sea", front, Strokes(90, 13, 9, 160), INK)
    p.line("ink", [(x, 640), (x, top), (x + 222, top), (x + 222, 640)], 5)
    for row in range(3):
        for column in range(4):
            left, head = x + 24 + column * 50, top + 36 + row * 92
            p.box("sea", (left - 5, head - 5, left + 31, head + 57), CUT)
            p.box("ink", (left, head, left + 26, head + 52))


def _bare(p: Print, x: float) -> None:
    """A tree that did not take."""
    for side in (-1, 1):
        for y in (420, 480, 540):
            p.line("ink", [(x, y + 60), (x + side * 60, y)], 5)


def _crown(p: Print, x: float, y: float) -> None:
    """A linden's head, round and cut leaf by leaf."""
    p.disc("ink", (x, y), 139)
    p.disc("ink", (x, y), 132, CUT)
    p.disc("sea", (x, y), 132)
    p.disc("straw", (x, y), 132)
    for _ in range(230):
        turn, far = p.dice.uniform(0, 2 * math.pi), 128 * math.sqrt(p.dice.random())
        at = (x + far * math.cos(turn), y + far * math.sin(turn))
        lean = p.dice.uniform(0.5, 1.1)
        end = (at[0] + 22 * math.cos(lean), at[1] + 22 * math.sin(lean))
        is_shade = far * math.cos(turn - 0.8) > p.dice.uniform(-60, 70)
        if is_shade:
            p.gouge("ink", at, end, 10, value=INK)
        elif p.dice.random() < 0.5:
            p.gouge("sea", at, end, 10)
