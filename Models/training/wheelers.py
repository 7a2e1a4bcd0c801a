"""Bicycles, mopeds, motorcycles and three-wheelers, with and without a rider."""

import numpy as np

from people import cloth, person, umbrella
from scene3d import Shape
from vehicles import GLASS, paint


def bicycle(rng):
    """A bicycle along x."""
    shape = Shape()
    dark, frame = np.full(3, rng.uniform(15, 60)), cloth(rng)
    back, front = np.array([-0.52, 0, 0.33]), np.array([0.52, 0, 0.33])
    shape.ring(back, 0.32, 0.025, dark)
    shape.ring(front, 0.32, 0.025, dark)
    saddle, head, crank = np.array([-0.22, 0, 0.85]), np.array([0.36, 0, 0.85]), (-0.05, 0, 0.3)
    for a, b in ((back, crank), (back, saddle), (crank, saddle), (crank, head), (saddle, head),
                 (head, front)):
        shape.tube(a, b, 0.025, frame)
    shape.tube(saddle + (-0.12, 0, 0.08), saddle + (0.12, 0, 0.08), 0.05, dark)
    shape.tube(head, head + (0.02, 0, 0.15), 0.02, dark)
    shape.tube(head + (0.02, -0.28, 0.17), head + (0.02, 0.28, 0.17), 0.022, dark)
    if rng.random() < 0.3:
        shape.box(head + (0.1, -0.18, -0.05), head + (0.42, 0.18, 0.2), cloth(rng))
    return shape


def moped(rng):
    """A moped, scooter or motorcycle along x."""
    shape = Shape()
    dark, body = np.full(3, rng.uniform(12, 50)), paint(rng)
    radius = rng.uniform(0.22, 0.3)
    back, front = np.array([-0.6, 0, radius]), np.array([0.6, 0, radius])
    for centre in (back, front):
        shape.ring(centre, radius * 0.8, 0.06, dark)
        shape.ball(centre, (radius * 0.5, 0.04, radius * 0.5), np.full(3, 110.0))
    if rng.random() < 0.7:
        shape.tube((-0.62, 0, 0.6), (-0.1, 0, 0.52), 0.17, body, 0.15)
        shape.tube((-0.15, 0, 0.3), (0.3, 0, 0.28), 0.13, body)
        shape.tube((0.38, 0, 0.3), (0.46, 0, 0.9), 0.14, body, 0.1)
    else:
        shape.tube((-0.1, 0, 0.4), (0.1, 0, 0.4), 0.17, np.full(3, 70.0))
        shape.tube((-0.1, 0, 0.66), (0.32, 0, 0.72), 0.14, body)
        shape.tube((0.4, 0, 0.75), (0.6, 0, 0.3), 0.05, dark)
    shape.tube((-0.66, 0, 0.78), (0.0, 0, 0.74), 0.11, dark)
    shape.tube((0.6, 0, 0.3), (0.45, 0, 0.95), 0.045, dark)
    shape.tube((0.42, -0.33, 1.0), (0.42, 0.33, 1.0), 0.03, dark)
    for side in (-0.3, 0.3):
        shape.tube((0.44, side, 1.0), (0.46, side * 1.15, 1.15), 0.03, dark)
    if rng.random() < 0.35:
        shape.box((-1.0, -0.22, 0.78), (-0.55, 0.22, 1.15), cloth(rng))
    if rng.random() < 0.2:
        face = [(0.5, -0.3, 0.3), (0.5, 0.3, 0.3), (0.55, 0.3, 0.95), (0.55, -0.3, 0.95)]
        shape.poly(face, cloth(rng), both=True)
    return shape


