"""Cars, vans, lorries, buses: side profiles drawn out across their width."""

import numpy as np

from scene3d import Shape

GLASS = np.array([38, 44, 52.0])


def paint(rng):
    """A colour of a car: mostly white, grey and black."""
    kind = rng.random()
    if kind < 0.28:
        return np.full(3, rng.uniform(190, 245)) + rng.normal(0, 4, 3)
    if kind < 0.5:
        return np.full(3, rng.uniform(95, 185)) + rng.normal(0, 5, 3)
    if kind < 0.68:
        return np.full(3, rng.uniform(18, 60)) + rng.normal(0, 4, 3)
    strong = np.array([(170, 25, 25), (30, 60, 150), (20, 90, 60), (205, 170, 40), (120, 70, 40),
                       (90, 20, 40), (70, 140, 190), (220, 110, 30), (160, 150, 120)])
    return strong[rng.integers(len(strong))] * rng.uniform(0.6, 1.2) + rng.normal(0, 8, 3)


def _mix(a, b, share):
    return a + (b - a) * share


class _Body:
    """Draws a hull from a side outline (x, z) and half widths that shrink towards the roof."""

    def __init__(self, shape, width, shoulder, roof, tumble):
        self.shape, self.width, self.shoulder = shape, width, shoulder
        self.roof, self.tumble = roof, tumble

    def half(self, z):
        share = np.clip((z - self.shoulder) / max(1e-6, self.roof - self.shoulder), 0, 1)
        return self.width / 2 * (1 - self.tumble * share)

    def side(self, outline, sign, colour, out=0.0):
        points = [(x, sign * (self.half(z) + out), z) for x, z in outline]
        self.shape.poly(points if sign < 0 else points[::-1], colour)

    def strip(self, a, b, colour, out=0.0, margin=0.0):
        """The face between two neighbours of the outline (which runs against the clock
        seen from y < 0)."""
        (xa, za), (xb, zb) = a, b
        ha, hb = self.half(za) * (1 - margin), self.half(zb) * (1 - margin)
        along = np.array([xb - xa, 0, zb - za])
        normal = np.array([along[2], 0, -along[0]]) / max(1e-6, np.linalg.norm(along)) * out
        corners = np.array([(xa, -ha, za), (xa, ha, za), (xb, hb, zb), (xb, -hb, zb)]) + normal
        self.shape.poly(corners, colour)


def _wheels(rng, body, places, radius, width):
    rim = np.full(3, rng.uniform(60, 200)) if rng.random() < 0.7 else np.full(3, 40.0)
    around = np.linspace(0, 2 * np.pi, 13)[:-1]
    for x in places:
        for sign in (-1, 1):
            for share, colour, out in ((1.25, np.full(3, 12.0), 0.005),
                                       (1.0, np.full(3, 24.0), 0.012), (0.6, rim, 0.018)):
                outline = [(x + share * radius * np.cos(a), max(
                    0.0, radius + share * radius * np.sin(a))) for a in around]
                if share > 1:
                    outline = [(px, min(pz, radius * 2.15)) for px, pz in outline]
                body.side(outline, sign, colour, out)


def _lamps(rng, shape, x0, x1, half, z, tall):
    on = rng.random() < 0.3
    for x, colour, bright in ((x1, (235, 235, 215), 330), (x0, (150, 20, 20), 300)):
        out = 0.015 if x == x1 else -0.015
        tone = np.array(colour, float) * (bright / 235 if on else 1)
        for sign in (-1, 1):
            ya, yb = sorted((sign * half * 0.62, sign * half * 0.96))
            face = [(x + out, ya, z), (x + out, yb, z), (x + out, yb, z + tall),
                    (x + out, ya, z + tall)]
            shape.poly(face if x == x1 else face[::-1], tone)
        plate = [(x + out, -0.26, z - 0.22), (x + out, 0.26, z - 0.22), (x + out, 0.26, z - 0.1),
                 (x + out, -0.26, z - 0.1)]
        tone = ((220, 220, 210), (40, 80, 190), (60, 160, 90))[int(rng.integers(3))]
        shape.poly(plate if x == x1 else plate[::-1], np.array(tone, float))


