"""Sky, water and birds, for every picture that stands by the sea."""

import math

from tamizdat.demo.pictures.plates import CUT, HEIGHT, INK, WIDTH, Point, Print, smooth


def night_sky(p: Print, horizon: float, light: float = 1.0) -> None:
    """Ink, cut more and more open towards the horizon."""
    p.box("ink", (0, 0, WIDTH, horizon))
    y = 24.0
    while y < horizon - 4:
        depth = y / horizon
        x = p.dice.uniform(-200, 0)
        while x < WIDTH:
            length = p.dice.uniform(60, 260)
            p.gouge("ink", (x, y), (x + length, y + p.dice.uniform(-2, 2)), (1 + 9 * depth**2.2) * light)
            x += length + p.dice.uniform(10, 60) + 140 * (1 - depth) ** 2
        y += 15 - 3 * depth


def water(p: Print, top: float, ink: str = "ink", calm: float = 1.0) -> None:
    """Dark water with strokes that grow towards us."""
    p.box(ink, (0, top, WIDTH, HEIGHT))
    y = top + 5
    while y < HEIGHT + 10:
        near = (y - top) / (HEIGHT - top + 1)
        x = p.dice.uniform(-150, 0)
        while x < WIDTH:
            length = p.dice.uniform(30, 90) * (0.6 + 2.4 * near)
            p.gouge(ink, (x, y), (x + length, y), (1.6 + 7 * near) * calm)
            x += length + p.dice.uniform(10, 90) * (0.5 + near)
        y += 8 + 16 * near


def glitter(p: Print, x: float, top: float, spread: float) -> None:
    """A light's path on the water."""
    y = top + 4
    while y < HEIGHT:
        near = (y - top) / (HEIGHT - top)
        half = spread * (0.35 + near) * p.dice.uniform(0.4, 1)
        shift = p.dice.uniform(-0.4, 0.4) * spread * near
        width = 3 + 8 * near
        p.gouge("ink", (x + shift - half, y), (x + shift + half, y), width)
        p.gouge("straw", (x + shift - half, y), (x + shift + half, y), width, value=INK)
        y += 9 + 13 * near


def gull(p: Print, at: Point, size: float, tilt: float = 0.0) -> None:
    """A gull in flight: paper with a dark edge, grey on the far half of its wings, black at the tips."""
    above = [(-1.0, -0.2), (-0.78, -0.36), (-0.5, -0.4), (-0.24, -0.2), (-0.06, -0.1), (0.06, -0.1)]
    above += [(0.24, -0.2), (0.5, -0.4), (0.78, -0.36), (1.0, -0.2)]
    under = [(0.72, -0.24), (0.48, -0.24), (0.26, -0.03), (0.12, 0.12), (0, 0.2)]
    under += [(-0.12, 0.12), (-0.26, -0.03), (-0.48, -0.24), (-0.72, -0.24)]
    turn = math.radians(tilt)

    def placed(points: list[Point], grow: float = 1.0) -> list[Point]:
        across, down = size * grow * math.cos(turn), size * grow * math.sin(turn)
        return [(at[0] + across * a - down * b, at[1] + down * a + across * b) for a, b in points]

    body = smooth(placed(above + under), closed=True)
    p.line("ink", [*body, body[0]], max(5, size / 24))
    for ink in ("ink", "sea", "straw"):
        p.poly(ink, body, CUT)
    for end in (-1, 1):
        p.poly("sea", placed([(end * 0.86, -0.3), (end * 0.5, -0.38), (end * 0.3, -0.2), (end * 0.5, -0.27)]))
        p.poly("ink", placed([(end * 1.02, -0.19), (end * 0.8, -0.34), (end * 0.7, -0.26)]))
    p.gouge("ink", placed([(-0.05, -0.02)])[0], placed([(0.02, 0.12)])[0], size / 40, value=255)
