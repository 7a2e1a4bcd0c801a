"""People: capsules for limbs in everyday poses, with bags, coats and umbrellas."""

import numpy as np

from scene3d import Shape

SKIN = ((224, 180, 150), (200, 150, 120), (165, 115, 85), (110, 75, 55))


def cloth(rng):
    """A colour of clothes: mostly dark or dull."""
    if rng.random() < 0.55:
        return np.full(3, rng.uniform(15, 110)) + rng.normal(0, 10, 3)
    if rng.random() < 0.4:
        return np.full(3, rng.uniform(130, 240)) + rng.normal(0, 10, 3)
    return np.clip(rng.uniform(20, 230, 3), 10, 235)


def person(rng, pose=None):
    """A standing, walking, bent, squatting or sitting person that looks towards x > 0."""
    pose = pose or rng.choice(["walk", "stand", "bend", "squat", "sit", "ride"],
                              p=[0.5, 0.3, 0.07, 0.07, 0.06, 0.0])
    tall = rng.normal(1.68, 0.09) * (1 if rng.random() < 0.9 else rng.uniform(0.6, 0.85))
    unit = tall / 1.7
    legs, coat = cloth(rng), cloth(rng)
    skin = np.array(SKIN[rng.integers(4)], float)
    hair = np.full(3, rng.uniform(10, 60)) if rng.random() < 0.8 else cloth(rng)
    shape = Shape()
    lift = {"squat": 0.28, "sit": 0.5, "ride": 0.9}.get(pose, 0.86)
    lean = {"bend": rng.uniform(0.5, 1.1), "squat": 0.4, "ride": 0.35}.get(
        pose, rng.normal(0.04, 0.05))
    hip = np.array([0, 0, lift])
    neck = hip + 0.55 * np.array([np.sin(lean), 0, np.cos(lean)])
    _legs(rng, shape, pose, hip, legs)
    if rng.random() < 0.25 and pose in ("walk", "stand"):
        shape.tube(hip - (0, 0, rng.uniform(0.1, 0.55)), neck, 0.2, coat, 0.19)
    wide = rng.uniform(0.14, 0.2)
    for side in (-0.09, 0.09):
        shape.tube(hip + (0, side * 0.8, 0), neck + (0, side, -0.04), wide * 0.9, coat, wide)
    _arms(rng, shape, pose, neck, coat, skin)
    head = neck + 0.19 * np.array([np.sin(lean * 0.5), 0, np.cos(lean * 0.5)])
    shape.tube(neck, head, 0.06, skin)
    shape.ball(head, (0.1, 0.09, 0.125), skin)
    shape.ball(head + (-0.02, 0, 0.045), (0.115, 0.1, 0.1), hair)
    if rng.random() < 0.15:
        shape.ball(head + (-0.04, 0, -0.03), (0.12, 0.11, 0.16), hair)
    _belongings(rng, shape, pose, neck, hip)
    return shape.moved(scale=unit)


def _legs(rng, shape, pose, hip, colour):
    stride = {"walk": rng.uniform(0.1, 0.42), "stand": rng.uniform(0, 0.08)}.get(pose, 0.06)
    shoe = np.full(3, rng.uniform(10, 60)) if rng.random() < 0.75 else np.full(3, 200.0)
    bare = rng.random() < 0.15
    for sign in (-1, 1):
        side = hip + (0, sign * 0.09, 0)
        if pose in ("squat", "sit", "ride"):
            knee = side + (0.42, sign * 0.06, 0.06 if pose == "sit" else 0.1)
            if pose == "ride":
                knee = side + (0.36, sign * 0.05, -0.15 + sign * 0.08)
            foot = np.array([knee[0] - rng.uniform(0, 0.15), knee[1], 0.05])
            if pose == "ride":
                foot = np.array([knee[0] - 0.1, knee[1], 0.35 + sign * 0.12])
        else:
            knee = side + (sign * stride * 0.6 + 0.04, 0, -0.42)
            foot = np.array([sign * stride * 1.1 - 0.05, side[1], 0.06])
        shape.tube(side, knee, 0.1, colour, 0.075)
        lower = np.array(SKIN[1], float) if bare else colour
        shape.tube(knee, foot, 0.07, lower, 0.05)
        shape.tube(foot, foot + (0.16, 0, -0.01), 0.05, shoe)