def _car_outline(rng, kind):
    """Side outline from the rear bottom along the bottom to the front and back over the roof:
    length, width, height, shoulder, and x of rear glass, roof and windscreen."""
    if kind == "sedan":
        length, height = rng.uniform(4.3, 5.1), rng.uniform(1.4, 1.5)
        glass = (0.13, 0.29, 0.56, 0.72)
    elif kind == "hatch":
        length, height = rng.uniform(3.4, 4.3), rng.uniform(1.45, 1.6)
        glass = (0.02, 0.1, 0.56, 0.74)
    elif kind == "suv":
        length, height = rng.uniform(4.2, 5.0), rng.uniform(1.65, 1.9)
        glass = (0.01, 0.06, 0.55, 0.7)
    elif kind == "minivan":
        length, height = rng.uniform(3.6, 5.2), rng.uniform(1.8, 2.1)
        glass = (0.0, 0.03, 0.74, 0.9)
    else:
        length, height = rng.uniform(4.8, 5.5), rng.uniform(1.7, 1.85)
        glass = (0.44, 0.47, 0.6, 0.72)
    return length, rng.uniform(1.62, 1.95), height, np.array(glass) + rng.normal(0, 0.01, 4)


def car(rng):
    """A car, off-roader, small van or pickup; its front looks towards x > 0."""
    kind = rng.choice(["sedan", "hatch", "suv", "minivan", "pickup"],
                      p=[0.32, 0.2, 0.23, 0.15, 0.1])
    length, width, height, glass = _car_outline(rng, kind)
    radius = 0.31 * (1.15 if kind in ("suv", "pickup") else 1) * rng.uniform(0.92, 1.08)
    clear = rng.uniform(0.16, 0.26)
    shoulder = height * rng.uniform(0.55, 0.64)
    bonnet = shoulder * rng.uniform(0.82, 0.97) if kind != "minivan" else shoulder
    x = -length / 2 + length * np.clip(glass, 0, 1)
    x0, x1 = -length / 2, length / 2
    shape = Shape()
    body = _Body(shape, width, shoulder, height, rng.uniform(0.1, 0.22))
    colour = paint(rng)
    low = _mix(colour, np.full(3, 40.0), rng.uniform(0, 0.9))
    outline = [(x0 + 0.06, clear), (x1 - 0.08, clear), (x1, clear + 0.2),
               (x1 - 0.05, bonnet * 0.86), (x[3], shoulder),
               (x[0], shoulder), (x0, shoulder * 0.95), (x0, clear + 0.25)]
    shape.poly([(x0, -width / 2, 0.02), (x1, -width / 2, 0.02), (x1, width / 2, 0.02),
                (x0, width / 2, 0.02)], np.full(3, 8.0))
    for a, b in zip(outline[1:], outline[2:] + outline[:1]):
        body.strip(a, b, low if max(a[1], b[1]) < clear + 0.3 else colour)
    for sign in (-1, 1):
        body.side(outline, sign, colour)
        if rng.random() < 0.5:
            body.side([(x0, clear), (x1, clear), (x1, clear + 0.14), (x0, clear + 0.14)], sign,
                      low, 0.004)
    _wheels(rng, body, (x0 + length * 0.19, x1 - length * 0.18), radius, width)
    _lamps(rng, shape, x0, x1, width / 2, shoulder * 0.7, rng.uniform(0.1, 0.2))
    _cabin(rng, body, x, shoulder, height, colour)
    if kind == "pickup":
        bed = np.full(3, rng.uniform(20, 60))
        shape.poly([(x0 + 0.12, -width * 0.42, shoulder + 0.01),
                    (x[0] - 0.05, -width * 0.42, shoulder + 0.01),
                    (x[0] - 0.05, width * 0.42, shoulder + 0.01),
                    (x0 + 0.12, width * 0.42, shoulder + 0.01)], bed)
    return shape


