"""The gymnasium of School No. 3, with its bucket."""

from tamizdat.demo.pictures.plates import CUT, HEIGHT, INK, WIDTH, Print, Strokes, smooth


def bucket(p: Print) -> None:
    p.hatch("sea", ((0, 0), (WIDTH, 0), (WIDTH, 640), (0, 640)), Strokes(90, 24, 13, 300), INK)
    for x in (70, 560, 1050):
        _tall_window(p, x)
    p.box("straw", (0, 640, WIDTH, HEIGHT))
    p.box("ink", (0, 632, WIDTH, 648))
    p.hatch("ink", [(0, 660), (WIDTH, 660), (WIDTH, HEIGHT), (0, HEIGHT)], Strokes(0, 44, 6, 420), INK)
    line = smooth([(-60, 1020), (300, 800), (800, 740), (1300, 800), (WIDTH + 60, 1020)])
    p.line("rust", line, 18)
    _hoop(p)
    for y in (120, 250, 380, 500, 600, 690):
        drop = smooth([(820, y - 44), (834, y - 8), (820, y + 12), (806, y - 8)], closed=True)
        for ink in ("ink", "straw", "rust"):
            p.poly(ink, drop, CUT)
        p.poly("sea", drop)
        p.line("ink", [*drop, drop[0]], 5)
    _pail(p, 820, 930)


def _tall_window(p: Print, x: float) -> None:
    frame = [(x, 60), (x + 420, 60), (x + 420, 470), (x, 470)]
    p.poly("sea", frame, CUT)
    p.hatch("ink", frame, Strokes(-62, 34, 6, 90), INK)
    for bar in range(5):
        p.line("ink", [(x + bar * 105, 60), (x + bar * 105, 470)], 9)
    for y in (60, 196, 333, 470):
        p.line("ink", [(x, y), (x + 420, y)], 9)


def _hoop(p: Print) -> None:
    """Backboard, ring and net, seen from below."""
    board = [(610, 120), (1030, 120), (1030, 400), (610, 400)]
    for ink in ("ink", "sea"):
        p.poly(ink, board, CUT)
    p.line("ink", [*board, board[0]], 14)
    p.line("rust", [(730, 390), (730, 250), (910, 250), (910, 390)], 12)
    ring = smooth(
        [(690, 420), (750, 400), (820, 396), (890, 400), (950, 420), (890, 444), (820, 450), (750, 444)], closed=True
    )
    for strand in range(8):
        top, low = 700 + strand * 34, 752 + strand * 19
        p.line("ink", [(top, 428), (low, 590)], 5)
        p.line("ink", [(top, 428), (752 + ((strand + 3) % 8) * 19, 520)], 4)
    p.line("ink", [*ring, ring[0]], 24)
    p.line("rust", [*ring, ring[0]], 14)
    p.line("ink", [*ring, ring[0]], 14, CUT)


def _pail(p: Print, x: float, y: float) -> None:
    p.gouge("ink", (x - 210, y + 96), (x + 230, y + 96), 40, value=INK)
    side = [(x - 130, y - 120), (x + 130, y - 120), (x + 96, y + 90), (x - 96, y + 90)]
    for ink in ("ink", "straw", "rust"):
        p.poly(ink, side, CUT)
    p.poly("sea", side)
    p.hatch(
        "ink", [(x + 20, y - 120), (x + 130, y - 120), (x + 96, y + 90), (x + 20, y + 90)], Strokes(86, 19, 9, 120), INK
    )
    p.line("ink", [*side, side[0]], 10)
    rim = smooth([(x - 136, y - 120), (x, y - 150), (x + 136, y - 120), (x, y - 92)], closed=True)
    for ink in ("ink", "straw", "sea"):
        p.poly(ink, rim, CUT)
    p.poly("sea", smooth([(x - 104, y - 118), (x, y - 134), (x + 104, y - 118), (x, y - 102)], closed=True))
    p.line("ink", [*rim, rim[0]], 10)
    p.line(
        "ink", smooth([(x - 132, y - 118), (x - 150, y - 20), (x, y + 30), (x + 150, y - 20), (x + 132, y - 118)]), 7
    )
    for lean in (-64, 0, 58):
        p.line("ink", [(x + lean * 0.5, y - 168), (x + lean, y - 212)], 6)