def tricycle(rng):
    """A cargo or passenger three-wheeler along x."""
    shape = Shape()
    body, dark = paint(rng), np.full(3, 25.0)
    length, half = rng.uniform(1.1, 1.8), rng.uniform(0.45, 0.65)
    floor = rng.uniform(0.45, 0.6)
    x0 = -length / 2 - 0.5
    for side in (-1, 1):
        shape.ring((x0 + length * 0.5, side * half * 0.95, 0.27), 0.24, 0.06, dark)
    shape.ring((1.15, 0, 0.27), 0.24, 0.06, dark)
    shape.tube((x0 + length, 0, floor), (0.6, 0, 0.4), 0.08, body)
    shape.tube((1.15, 0, 0.3), (0.85, 0, 1.05), 0.06, body)
    shape.tube((0.85, -0.35, 1.08), (0.85, 0.35, 1.08), 0.035, dark)
    kind = rng.random()
    top = floor + (rng.uniform(0.25, 0.5) if kind < 0.6 else rng.uniform(0.9, 1.3))
    shape.box((x0, -half, floor), (x0 + length, half, top), body,
              body if kind >= 0.6 else np.full(3, 45.0))
    shape.box((x0 + length + 0.02, -0.25, floor), (x0 + length + 0.4, 0.25, floor + 0.3), dark)
    if kind < 0.6 and rng.random() < 0.6:
        for _ in range(int(rng.integers(1, 7))):
            place = (rng.uniform(x0 + 0.2, x0 + length - 0.2), rng.uniform(-half, half) * 0.7, top)
            shape.ball(place, rng.uniform(0.12, 0.35, 3), cloth(rng))
    if rng.random() < 0.45:
        _cabin(rng, shape, x0 + length, half, floor, body)
    if rng.random() < 0.12:
        umbrella(shape, (x0 + length / 2, 0, 2.3), 1.0, 0.4, cloth(rng), rng)
        shape.tube((x0 + length / 2, 0, top), (x0 + length / 2, 0, 2.3), 0.03, dark)
    return shape


def _cabin(rng, shape, x0, half, floor, body):
    """Roof, posts and windscreen over the driver."""
    roof, front = rng.uniform(1.55, 1.85), 1.2
    back = x0 - (0 if rng.random() < 0.5 else 0.8)
    for x in (back, front - 0.1):
        for side in (-half, half):
            shape.tube((x, side, floor), (x, side, roof), 0.03, body)
    shape.box((back, -half, roof), (front, half, roof + 0.06), body, body * 0.9)
    shape.poly([(front, -half, 0.5), (front, half, 0.5), (front, half, 1.0), (front, -half, 1.0)],
               body, both=True)
    if rng.random() < 0.7:
        shape.poly([(front, -half, 1.0), (front, half, 1.0), (front - 0.1, half, roof),
                    (front - 0.1, -half, roof)], GLASS * rng.uniform(0.8, 2), both=True)


def two_wheelers(rng):
    """One two- or three-wheeler with or without rider, or a row of parked ones."""
    kind = rng.choice(["bicycle", "moped", "tricycle"], p=[0.32, 0.38, 0.3])
    make = {"bicycle": bicycle, "moped": moped, "tricycle": tricycle}[kind]
    turn = rng.uniform(0, 2 * np.pi)
    thing = make(rng)
    shapes = [thing.moved(turn=turn)]
    if kind != "tricycle" and rng.random() < 0.18:
        for index in range(1, int(rng.integers(2, 5))):
            offset = np.array([rng.normal(0, 0.1), index * rng.uniform(0.45, 0.7), 0])
            shapes.append(make(rng).moved(by=offset).moved(turn=turn))
    elif rng.random() < 0.5:
        seat = 0.62 if kind == "tricycle" else -0.3 if kind == "moped" else -0.25
        rise = 0.75 if kind == "tricycle" else 0.8 if kind == "moped" else 0.95
        rider = person(rng, "ride").moved(by=(seat, 0, rise - 0.9))
        shapes[0] = Shape(thing.parts + rider.parts).moved(turn=turn)
        if kind == "moped" and rng.random() < 0.15:
            second = person(rng, "ride").moved(by=(seat - 0.35, 0, rise - 0.9))
            shapes[0].parts += second.moved(turn=turn).parts
    elif kind == "bicycle" and rng.random() < 0.4:
        walker = person(rng, "walk").moved(by=(0, rng.choice([-1, 1]) * 0.42, 0))
        shapes.append(walker.moved(turn=turn))
    return shapes