def _arms(rng, shape, pose, neck, colour, skin):
    swing = rng.uniform(0, 0.3) if pose == "walk" else rng.uniform(-0.05, 0.1)
    for sign in (-1, 1):
        shoulder = neck + (0, sign * 0.2, -0.06)
        if pose == "ride":
            elbow, hand = shoulder + (0.2, 0, -0.2), shoulder + (0.48, 0, -0.28)
        elif rng.random() < 0.2:
            elbow, hand = shoulder + (0.08, 0, -0.25), shoulder + (0.3, -sign * 0.1, -0.12)
        elif rng.random() < 0.06:
            elbow, hand = shoulder + (0.1, sign * 0.1, 0.15), shoulder + (0.15, 0, 0.42)
        else:
            elbow = shoulder + (-sign * swing * 0.4, sign * 0.04, -0.27)
            hand = elbow + (-sign * swing * 0.5 + 0.06, 0, -0.24)
        shape.tube(shoulder, elbow, 0.06, colour, 0.05)
        shape.tube(elbow, hand, 0.048, colour if rng.random() < 0.8 else skin, 0.04)
        shape.ball(hand, 0.045, skin)


def _belongings(rng, shape, pose, neck, hip):
    kind = rng.random()
    colour = cloth(rng)
    if kind < 0.12:
        low = hip + (-0.22, -0.14, 0.05)
        shape.box(low - (0.12, 0, 0), low + (0.1, 0.28, 0.42), colour)
    elif kind < 0.3:
        side = rng.choice([-1, 1])
        place = hip + (0.05, side * 0.32, rng.uniform(-0.5, -0.15))
        size = rng.uniform(0.08, 0.2)
        shape.box(place - (size, 0.06, size), place + (size, 0.06, size), colour)
    elif kind < 0.36 and pose in ("walk", "stand"):
        place = np.array([-0.45, 0.2, 0.08])
        shape.box(place, place + (0.28, 0.35, 0.55), colour)
        shape.tube(place + (0.14, 0.15, 0.5), hip + (-0.1, 0.25, 0.1), 0.02, np.full(3, 60.0))
    elif kind < 0.42 and pose in ("walk", "stand"):
        umbrella(shape, neck + (0.1, 0, 0.75), rng.uniform(0.4, 0.6), 0.25, colour, rng)
        shape.tube(neck + (0.1, 0, 0), neck + (0.1, 0, 0.75), 0.015, np.full(3, 60.0))


def umbrella(shape, top, radius, drop, colour, rng):
    """A canopy of triangles in one or two colours."""
    other = colour if rng.random() < 0.6 else cloth(rng)
    top = np.asarray(top, float)
    around = np.linspace(0, 2 * np.pi, 9)
    for index, (a, b) in enumerate(zip(around, around[1:])):
        rim = [top + (radius * np.cos(t), radius * np.sin(t), -drop) for t in (a, b)]
        shape.poly([top, rim[0], rim[1]], other if index % 2 else colour, both=True)


def group(rng):
    """One to three people, close together."""
    count = rng.choice([1, 2, 3], p=[0.68, 0.24, 0.08])
    shapes = []
    turn = rng.uniform(0, 2 * np.pi)
    for index in range(count):
        facing = turn + rng.normal(0, 0.4) + (np.pi * (rng.random() < 0.3) if index else 0)
        place = np.array([rng.normal(0, 0.25), index * rng.uniform(0.4, 0.8), 0])
        spin = rng.uniform(0, 2 * np.pi) if index == 0 else 0
        shapes.append(person(rng).moved(turn=facing, by=place + 0 * spin))
    return shapes
