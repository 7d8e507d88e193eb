"""Jars on a bench, a pot of soup, a stove with its door open."""

import math
from functools import partial

from tamizdat.demo.pictures.plates import CUT, HEIGHT, INK, WIDTH, Point, Print, Strokes, smooth


def jars(p: Print) -> None:
    p.hatch("sea", ((0, 0), (WIDTH, 0), (WIDTH, 700), (0, 700)), Strokes(90, 22, 12, 240), INK)
    p.box("ink", (0, 760, WIDTH, HEIGHT))
    p.hatch("ink", [(0, 770), (WIDTH, 770), (WIDTH, HEIGHT), (0, HEIGHT)], Strokes(0, 22, 8, 330))
    p.box("ink", (0, 744, WIDTH, 772))
    for number, share in enumerate((0.06, 0.1, 0.2, 0.28, 0.36, 0.94, 0.62, 0.4, 0.16)):
        _jar(p, 82 + number * 164, share, is_foul=number == 5)


def _jar(p: Print, x: float, share: float, is_foul: bool) -> None:
    left, right, top, bottom = x - 10, x + 132, 380, 790
    glass = smooth(
        [
            (left, bottom - 20),
            (left, 480),
            (left + 8, 440),
            (left + 26, 414),
            (right - 26, 414),
            (right - 8, 440),
            (right, 480),
            (right, bottom - 20),
            (right - 20, bottom),
            (left + 20, bottom),
        ],
        closed=True,
    )
    for ink in ("ink", "sea"):
        p.poly(ink, glass, CUT)
    level = 470
    filled = [(left + 2, level), (right - 2, level), (right - 2, bottom - 10), (left + 2, bottom - 10)]
    p.within(glass, "rust" if is_foul else "sea", lambda: p.poly("rust" if is_foul else "sea", filled))
    gap = 30 - 22 * share
    for slope in (0, 60, -60)[: 1 + int(share * 3)]:
        p.hatch("ink", filled, Strokes(slope, gap, gap * 0.34, 90), INK)
    p.line("ink", [(left + 4, level), (right - 4, level)], 5)
    p.gouge("ink", (left + 24, 500), (left + 22, 720), 13)
    p.gouge("sea", (left + 24, 500), (left + 22, 720), 13)
    p.line("ink", [*glass, glass[0]], 8)
    p.box("ink", (left + 16, top, right - 16, 420))
    p.hatch(
        "ink",
        [(left + 20, top + 4), (right - 20, top + 4), (right - 20, 416), (left + 20, 416)],
        Strokes(90, 11, 5),
    )
    p.box("ink", (left + 34, 590, right - 34, 664), CUT)
    for ink in ("sea", "rust"):
        p.box(ink, (left + 34, 590, right - 34, 664), CUT)
    p.line("ink", [(left + 34, 590), (right - 34, 590), (right - 34, 664), (left + 34, 664), (left + 34, 590)], 4)
    for y in (612, 630, 646):
        p.line("ink", [(left + 46, y), (right - 46 - p.dice.uniform(0, 24), y)], 4)