def _cabin(rng, body, x, shoulder, height, colour):
    """The part with the windows."""
    shape = body.shape
    outline = [(x[0], shoulder), (x[3], shoulder), (x[2], height), (x[1], height)]
    tint = GLASS * rng.uniform(0.5, 1.7) + rng.normal(0, 3, 3)
    sky = _mix(tint, np.array([170, 185, 200.0]), rng.uniform(0, 0.6))
    roof = colour if rng.random() < 0.85 else np.full(3, 30.0)
    body.strip(outline[1], outline[2], colour)
    body.strip(outline[2], outline[3], roof)
    body.strip(outline[3], outline[0], colour)
    for sign in (-1, 1):
        body.side(outline, sign, colour)
    for (a, b, inner) in ((outline[1], outline[2], sky), (outline[3], outline[0], sky)):
        low, high = np.array(a), np.array(b)
        if a[1] > b[1]:
            low, high = high, low
        pane = (_mix(low, high, 0.08), _mix(low, high, 0.88))
        pair = pane if a[1] < b[1] else pane[::-1]
        body.strip(tuple(pair[0]), tuple(pair[1]), inner, 0.01, 0.09)
    za, zb = _mix(shoulder, height, 0.1), _mix(shoulder, height, 0.84)
    rear = lambda z: _mix(x[0], x[1], (z - shoulder) / (height - shoulder))  # noqa: E731
    front = lambda z: _mix(x[3], x[2], (z - shoulder) / (height - shoulder))  # noqa: E731
    posts = np.linspace(0.04, 0.97, int(rng.integers(3, 5)))
    for sign in (-1, 1):
        for a, b in zip(posts, posts[1:]):
            pane = [(_mix(rear(za), front(za), a + 0.015), za),
                    (_mix(rear(za), front(za), b - 0.015), za),
                    (_mix(rear(zb), front(zb), b - 0.015), zb),
                    (_mix(rear(zb), front(zb), a + 0.015), zb)]
            body.side(pane, sign, tint, 0.008)
    if rng.random() < 0.2:
        shape.poly([(_mix(x[1], x[2], 0.3), -0.4, height + 0.01),
                    (_mix(x[1], x[2], 0.9), -0.4, height + 0.01),
                    (_mix(x[1], x[2], 0.9), 0.4, height + 0.01),
                    (_mix(x[1], x[2], 0.3), 0.4, height + 0.01)], tint * 0.8)


def _panels(rng, shape, x0, x1, half, z0, z1, colour):
    """Windows, stripes or print on the long sides."""
    style = rng.choice(["none", "stripe", "windows", "print"], p=[0.35, 0.2, 0.2, 0.25])
    tone = paint(rng) if style != "windows" else GLASS * rng.uniform(0.6, 1.6)
    count = int(rng.integers(3, 8))
    for sign in (-1, 1):
        y = sign * (half + 0.01)
        if style == "stripe":
            spans = [(x0, x1, rng.uniform(0.1, 0.6), rng.uniform(0.62, 0.9))]
        elif style == "windows":
            step = (x1 - x0) / count
            spans = [(x0 + step * (i + 0.1), x0 + step * (i + 0.9), 0.45, 0.85)
                     for i in range(count)]
        elif style == "print":
            a, b = sorted(rng.uniform(0, 1, 2))
            spans = [(_mix(x0, x1, a), _mix(x0, x1, b), rng.uniform(0.1, 0.4),
                      rng.uniform(0.5, 0.95))]
        else:
            spans = []
        for a, b, low, high in spans:
            za, zb = _mix(z0, z1, low), _mix(z0, z1, high)
            face = [(a, y, za), (b, y, za), (b, y, zb), (a, y, zb)]
            shape.poly(face if sign < 0 else face[::-1], tone)


