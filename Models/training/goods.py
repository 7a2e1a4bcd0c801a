"""Things that stand on pavements: cartons, crates, sacks, stalls, umbrellas, bins, signs, bags."""

import numpy as np

from people import cloth, person, umbrella
from scene3d import Shape

KRAFT = np.array([176, 138, 96.0])


def _colour(rng):
    return np.clip(rng.uniform(15, 235, 3), 10, 240) if rng.random() < 0.6 else cloth(rng)


def cartons(rng):
    """A heap of boxes or crates, some of them full of fruit."""
    shape = Shape()
    base = KRAFT * rng.uniform(0.7, 1.2) if rng.random() < 0.6 else _colour(rng)
    size = rng.uniform(0.3, 0.7)
    across, deep, high = rng.integers(1, 4), rng.integers(1, 3), rng.integers(1, 4)
    for column in range(across):
        for row in range(deep):
            for level in range(int(rng.integers(1, high + 1))):
                tone = base * rng.uniform(0.85, 1.12)
                low = np.array([column * size, row * size, level * size * 0.7])
                low += (*rng.normal(0, 0.04, 2), 0)
                extent = np.array([size, size, size * 0.7]) * rng.uniform(0.8, 1.02)
                shape.box(low, low + extent, tone)
                if rng.random() < 0.4:
                    _stripe(shape, low, extent, tone * rng.uniform(0.5, 1.4))
            if rng.random() < 0.35:
                fruit = _colour(rng)
                for _ in range(8):
                    place = low + extent * (rng.uniform(0.1, 0.9), rng.uniform(0.1, 0.9), 1)
                    shape.ball(place, rng.uniform(0.05, 0.12), fruit * rng.uniform(0.7, 1.2))
    return shape


def _stripe(shape, low, extent, colour):
    """Tape or print on the faces of a box."""
    (x0, y0, z0), (x1, y1, z1) = low, low + extent
    zm, zn = z0 + extent[2] * 0.35, z0 + extent[2] * 0.65
    shape.poly([(x0, y0 - 0.01, zm), (x1, y0 - 0.01, zm), (x1, y0 - 0.01, zn),
                (x0, y0 - 0.01, zn)], colour)
    shape.poly([(x1 + 0.01, y0, zm), (x1 + 0.01, y1, zm), (x1 + 0.01, y1, zn),
                (x1 + 0.01, y0, zn)], colour)


def sacks(rng):
    """Sacks or rubbish bags on a heap."""
    shape = Shape()
    base = np.full(3, rng.uniform(10, 60)) if rng.random() < 0.5 else _colour(rng)
    for _ in range(int(rng.integers(1, 9))):
        radii = rng.uniform(0.18, 0.45, 3)
        place = (rng.normal(0, 0.4), rng.normal(0, 0.35), radii[2] * rng.uniform(0.6, 1.5))
        shape.ball(place, radii, base * rng.uniform(0.7, 1.3))
        if rng.random() < 0.5:
            shape.tube(place, np.asarray(place) + (0, 0, radii[2] * 1.2), 0.06, base)
    return shape