def soup(p: Print) -> None:
    p.box("ink", (0, 0, WIDTH, 800))
    for number in range(7):
        x = 560 + number * 80
        reach = 46 + 10 * (number % 3)
        wave = [(x + reach * math.sin(y / 64 + number * 1.3), y) for y in range(430 - 30 * (number % 2), -40, -20)]
        p.line("ink", wave, 15 - 3 * (number % 2), CUT)
        if number % 2:
            p.line("straw", wave, 9)
    pot = smooth([(420, 470), (424, 640), (450, 790), (520, 850), (1080, 850), (1150, 790), (1176, 640), (1180, 470)])
    p.poly("ink", pot, CUT)
    p.poly("rust", pot)
    p.hatch("ink", [(424, 480), (700, 480), (700, 850), (424, 850)], Strokes(90, 24, 9, 160), INK)
    p.hatch("ink", [(1020, 480), (1180, 480), (1180, 850), (1020, 850)], Strokes(90, 17, 10, 120), INK)
    p.line("ink", pot, 9)
    p.box("ink", (392, 440, 1208, 486), CUT)
    p.box("sea", (392, 440, 1208, 486))
    p.line("ink", [(392, 440), (1208, 440), (1208, 486), (392, 486), (392, 440)], 8)
    for side in (-1, 1):
        handle = smooth(
            [
                (800 + side * 380, 560),
                (800 + side * 460, 560),
                (800 + side * 470, 640),
                (800 + side * 376, 640),
            ]
        )
        p.line("ink", handle, 34)
        p.line("ink", handle, 18, CUT)
        p.line("sea", handle, 18)
    p.line("ink", [(960, 450), (1120, 150)], 36)
    p.line("ink", [(960, 450), (1120, 150)], 22, CUT)
    p.line("straw", [(960, 450), (1120, 150)], 22)
    p.box("ink", (0, 800, WIDTH, HEIGHT), CUT)
    p.box("rust", (0, 860, WIDTH, HEIGHT), CUT)
    p.box("straw", (0, 850, WIDTH, HEIGHT))
    p.box("ink", (0, 800, WIDTH, 856))
    p.hatch("ink", [(0, 870), (WIDTH, 870), (WIDTH, HEIGHT), (0, HEIGHT)], Strokes(2, 34, 8, 420), INK)
    _fish(p, (250, 930))
    for at in ((1240, 900), (1360, 950), (1130, 970)):
        _onion(p, at)


def _fish(p: Print, at: Point) -> None:
    x, y = at
    body = smooth(
        [
            (x - 210, y),
            (x - 110, y - 58),
            (x + 40, y - 60),
            (x + 160, y - 16),
            (x + 250, y - 70),
            (x + 236, y),
            (x + 256, y + 64),
            (x + 160, y + 18),
            (x + 40, y + 58),
            (x - 110, y + 52),
        ],
        closed=True,
    )
    for ink in ("ink", "straw"):
        p.poly(ink, body, CUT)
    p.poly("sea", body)
    for column in range(9):
        for row in range(4):
            spot = (x - 90 + column * 26, y - 40 + row * 26 + (column % 2) * 12)
            scale = smooth([(spot[0] + 9, spot[1] - 11), (spot[0] - 2, spot[1]), (spot[0] + 9, spot[1] + 11)])
            p.within(body, "ink", partial(p.line, "ink", scale, 4))
    p.line("ink", [*body, body[0]], 7)
    p.line("ink", smooth([(x - 120, y - 50), (x - 98, y), (x - 120, y + 48)]), 6)
    p.disc("ink", (x - 160, y - 12), 11)
    p.disc("ink", (x - 162, y - 14), 4, CUT)


def _onion(p: Print, at: Point) -> None:
    x, y = at
    skin = smooth(
        [
            (x, y - 96),
            (x + 14, y - 60),
            (x + 66, y - 20),
            (x + 54, y + 42),
            (x, y + 60),
            (x - 54, y + 42),
            (x - 66, y - 20),
            (x - 14, y - 60),
        ],
        closed=True,
    )
    for ink in ("ink", "straw"):
        p.poly(ink, skin, CUT)
    p.poly("rust", skin)
    for side in (-0.75, -0.4, 0, 0.4, 0.75):
        p.gouge("ink", (x + side * 10, y - 66), (x + side * 66, y + 8), 6, value=INK)
        p.gouge("ink", (x + side * 66, y), (x + side * 12, y + 56), 6, value=INK)
    p.line("ink", [*skin, skin[0]], 7)


