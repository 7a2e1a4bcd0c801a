"""Cars, vans, lorries, buses: side profiles drawn out across their width."""

import numpy as np

from scene3d import Shape

GLASS = np.array([38, 44, 52.0])


def paint(rng):
    """A colour of a car: mostly white, grey and black."""
    kind = rng.random()
    if kind < 0.3:
        return np.full(3, rng.uniform(190, 245)) + rng.normal(0, 4, 3)
    if kind < 0.54:
        return np.full(3, rng.uniform(95, 185)) + rng.normal(0, 5, 3)
    if kind < 0.74:
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
                      p=[0.32, 0.2, 0.25, 0.15, 0.08])
    length, width, height, glass = _car_outline(rng, kind)
    radius = 0.31 * (1.15 if kind in ("suv", "pickup") else 1) * rng.uniform(0.92, 1.08)
    hull = _Hull(rng, kind, length, width, height, np.clip(glass, 0, 1))
    shape = Shape()
    colour = paint(rng)
    x0, x1 = -length / 2, length / 2
    shape.poly([(x0, -width / 2, 0.02), (x1, -width / 2, 0.02), (x1, width / 2, 0.02),
                (x0, width / 2, 0.02)], np.full(3, 8.0))
    _lower(rng, shape, hull, colour)
    _cabin(rng, shape, hull, colour)
    flat = _Body(shape, width * 0.99, 9, 10, 0)
    _wheels(rng, flat, (x0 + length * 0.19, x1 - length * 0.18), radius, width)
    _lamps(rng, shape, x0, x1, hull.half(1), hull.shoulder * 0.66, rng.uniform(0.1, 0.2))
    if kind == "pickup":
        bed, top = np.full(3, rng.uniform(20, 60)), hull.shoulder + 0.05
        x = hull.x(hull.glass[0]) - 0.05
        shape.poly([(x0 + 0.15, -width * 0.4, top), (x, -width * 0.4, top),
                    (x, width * 0.4, top), (x0 + 0.15, width * 0.4, top)], bed)
    return shape


class _Hull:
    """Rounded sections along a car; t runs from 0 at the rear to 1 at the front."""

    def __init__(self, rng, kind, length, width, height, glass):
        self.length, self.width, self.height, self.glass = length, width, height, glass
        self.clear = rng.uniform(0.16, 0.26)
        self.shoulder = height * rng.uniform(0.55, 0.64)
        self.round = rng.uniform(0.12, 0.38)
        self.nose = rng.uniform(0.1, 0.28) if kind != "minivan" else rng.uniform(0.02, 0.1)
        self.tail = rng.uniform(0.02, 0.14)
        self.tumble = rng.uniform(0.14, 0.26)

    def x(self, t):
        return self.length * (t - 0.5)

    def half(self, t):
        return self.width / 2 * (1 - self.round * abs(2 * t - 1) ** 5)

    def belt(self, t):
        """Height of the shoulder: lower towards both ends."""
        front = max(0.0, (t - self.glass[3]) / max(0.05, 1 - self.glass[3]))
        rear = max(0.0, 1 - t / max(0.05, self.glass[0] + 0.01)) if self.glass[0] > 0.08 else 0.0
        return self.shoulder * (1 - self.nose * front ** 2 - self.tail * rear ** 2)

    def roof(self, t):
        g = self.glass
        share = np.interp(t, g, (0, 1, 1, 0))
        belt = self.belt(t)
        crown = 1 - 0.03 * abs(2 * t - g[1] - g[2])
        return belt + (self.height * crown - belt) * np.sin(share * np.pi / 2) ** 0.8

    def lower_ring(self, t):
        """Points across from the right sill over the deck to the left sill."""
        x, w, top = self.x(t), self.half(t), self.belt(t)
        middle = self.clear + (top - self.clear) * 0.5
        side = [(0.93, self.clear), (1.0, middle), (0.96, top - 0.05), (0.84, top)]
        return [(x, -w * k, z) for k, z in side] + [(x, w * k, z) for k, z in side[::-1]]

    def cabin_ring(self, t):
        x, w, low, high = self.x(t), self.half(t), self.belt(t) - 0.02, self.roof(t)
        k = 1 - self.tumble * np.clip((high - low) / (self.height - self.shoulder), 0, 1)
        side = [(0.93, low), (0.93 * k, low + (high - low) * 0.86), (0.75 * k, high)]
        return [(x, -w * a, z) for a, z in side] + [(x, w * a, z) for a, z in side[::-1]]


def _loft(shape, rings, colours):
    """Faces between neighbouring sections; colours[station][face] or one for all."""
    for i, (a, b) in enumerate(zip(rings, rings[1:])):
        for k in range(len(a) - 1):
            shape.poly([a[k], b[k], b[k + 1], a[k + 1]], colours(i, k))


def _lower(rng, shape, hull, colour):
    """Body below the windows, with its ends."""
    sill = _mix(colour, np.full(3, 40.0), rng.uniform(0, 0.9) if rng.random() < 0.5 else 0)
    rings = [hull.lower_ring(t) for t in (0.0, 0.03, 0.1, 0.25, 0.5, 0.72, 0.84, 0.94, 0.98, 1.0)]
    last = len(rings[0]) - 2
    _loft(shape, rings, lambda i, k: sill if k in (0, last) else colour)
    bumper = _mix(colour, np.full(3, 35.0), rng.uniform(0, 0.8) if rng.random() < 0.5 else 0)
    for ring, turn in ((rings[0], 1), (rings[-1], -1)):
        low = [ring[0], ring[1], ring[-2], ring[-1]]
        high = ring[1:-1]
        shape.poly(low[::turn], bumper)
        shape.poly(high[::turn], colour)
    if rng.random() < 0.6:
        x, z, w = hull.length / 2 + 0.012, hull.shoulder, hull.half(1) * rng.uniform(0.4, 0.7)
        shape.poly([(x, -w, z * 0.48), (x, w, z * 0.48), (x, w, z * 0.62), (x, -w, z * 0.62)],
                   np.full(3, rng.uniform(15, 60)))


def _cabin(rng, shape, hull, colour):
    """Windows, pillars and roof."""
    g = hull.glass
    tint = GLASS * rng.uniform(0.5, 1.7) + rng.normal(0, 3, 3)
    pane = _mix(tint, np.array([170, 185, 200.0]), rng.uniform(0, 0.55))
    roof = colour if rng.random() < 0.85 else np.full(3, 30.0)
    dark = tint * 0.8 if rng.random() < 0.15 else roof
    stations = [g[0], _mix(g[0], g[1], 0.15), _mix(g[0], g[1], 0.85), g[1]]
    doors = list(np.linspace(g[1], g[2], int(rng.integers(3, 5))))[1:-1]
    pillars = len(stations)
    for door in doors:
        stations += [door - 0.008, door + 0.008]
    stations += [g[2], _mix(g[2], g[3], 0.1), _mix(g[2], g[3], 0.9), g[3]]
    rings = [hull.cabin_ring(t) for t in stations]
    count = len(stations)

    def tone(i, k):
        at_end = i in (0, 2, count - 4, count - 2)
        is_post = pillars <= i < count - 4 and (i - pillars) % 2 == 0
        if k in (0, 4):
            return colour if is_post or i in (0, count - 2) else tint
        if i < 3 or i >= count - 4:
            return colour if at_end and i not in (2, count - 4) else pane
        return dark if k == 2 else roof

    _loft(shape, rings, tone)


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
