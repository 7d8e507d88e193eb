"""Ferry, tanker and fishing boats."""

from tamizdat.demo.pictures.plates import CUT, HEIGHT, WIDTH, Print, Strokes
from tamizdat.demo.pictures.water import glitter, gull, night_sky, water


def ferry_night(p: Print) -> None:
    night_sky(p, 600)
    p.hatch("sea", ((0, 330), (WIDTH, 330), (WIDTH, 600), (0, 600)), Strokes(0, 9, 6, 400), 255)
    p.disc("ink", (330, 215), 74, CUT)
    p.disc("straw", (330, 215), 74)
    p.disc("straw", (362, 200), 66, CUT)
    p.disc("ink", (362, 200), 66)
    p.poly("ink", [(0, 600), (0, 566), (180, 556), (420, 580), (560, 600)])
    for x in (60, 130, 210, 300, 372):
        p.disc("ink", (x, 582), 4, CUT)
        p.disc("straw", (x, 582), 4)
    water(p, 600, calm=0.8)
    for x in (640, 790, 940, 1090, 1230):
        glitter(p, x, 668, 46)
    glitter(p, 330, 606, 26)
    _ferry(p)


def _ferry(p: Print) -> None:
    decks = [
        (560, 560),
        (620, 470),
        (690, 470),
        (700, 392),
        (1180, 392),
        (1196, 470),
        (1300, 470),
        (1330, 560),
    ]
    p.poly("ink", decks, CUT)
    p.poly("sea", decks, CUT)
    p.poly("ink", [(470, 556), (1392, 556), (1352, 672), (540, 672), (500, 620)])
    p.hatch("ink", [(500, 600), (1372, 600), (1366, 622), (508, 622)], Strokes(0, 12, 5))
    p.poly("rust", [(514, 640), (1362, 640), (1352, 672), (540, 672)])
    p.hatch("ink", [(520, 642), (1360, 642), (1352, 670), (538, 670)], Strokes(0, 8, 6))
    for row, (left, right) in ((494, (640, 1290)), (418, (726, 1150))):
        for x in range(left, right, 46):
            p.box("ink", (x, row, x + 30, row + 36))
            p.box("ink", (x + 4, row + 4, x + 26, row + 32), CUT)
            p.box("straw", (x + 2, row + 2, x + 28, row + 34))
    p.line("ink", [(622, 472), (1300, 472)], 7)
    p.line("ink", [(700, 394), (1184, 394)], 7)
    p.poly("ink", [(900, 392), (918, 286), (1010, 286), (1028, 392)])
    p.poly("rust", [(912, 330), (916, 304), (1012, 304), (1017, 330)])
    p.hatch("ink", [(912, 330), (916, 304), (1012, 304), (1017, 330)], Strokes(0, 7, 5))
    p.line("ink", [(760, 392), (760, 250)], 7)
    p.disc("straw", (760, 250), 12)
    p.disc("ink", (760, 250), 9, CUT)


def tanker(p: Print) -> None:
    p.disc("straw", (1130, 330), 190)
    for y in range(40, 640, 26):
        p.gouge("sea", (-40, y), (WIDTH + 40, y + p.dice.uniform(-5, 5)), 4 + y / 70, value=255)
    p.hatch("straw", ((900, 380), (1360, 380), (1360, 540), (900, 540)), Strokes(0, 22, 9))
    water(p, 640, "sea", 0.8)
    p.hatch("ink", ((0, 640), (WIDTH, 640), (WIDTH, HEIGHT), (0, HEIGHT)), Strokes(0, 23, 9, 330), 255)
    hull = [(250, 560), (1280, 560), (1320, 520), (1362, 520), (1330, 690), (300, 690), (262, 640)]
    p.poly("ink", hull)
    p.poly("sea", hull, CUT)
    p.hatch("ink", [(262, 580), (1340, 580), (1336, 618), (266, 618)], Strokes(0, 14, 4, 500))
    p.poly("rust", [(270, 652), (1336, 652), (1330, 690), (300, 690)])
    p.hatch("ink", [(276, 656), (1332, 656), (1330, 688), (300, 688)], Strokes(0, 8, 6))
    p.box("ink", (330, 400, 470, 562))
    for y in (416, 452, 488, 524):
        for x in range(344, 460, 24):
            p.box("ink", (x, y, x + 13, y + 15), CUT)
    p.box("ink", (310, 384, 492, 402))
    p.poly("ink", [(360, 384), (366, 310), (412, 310), (420, 384)])
    p.box("rust", (362, 326, 416, 346))
    p.hatch("ink", [(362, 326), (416, 326), (416, 346), (362, 346)], Strokes(0, 6, 4))
    for x in (620, 800, 980):
        p.line("ink", [(x, 560), (x, 440)], 8)
        p.line("ink", [(x, 452), (x + 90, 530)], 4)
    p.line("ink", [(500, 540), (1230, 540)], 8)
    p.line("ink", [(1330, 600), (1420, 760)], 4)
    patch = [(1120, 584), (1262, 584), (1256, 622), (1124, 622)]
    p.poly("ink", patch, CUT)
    p.hatch("ink", patch, Strokes(72, 15, 4), 255)
    p.box("ink", (300, 700, 1330, 716), CUT)
    for at, size, tilt in (((640, 240), 90, -8), ((790, 170), 62, 10), ((520, 150), 46, 4)):
        gull(p, at, size, tilt)