def stove(p: Print) -> None:
    p.box("ink", (0, 0, WIDTH, HEIGHT))
    for row in range(15):
        for column in range(12):
            left, y = column * 150 - (row % 2) * 75, row * 58
            brick = [(left + 4, y + 4), (left + 142, y + 4), (left + 142, y + 52), (left + 4, y + 52)]
            p.hatch("ink", brick, Strokes(0, 13, 3.5, 90))
    p.box("ink", (880, 0, 970, 420), CUT)
    p.box("sea", (880, 0, 970, 420))
    p.hatch("ink", [(900, 0), (966, 0), (966, 420), (900, 420)], Strokes(90, 13, 8, 120), INK)
    for y in (120, 300):
        p.box("ink", (872, y, 978, y + 18))
    body = [(430, 430), (1070, 430), (1040, 930), (460, 930)]
    p.poly("ink", [(x + (x - 750) * 0.04, y + (y - 680) * 0.03) for x, y in body], CUT)
    p.poly("sea", [(x + (x - 750) * 0.04, y + (y - 680) * 0.03) for x, y in body], CUT)
    p.poly("ink", body)
    p.hatch("ink", [(870, 450), (1060, 450), (1030, 920), (870, 920)], Strokes(90, 22, 7, 130))
    p.box("ink", (400, 404, 1100, 440), CUT)
    p.box("sea", (400, 404, 1100, 440))
    p.line("ink", [(400, 404), (1100, 404), (1100, 440), (400, 440), (400, 404)], 7)
    for x in (480, 980):
        p.poly("ink", [(x - 10, 930), (x + 60, 930), (x + 40, 1010), (x, 1010)])
        p.line("ink", [(x - 10, 930), (x, 1010), (x + 40, 1010), (x + 60, 930)], 6, CUT)
    _fire(p)
    _kettle(p, (610, 404))
    p.box("ink", (0, 1006, WIDTH, HEIGHT))
    p.hatch("ink", [(0, 1014), (WIDTH, 1014), (WIDTH, HEIGHT), (0, HEIGHT)], Strokes(0, 18, 8, 260))
    for row in range(3):
        y, half = 1020 + row * 20, 330 - row * 50
        for ink, value in (("ink", CUT), ("straw", INK)):
            p.gouge(ink, (640 - half, y), (640 + half * 0.6, y), 13, value=value)


def _fire(p: Print) -> None:
    mouth = [(540, 540), (860, 540), (850, 800), (550, 800)]
    p.poly("ink", mouth, CUT)
    p.poly("straw", mouth)
    for number in range(9):
        x = 560 + number * 34
        height = p.dice.uniform(110, 220)
        flame = smooth([(x - 24, 800), (x - 16, 740), (x + 8, 800 - height), (x + 26, 740), (x + 22, 800)])
        p.within(mouth, "rust", partial(p.poly, "rust", flame))
        p.gouge("ink", (x - 2, 790), (x + 6, 810 - height * 0.6), 7, value=INK)
    p.line("ink", [*mouth, mouth[0]], 10)
    door = [(540, 530), (400, 500), (404, 850), (550, 810)]
    p.poly("ink", door)
    p.hatch("ink", door, Strokes(8, 28, 8, 90))
    p.line("ink", [*door, door[0]], 6, CUT)


def _kettle(p: Print, at: Point) -> None:
    x, y = at
    body = smooth(
        [(x - 100, y), (x - 92, y - 90), (x - 50, y - 140), (x + 50, y - 140), (x + 92, y - 90), (x + 100, y)]
    )
    spout = smooth(
        [
            (x + 84, y - 60),
            (x + 140, y - 90),
            (x + 160, y - 140),
            (x + 186, y - 146),
            (x + 176, y - 84),
            (x + 96, y - 20),
        ],
        closed=True,
    )
    for shape in (body, spout):
        p.poly("ink", shape, CUT)
        p.poly("rust", shape)
        p.line("ink", [*shape, shape[0]], 8)
    p.hatch("ink", [(x - 100, y), (x - 96, y - 140), (x - 20, y - 140), (x - 30, y)], Strokes(90, 17, 7, 80), INK)
    p.line(
        "ink",
        smooth([(x - 70, y - 124), (x - 74, y - 230), (x, y - 262), (x + 74, y - 230), (x + 70, y - 124)]),
        18,
        CUT,
    )
    p.line(
        "sea",
        smooth([(x - 70, y - 124), (x - 74, y - 230), (x, y - 262), (x + 74, y - 230), (x + 70, y - 124)]),
        12,
    )
    p.box("ink", (x - 40, y - 158, x + 40, y - 138), CUT)
    p.box("straw", (x - 40, y - 158, x + 40, y - 138))
    p.disc("ink", (x, y - 168), 14, CUT)
    p.disc("rust", (x, y - 168), 14)
    for number, drift in enumerate((20, 60, 36)):
        steam = smooth(
            [
                (x + 190 + drift, y - 160 - number * 50),
                (x + 220 + drift, y - 210 - number * 50),
                (x + 196 + drift, y - 250 - number * 50),
            ]
        )
        for start, end in zip(steam[::6], steam[6::6], strict=False):
            p.gouge("ink", start, end, 15)