def lorry(rng):
    """A van, bus or lorry: a cab and a body on a chassis."""
    kind = rng.choice(["van", "bus", "box", "flat", "small"], p=[0.3, 0.15, 0.27, 0.14, 0.14])
    sizes = {"van": (5.0, 6.8, 2.1, 2.7), "bus": (7.0, 12.0, 2.6, 3.3),
             "box": (5.5, 10.5, 2.7, 3.9), "flat": (5.0, 9.0, 2.1, 2.8),
             "small": (4.0, 5.5, 1.8, 2.2)}
    a, b, c, d = sizes[kind]
    length, height, width = rng.uniform(a, b), rng.uniform(c, d), rng.uniform(1.7, 2.5)
    x0, x1 = -length / 2, length / 2
    shape = Shape()
    colour = paint(rng)
    load = colour if kind in ("van", "bus") else paint(rng)
    cab = {"van": rng.uniform(1.1, 1.6), "bus": 0.35}.get(kind, rng.uniform(1.3, 2.0))
    tall = height if kind in ("van", "bus") else min(height, rng.uniform(1.9, 2.7))
    floor, clear = rng.uniform(0.6, 1.0), rng.uniform(0.25, 0.45)
    shape.poly([(x0, -width / 2, 0.02), (x1, -width / 2, 0.02), (x1, width / 2, 0.02),
                (x0, width / 2, 0.02)], np.full(3, 8.0))
    wheels = _Body(shape, width, 9, 10, 0)
    shape.box((x0 + 0.1, -width * 0.4, 0.35), (x1 - 0.2, width * 0.4, floor), np.full(3, 30.0))

    def back():
        bottom = clear if kind in ("van", "bus") else floor
        top = height if kind != "flat" else floor + rng.uniform(0.3, 0.7)
        shape.box((x0, -width / 2, bottom), (x1 - cab - 0.06, width / 2, top), load,
                  load * rng.uniform(0.85, 1.1))
        _panels(rng, shape, x0, x1 - cab - 0.1, width / 2, bottom, top, load)
        if kind == "flat" and rng.random() < 0.7:
            for _ in range(int(rng.integers(1, 6))):
                px, py = rng.uniform(x0 + 0.5, x1 - cab - 0.7), rng.uniform(-0.5, 0.5)
                shape.ball((px, py, top), rng.uniform(0.3, 0.6, 3), paint(rng))

    def front():
        _cab(rng, shape, x1 - cab, x1, width, clear, tall, colour)

    back()
    front()
    radius = rng.uniform(0.32, 0.5)
    places = [x0 + length * 0.2, x1 - max(0.7, cab * 0.6)]
    if length > 7:
        places.append(x0 + length * 0.2 + 2.3 * radius)
    _wheels(rng, wheels, places, radius, width)
    _lamps(rng, shape, x0, x1, width / 2, clear + 0.35, rng.uniform(0.12, 0.25))
    return shape


def _cab(rng, shape, x0, x1, width, clear, tall, colour):
    body = _Body(shape, width, clear + (tall - clear) * 0.5, tall, rng.uniform(0.03, 0.12))
    slant = rng.uniform(0.05, 0.55) * (x1 - x0)
    waist = clear + (tall - clear) * rng.uniform(0.45, 0.6)
    outline = [(x0, clear), (x1, clear), (x1, waist), (x1 - slant, tall), (x0, tall)]
    for a, b in zip(outline[1:], outline[2:] + outline[:1]):
        body.strip(a, b, colour)
    for sign in (-1, 1):
        body.side(outline, sign, colour)
    tint = GLASS * rng.uniform(0.5, 1.6)
    a, b = np.array(outline[2]), np.array(outline[3])
    body.strip(tuple(_mix(a, b, 0.06)), tuple(_mix(a, b, 0.85)), tint * 1.2, 0.012, 0.08)
    for sign in (-1, 1):
        za, zb = _mix(waist, tall, 0.08), _mix(waist, tall, 0.8)
        body.side([(_mix(x0, x1, 0.15), za), (x1 - 0.08, za), (x1 - slant * 0.85 - 0.05, zb),
                   (_mix(x0, x1, 0.15), zb)], sign, tint, 0.01)


def vehicle(rng):
    """Any vehicle with four wheels or more, about one unit of picture whatever its size."""
    return car(rng) if rng.random() < 0.68 else lorry(rng)