def stall(rng):
    """A table with goods, often under a canopy or an umbrella, sometimes with its keeper."""
    shape = Shape()
    long, deep, high = rng.uniform(0.9, 2.4), rng.uniform(0.6, 1.1), rng.uniform(0.5, 0.95)
    top = _colour(rng)
    if rng.random() < 0.6:
        shape.box((0, 0, high * rng.uniform(0, 0.8)), (long, deep, high), _colour(rng), top)
    else:
        shape.box((0, 0, high - 0.06), (long, deep, high), top)
        for x in (0.05, long - 0.05):
            for y in (0.05, deep - 0.05):
                shape.tube((x, y, 0), (x, y, high), 0.03, np.full(3, 70.0))
    for _ in range(int(rng.integers(3, 25))):
        place = (rng.uniform(0.1, long - 0.1), rng.uniform(0.1, deep - 0.1), high)
        if rng.random() < 0.5:
            shape.ball(place, rng.uniform(0.05, 0.18, 3), _colour(rng))
        else:
            low = np.asarray(place)
            shape.box(low, low + rng.uniform(0.08, 0.35, 3), _colour(rng))
    cover = rng.random()
    roof = rng.uniform(1.8, 2.4)
    if cover < 0.3:
        umbrella(shape, (long / 2, deep / 2, roof), rng.uniform(0.9, 1.6), 0.45, _colour(rng), rng)
        shape.tube((long / 2, deep / 2, 0), (long / 2, deep / 2, roof), 0.03, np.full(3, 120.0))
    elif cover < 0.55:
        shade = _colour(rng)
        for x in (-0.1, long + 0.1):
            for y in (-0.1, deep + 0.1):
                shape.tube((x, y, 0), (x, y, roof), 0.025, np.full(3, 90.0))
        rim = roof + rng.uniform(0.03, 0.3)
        shape.box((-0.2, -0.2, roof), (long + 0.2, deep + 0.2, rim), shade)
    if rng.random() < 0.15:
        keeper = person(rng, "sit").moved(by=(long / 2, deep + 0.4, 0))
        shape.parts += keeper.parts
    return shape


def parasol(rng):
    """A big umbrella with a table or boxes below."""
    shape = Shape()
    top = rng.uniform(1.8, 2.6)
    umbrella(shape, (0, 0, top), rng.uniform(0.8, 1.7), rng.uniform(0.2, 0.6), _colour(rng), rng)
    shape.tube((0, 0, 0), (0, 0, top), 0.03, np.full(3, rng.uniform(60, 200)))
    if rng.random() < 0.6:
        low = np.array([-0.4, -0.4, 0])
        shape.box(low, low + rng.uniform(0.4, 0.9, 3), _colour(rng))
    return shape


def sign(rng):
    """A board, barrier, cone, bollard or screen."""
    shape = Shape()
    kind, tone = rng.random(), _colour(rng)
    if kind < 0.35:
        wide, tall = rng.uniform(0.4, 0.9), rng.uniform(0.6, 1.3)
        for lean in (-0.25, 0.25):
            shape.poly([(0, lean, 0), (wide, lean, 0), (wide, 0, tall), (0, 0, tall)], tone,
                       both=True)
            out = lean + np.sign(lean) * 0.02
            inner = [(wide * 0.15, out * 0.75, tall * 0.25), (wide * 0.85, out * 0.75, tall * 0.25),
                     (wide * 0.85, out * 0.3, tall * 0.7), (wide * 0.15, out * 0.3, tall * 0.7)]
            shape.poly(inner, _colour(rng), both=True)
    elif kind < 0.6:
        long, tall = rng.uniform(1.0, 2.2), rng.uniform(0.8, 1.2)
        for x in (0, long):
            shape.tube((x, 0, 0), (x, 0, tall), 0.04, tone)
        steps = int(rng.integers(1, 6))
        for index in range(steps):
            z = tall * (index + 0.6) / steps
            shape.tube((0, 0, z), (long, 0, z), rng.uniform(0.02, 0.09), tone)
    elif kind < 0.8:
        wide = rng.uniform(0.12, 0.22)
        tone = np.array([225, 90, 30.0]) if rng.random() < 0.7 else tone
        shape.tube((0, 0, 0), (0, 0, rng.uniform(0.5, 0.9)), wide, tone, 0.05)
        shape.tube((0, 0, 0.35), (0, 0, 0.45), wide * 0.7, np.full(3, 225.0), wide * 0.6)
    else:
        wide, tall = rng.uniform(0.8, 2.2), rng.uniform(1.0, 2.0)
        shape.box((0, 0, 0.05), (wide, 0.08, tall), tone)
        shape.box((wide * 0.1, -0.02, tall * 0.3), (wide * 0.9, 0, tall * 0.8), _colour(rng))
    return shape