def boats(p: Print) -> None:
    p.disc("rust", (1180, 250), 118)
    p.hatch("rust", ((1040, 260), (1320, 260), (1320, 380), (1040, 380)), Strokes(0, 18, 8))
    p.hatch("sea", ((0, 440), (WIDTH, 440), (WIDTH, 560), (0, 560)), Strokes(0, 12, 8, 320), 255)
    p.poly(
        "ink",
        [(0, 560), (0, 500), (200, 478), (520, 520), (900, 492), (1300, 524), (WIDTH, 500), (WIDTH, 560)],
    )
    p.hatch("ink", [(0, 560), (0, 510), (WIDTH, 510), (WIDTH, 560)], Strokes(80, 20, 5, 60))
    water(p, 560, "ink", 1.1)
    p.hatch("sea", ((0, 560), (WIDTH, 560), (WIDTH, HEIGHT), (0, HEIGHT)), Strokes(0, 15, 10, 260), 255)
    for number, x in enumerate((170, 480, 800, 1120, 1430)):
        _bow(p, x, 1 + 0.06 * (number % 2), ("rust", "sea", "straw", "rust", "sea")[number])


def _bow(p: Print, x: float, size: float, ink: str) -> None:
    """A small boat from in front, with mast, rigging and its shadow on the water."""
    top, bottom = 560 - 20 * size, 820
    hull = [
        (x - 140 * size, top),
        (x + 140 * size, top),
        (x + 112 * size, bottom - 90),
        (x + 58, bottom),
        (x - 58, bottom),
        (x - 112 * size, bottom - 90),
    ]
    p.poly(
        "ink",
        [
            (x - 150 * size, top - 14),
            (x + 150 * size, top - 14),
            (x + 118 * size, bottom - 80),
            (x + 62, bottom + 10),
            (x - 62, bottom + 10),
            (x - 118 * size, bottom - 80),
        ],
    )
    for each in ("ink", "sea"):
        p.poly(each, hull, CUT)
    p.poly(ink, hull)
    p.hatch("ink", [hull[0], (x, top), (x, bottom), hull[4], hull[5]], Strokes(8, 24, 9), 255)
    p.hatch("ink", [(x, top), hull[1], hull[2], hull[3], (x, bottom)], Strokes(-8, 24, 5), 255)
    p.line("ink", [(x, top - 6), (x, bottom)], 10)
    cabin = [(x - 66, top - 120), (x + 66, top - 120), (x + 74, top), (x - 74, top)]
    p.poly("ink", cabin)
    for left in (-50, 8):
        p.box("ink", (x + left, top - 102, x + left + 42, top - 56), CUT)
        p.box("straw", (x + left, top - 102, x + left + 42, top - 56))
    p.line("ink", [(x, top - 120), (x, top - 430 * size)], 9)
    p.line("ink", [(x - 84, top - 330), (x + 84, top - 330)], 6)
    for side in (-136, 136):
        p.line("ink", [(x, top - 420 * size), (x + side, top - 10)], 3)
    for row in range(11):
        y = bottom + 18 + row * 18
        half = (100 - row * 7) * p.dice.uniform(0.6, 1.1)
        p.gouge("ink", (x - half, y), (x + half, y), 13, value=255)
