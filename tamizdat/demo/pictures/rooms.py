"""Boxes, books and a tin of letters."""

import math

from tamizdat.demo.pictures.plates import CUT, EVERYWHERE, HEIGHT, INK, WIDTH, Point, Print, Strokes, smooth


def boxes(p: Print) -> None:
    p.box("ink", (0, 0, WIDTH, HEIGHT))
    for row in range(3):
        y = 70 + row * 330
        for column in range(6):
            x = 40 + column * 262 + p.dice.uniform(-8, 8)
            is_open = (row, column) == (1, 3)
            height = p.dice.uniform(214, 238)
            _carton(p, x, y + 282 - height, height, is_open=is_open)
        p.box("ink", (0, y + 282, WIDTH, y + 318), CUT)
        p.box("sea", (0, y + 282, WIDTH, y + 318))
        p.hatch(
            "ink",
            [(0, y + 284), (WIDTH, y + 284), (WIDTH, y + 316), (0, y + 316)],
            Strokes(0, 9, 3.5, 240),
            INK,
        )
    for x in (18, 822, 1582):
        p.box("ink", (x - 14, 0, x + 14, HEIGHT), CUT)
        p.box("sea", (x - 14, 0, x + 14, HEIGHT))
        p.hatch(
            "ink",
            [(x - 13, 0), (x + 13, 0), (x + 13, HEIGHT), (x - 13, HEIGHT)],
            Strokes(90, 8, 3.5, 200),
            INK,
        )


def _carton(p: Print, x: float, y: float, height: float, *, is_open: bool) -> None:
    front = [(x, y), (x + 216, y), (x + 216, y + height), (x, y + height)]
    p.poly("ink", front, CUT)
    p.poly("rust" if is_open else "straw", front)
    p.hatch("ink", front, Strokes(p.dice.choice((0, 90, 38)), 19, 5, 150), INK)
    p.line("ink", [*front, front[0]], 6)
    p.box("ink", (x + 52, y + height * 0.42, x + 164, y + height * 0.42 + 66), CUT)
    for ink in ("straw", "rust"):
        p.box(ink, (x + 52, y + height * 0.42, x + 164, y + height * 0.42 + 66), CUT)
    for line in range(3):
        end = x + 66 + p.dice.uniform(40, 84)
        p.line(
            "ink",
            [(x + 66, y + height * 0.42 + 16 + line * 17), (end, y + height * 0.42 + 16 + line * 17)],
            5,
        )
    if not is_open:
        p.line("ink", [(x - 6, y + 30), (x + 222, y + 30)], 7)
        return
    for number in range(5):
        lean, top = -30 + number * 11, y - 74 + abs(number - 2) * 14
        sheet = [
            (x + 16 + number * 36, y),
            (x + 30 + number * 36 + lean, top),
            (x + 92 + number * 22 + lean, top - 8),
            (x + 90 + number * 30, y),
        ]
        for ink in ("ink", "rust", "straw"):
            p.poly(ink, sheet, CUT)
        p.line("ink", [*sheet, sheet[0]], 4)
        for line in range(4):
            a, b = sheet[1], sheet[2]
            drop = 16 + line * 12
            p.line("ink", [(a[0] + 10, a[1] + drop), (b[0] - 8, b[1] + drop)], 7 if line == 0 else 3)


def books(p: Print) -> None:
    p.box("ink", (0, 0, WIDTH, HEIGHT))
    for row in range(4):
        shelf = 250 + row * 262
        x = 20.0
        while x < WIDTH - 20:
            width, height = p.dice.uniform(26, 62), p.dice.uniform(150, 214)
            if p.dice.random() < 0.06:
                x += width
                continue
            _book(p, (x, shelf), width, height)
            x += width + 5
        p.box("ink", (0, shelf, WIDTH, shelf + 30), CUT)
        p.box("straw", (0, shelf, WIDTH, shelf + 30))
        p.hatch(
            "ink",
            [(0, shelf + 6), (WIDTH, shelf + 6), (WIDTH, shelf + 30), (0, shelf + 30)],
            Strokes(0, 8, 4, 200),
            INK,
        )
    _ladder(p)


def _book(p: Print, foot: Point, width: float, height: float) -> None:
    x, shelf = foot
    spine = [(x, shelf - height), (x + width, shelf - height), (x + width, shelf), (x, shelf)]
    ink = p.dice.choice(("rust", "sea", "straw", "", "ink"))
    if ink != "ink":
        p.poly("ink", spine, CUT)
        if ink:
            p.poly(ink, spine)
        p.hatch(
            "ink",
            [(x + width * 0.6, shelf - height), spine[1], spine[2], (x + width * 0.6, shelf)],
            Strokes(0, 10, 5),
            INK,
        )
    value = CUT if ink == "ink" else INK
    p.line("ink", [*spine, spine[0]], 3, value)
    for part in (0.14, 0.22, 0.8):
        y = shelf - height * (1 - part)
        p.line("ink", [(x + 4, y), (x + width - 4, y)], 4, value)