def container(rng):
    """A bin, barrel, bucket, cabinet, suitcase, bag, chair, pot or tyre."""
    shape = Shape()
    kind, tone = rng.integers(7), _colour(rng)
    if kind == 0:
        radius, tall = rng.uniform(0.18, 0.4), rng.uniform(0.35, 1.1)
        shape.tube((0, 0, radius * 0.3), (0, 0, tall), radius, tone, radius * rng.uniform(0.9, 1.2))
        shape.ball((0, 0, tall), (radius, radius, 0.05), tone * rng.uniform(0.3, 1.2))
    elif kind == 1:
        extent = np.array([rng.uniform(0.5, 1.1), rng.uniform(0.4, 0.8), rng.uniform(0.7, 1.5)])
        shape.box((0, 0, 0.08), extent, tone, tone * rng.uniform(0.5, 1.2))
        shape.box((-0.04, -0.04, extent[2]), extent + (0.04, 0.04, 0.08), tone * 0.8)
    elif kind == 2:
        extent = np.array([rng.uniform(0.3, 0.5), rng.uniform(0.15, 0.3), rng.uniform(0.3, 0.75)])
        shape.box((0, 0, 0.03), extent, tone)
        shape.tube((0.1, extent[1] / 2, extent[2]), (0.1, extent[1] / 2, extent[2] + 0.3), 0.015,
                   np.full(3, 60.0))
        shape.tube((0.1, extent[1] / 2, extent[2] + 0.3),
                   (extent[0] - 0.1, extent[1] / 2, extent[2] + 0.3), 0.02, np.full(3, 60.0))
    elif kind == 3:
        shape.ball((0, 0, 0.17), (rng.uniform(0.2, 0.4), 0.18, 0.17), tone)
        shape.tube((-0.1, 0, 0.3), (0.1, 0, 0.34), 0.025, tone * 0.7)
    elif kind == 4:
        for x in (0.03, 0.42):
            for y in (0.03, 0.42):
                shape.tube((x, y, 0), (x, y, 0.45), 0.02, tone)
        shape.box((0, 0, 0.42), (0.45, 0.45, 0.48), tone)
        shape.box((0, 0.41, 0.48), (0.45, 0.45, 0.95), tone)
    elif kind == 5:
        shape.tube((0, 0, 0.05), (0, 0, 0.4), 0.2, tone, 0.26)
        leaf = np.array([50, 110, 45.0]) * rng.uniform(0.5, 1.3)
        for _ in range(int(rng.integers(5, 16))):
            place = (rng.normal(0, 0.22), rng.normal(0, 0.22), rng.uniform(0.4, 1.3))
            shape.ball(place, rng.uniform(0.08, 0.25, 3), leaf * rng.uniform(0.6, 1.3))
    else:
        for index in range(int(rng.integers(1, 5))):
            shape.tube((0, 0, 0.1 + 0.2 * index), (0, 0, 0.2 + 0.2 * index), 0.32,
                       np.full(3, rng.uniform(15, 45)))
    return shape


def heap(rng):
    """Building rubble, timber or any lump."""
    shape = Shape()
    base = _colour(rng)
    for _ in range(int(rng.integers(3, 14))):
        low = np.array([rng.normal(0, 0.5), rng.normal(0, 0.4), 0])
        if rng.random() < 0.4:
            end = low + (*rng.normal(0, 1.0, 2), rng.uniform(0, 0.5))
            shape.tube(low + (0, 0, 0.05), end + (0, 0, 0.05), rng.uniform(0.02, 0.08),
                       base * rng.uniform(0.7, 1.2))
        else:
            shape.box(low, low + rng.uniform(0.1, 0.7, 3), base * rng.uniform(0.6, 1.3))
    return shape


def things(rng):
    """One thing or a few side by side."""
    makers = (cartons, sacks, stall, parasol, sign, container, heap)
    weights = (0.22, 0.12, 0.2, 0.1, 0.1, 0.2, 0.06)
    shapes, x = [], 0.0
    for _ in range(rng.choice([1, 2, 3], p=[0.72, 0.2, 0.08])):
        shape = makers[rng.choice(len(makers), p=weights)](rng).moved(rng.uniform(0, 2 * np.pi))
        span = np.ptp(shape.points()[:, 0])
        shapes.append(shape.moved(by=(x + span / 2 - shape.points()[:, 0].mean(),
                                      rng.normal(0, 0.2), 0)))
        x += span * rng.uniform(0.9, 1.2)
    return shapes
