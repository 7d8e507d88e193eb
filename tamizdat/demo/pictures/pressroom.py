"""The hand press and the pages drying beside it."""

import math

from tamizdat.demo.pictures.plates import CUT, HEIGHT, WIDTH, Point, Print, Strokes, smooth


def press(p: Print) -> None:
    p.box("ink", (0, 0, WIDTH, HEIGHT))
    for step in range(150):
        turn = 2 * math.pi * step / 150 + p.dice.uniform(-0.015, 0.015)
        near, far = p.dice.uniform(330, 470), p.dice.uniform(560, 1150)
        start = (720 + near * math.cos(turn), 500 + near * math.sin(turn))
        end = (720 + far * math.cos(turn), 500 + far * math.sin(turn))
        p.gouge("ink", start, end, 13)
    p.disc("ink", (720, 500), 430, CUT)
    p.disc("straw", (720, 500), 430)
    for x in (500, 940):
        pillar = smooth([(x - 44, 860), (x - 30, 700), (x - 36, 500), (x - 28, 300), (x - 46, 200)])
        other = [(2 * x - a, b) for a, b in pillar]
        p.poly("ink", [*pillar, *other[::-1]])
        p.hatch("ink", [(x + 4, 220), (x + 26, 220), (x + 26, 850), (x + 4, 850)], Strokes(90, 11, 5, 90))
    head = smooth(
        [
            (430, 230),
            (440, 140),
            (560, 120),
            (640, 70),
            (720, 52),
            (800, 70),
            (880, 120),
            (1000, 140),
            (1010, 230),
        ]
    )
    p.poly("ink", [*head, (1010, 250), (430, 250)])
    p.hatch("ink", [(470, 170), (970, 170), (970, 226), (470, 226)], Strokes(0, 16, 6, 170))
    p.disc("ink", (720, 128), 34, CUT)
    p.disc("rust", (720, 128), 34)
    p.ring("ink", (720, 128), 24, 5)
    p.box("ink", (688, 250, 752, 470))
    for y in range(270, 470, 26):
        p.gouge("ink", (690, y + 12), (750, y), 8)
    p.poly("ink", [(560, 470), (880, 470), (900, 530), (540, 530)])
    p.box("rust", (552, 530, 888, 556))
    p.line("ink", smooth([(740, 400), (900, 380), (1080, 420), (1230, 380)]), 22)
    p.disc("ink", (1240, 376), 30)
    p.box("ink", (330, 640, 1130, 690))
    p.hatch("ink", [(340, 650), (1120, 650), (1120, 684), (340, 684)], Strokes(0, 12, 5, 200))
    p.box("ink", (420, 596, 1020, 640), CUT)
    p.box("sea", (420, 596, 1020, 640))
    for x in range(430, 1010, 26):
        p.line("ink", [(x, 600), (x, 638)], 5)
    p.line("ink", [(420, 596), (1020, 596), (1020, 640), (420, 640), (420, 596)], 6)
    p.poly("ink", [(440, 860), (1000, 860), (1070, 960), (370, 960)])
    p.hatch("ink", [(450, 876), (990, 876), (1040, 946), (400, 946)], Strokes(0, 18, 7, 160))
    _wheel(p, (720, 770), 96)
    _drying(p)


def _wheel(p: Print, at: Point, radius: float) -> None:
    p.ring("ink", at, radius, 16)
    for step in range(6):
        turn = math.radians(step * 60 + 15)
        p.line("ink", [at, (at[0] + radius * math.cos(turn), at[1] + radius * math.sin(turn))], 9)
    p.disc("ink", at, 20)


def _drying(p: Print) -> None:
    """A line across the room with this week's pages on it."""
    p.line("ink", [(1080, 96), (WIDTH, 150)], 6, CUT)
    for x, y in ((1190, 108), (1420, 134)):
        sheet = [(x, y), (x + 176, y + 12), (x + 164, y + 268), (x - 14, y + 254)]
        for ink in ("ink", "straw"):
            p.poly(ink, sheet, CUT)
        p.line("ink", [*sheet, sheet[0]], 5)
        p.line("ink", [(x + 16, y + 40), (x + 154, y + 48)], 15)
        p.poly("rust", [(x + 12, y + 74), (x + 84, y + 78), (x + 80, y + 140), (x + 8, y + 136)])
        for line in range(10):
            top = y + 76 + line * 17
            p.line("ink", [(x + 94, top + 4), (x + 152, top + 8)], 4)
            if line > 4:
                p.line("ink", [(x + 4, top), (x + 76, top + 4)], 4)
        for peg in (x + 40, x + 130):
            p.box("rust", (peg, y - 22, peg + 12, y + 22))
            p.box("ink", (peg, y - 22, peg + 12, y + 22), CUT)