def _ladder(p: Print) -> None:
    for left, right in (((980, 1090), (1130, -20)), ((1230, 1090), (1330, -20))):
        p.line("ink", [left, right], 44)
        p.line("ink", [left, right], 30, CUT)
        for ink in ("sea", "rust"):
            p.line(ink, [left, right], 30, CUT)
        p.line("straw", [left, right], 30)
        p.line("ink", [(left[0] + 8, left[1]), (right[0] + 8, right[1])], 5)
    for step in range(7):
        y = 980 - step * 150
        t = (1090 - y) / 1110
        rung = [(980 + 150 * t, y), (1230 + 100 * t, y)]
        p.line("ink", rung, 30)
        p.line("ink", rung, 18, CUT)
        for ink in ("sea", "rust"):
            p.line(ink, rung, 18, CUT)
        p.line("straw", rung, 18)


def letters(p: Print) -> None:
    p.box("sea", (0, 0, WIDTH, HEIGHT))
    p.hatch("ink", EVERYWHERE, Strokes(-3, 30, 8, 600), INK)
    for corner, size, turn, ink in (
        ((270, 300), (420, 280), -14, ""),
        ((1290, 250), (380, 250), 11, "straw"),
        ((240, 800), (400, 270), 8, "straw"),
        ((1330, 830), (430, 280), -9, ""),
    ):
        _envelope(p, corner, size, turn=turn, ink=ink)
    tin = [(430, 330), (1150, 330), (1190, 820), (390, 820)]
    p.poly("ink", [(x + 16, y + 30) for x, y in tin])
    for number in range(9):
        top = 150 + abs(number - 4) * 22 + p.dice.uniform(-12, 12)
        left = 450 + number * 72
        sheet = [
            (left, 470),
            (left - 26 + number * 5, top),
            (left + 110 + number * 3, top - 16),
            (left + 118, 470),
        ]
        for ink in ("ink", "sea"):
            p.poly(ink, sheet, CUT)
        if number % 3 == 1:
            p.poly("straw", sheet)
        p.line("ink", [*sheet, sheet[0]], 5)
        a = sheet[1]
        for line in range(5):
            p.line(
                "ink",
                [(a[0] + 22, a[1] + 34 + line * 22), (a[0] + 92 - 12 * (line % 2), a[1] + 31 + line * 22)],
                4,
            )
    front = [(410, 420), (1170, 420), (1196, 830), (384, 830)]
    for ink in ("ink", "sea", "straw"):
        p.poly(ink, front, CUT)
    p.poly("rust", front)
    p.hatch("ink", front, Strokes(90, 26, 6, 170), INK)
    label = smooth(
        [(600, 540), (790, 500), (980, 540), (1010, 640), (970, 730), (790, 760), (610, 730), (570, 640)],
        closed=True,
    )
    for ink in ("ink", "rust"):
        p.poly(ink, label, CUT)
    p.line("ink", [*label, label[0]], 6)
    _sleigh(p)
    p.line("ink", [*front, front[0]], 8)
    p.line("ink", [(396, 450), (1184, 450)], 9)


def _sleigh(p: Print) -> None:
    runner = smooth([(650, 690), (720, 704), (880, 704), (930, 680), (936, 640), (910, 624)])
    p.line("ink", runner, 7)
    body = smooth(
        [(690, 590), (700, 660), (780, 676), (880, 660), (900, 610), (850, 630), (760, 636), (720, 570)],
        closed=True,
    )
    p.poly("sea", body)
    p.line("ink", [*body, body[0]], 5)
    for x in (720, 850):
        p.line("ink", [(x, 664), (x, 702)], 5)
    for x, y in ((640, 580), (760, 560), (850, 570), (930, 590), (620, 660), (800, 540)):
        p.disc("ink", (x, y), 5)


def _envelope(p: Print, at: Point, size: tuple[float, float], *, turn: float, ink: str) -> None:
    w, h, t = size[0] / 2, size[1] / 2, math.radians(turn)

    def spot(a: float, b: float) -> Point:
        return at[0] + w * a * math.cos(t) - h * b * math.sin(t), at[1] + w * a * math.sin(t) + h * b * math.cos(t)

    sheet = [spot(-1, -1), spot(1, -1), spot(1, 1), spot(-1, 1)]
    p.poly("ink", [(x + 10, y + 14) for x, y in sheet])
    for plate in ("ink", "sea"):
        p.poly(plate, sheet, CUT)
    if ink:
        p.poly(ink, sheet)
    p.line("ink", [*sheet, sheet[0]], 5)
    stamp = [spot(0.58, -0.8), spot(0.9, -0.8), spot(0.9, -0.2), spot(0.58, -0.2)]
    p.poly("rust", stamp)
    p.hatch("ink", stamp, Strokes(turn, 12, 4), INK)
    p.line("ink", [*stamp, stamp[0]], 4)
    for size_ in (40, 30):
        p.ring("ink", spot(0.42, -0.36), size_, 3)
    for line, end in ((0.1, 0.5), (0.34, 0.62), (0.58, 0.36)):
        p.line(
            "ink",
            smooth(
                [spot(-0.3 + 0.16 * n, line + (0.05 if n % 2 else -0.03)) for n in range(round((end + 0.3) / 0.16))]
            ),
            5,
        )
