"""A small renderer: solids of polygons, tubes and balls, seen by a street camera, with shadow.

Lengths are metres, z is up, the ground is z = 0. Pictures are float32 RGB of 0 to 255.
"""

from dataclasses import dataclass, field

import cv2
import numpy as np

SUB = 4  # fractional bits of OpenCV's drawing coordinates


@dataclass
class Shape:
    """Parts of one object: ("poly", points, colour, both sides), ("tube", ends, radii, colour),
    ("ball", centre, radii, colour)."""

    parts: list = field(default_factory=list)

    def poly(self, points, colour, both=False):
        self.parts.append(("poly", np.asarray(points, np.float64), colour, both))

    def tube(self, a, b, radius, colour, end_radius=None):
        radii = (radius, radius if end_radius is None else end_radius)
        self.parts.append(("tube", np.array([a, b], np.float64), radii, colour))

    def ball(self, centre, radii, colour):
        radii = np.broadcast_to(np.asarray(radii, np.float64), (3,))
        self.parts.append(("ball", np.array([centre], np.float64), radii, colour))

    def box(self, low, high, colour, top=None):
        """An upright block; its top may have another colour."""
        (x0, y0, z0), (x1, y1, z1) = low, high
        top = colour if top is None else top
        self.poly([(x0, y0, z1), (x1, y0, z1), (x1, y1, z1), (x0, y1, z1)], top)
        self.poly([(x0, y0, z0), (x1, y0, z0), (x1, y0, z1), (x0, y0, z1)], colour)
        self.poly([(x1, y0, z0), (x1, y1, z0), (x1, y1, z1), (x1, y0, z1)], colour)
        self.poly([(x1, y1, z0), (x0, y1, z0), (x0, y1, z1), (x1, y1, z1)], colour)
        self.poly([(x0, y1, z0), (x0, y0, z0), (x0, y0, z1), (x0, y1, z1)], colour)

    def ring(self, centre, radius, thickness, colour, axis=(0.0, 1.0, 0.0), steps=12):
        """A wheel's tyre: tubes around an axis that lies in the ground plane."""
        across = np.array([axis[1], -axis[0], 0.0])
        across /= np.linalg.norm(across)
        angles = np.linspace(0, 2 * np.pi, steps + 1)
        around = [
            np.asarray(centre) + radius * (np.cos(a) * across + np.sin(a) * np.array([0, 0, 1.0]))
            for a in angles
        ]
        for a, b in zip(around, around[1:]):
            self.tube(a, b, thickness, colour)

    def moved(self, turn=0.0, by=(0.0, 0.0, 0.0), scale=1.0):
        """A copy turned about the vertical, scaled and moved."""
        c, s = np.cos(turn), np.sin(turn)
        matrix = np.array([[c, s, 0], [-s, c, 0], [0, 0, 1]]) * scale
        copy = Shape()
        for kind, points, size, rest in self.parts:
            if kind == "tube":
                size = (size[0] * scale, size[1] * scale)
            elif kind == "ball":
                size = size * scale
            copy.parts.append((kind, points @ matrix + np.asarray(by), size, rest))
        return copy

    def points(self):
        return np.concatenate([part[1] for part in self.parts])


@dataclass
class View:
    """A camera above the ground and a light."""

    elevation: float
    distance: float
    sun: np.ndarray
    ambient: float
    diffuse: float
    gloss: float = 0.0

    def __post_init__(self):
        c, s = np.cos(self.elevation), np.sin(self.elevation)
        self.place = self.distance * np.array([0, -c, s])
        self.axes = np.array([[1.0, 0, 0], [0, s, c], [0, c, -s]])

    @staticmethod
    def random(rng, size):
        """A view of a thing of that size from a street camera."""
        elevation = np.radians(rng.triangular(3, 22, 65))
        turn, height = rng.uniform(0, 2 * np.pi), np.radians(rng.uniform(18, 75))
        sun = np.array([np.cos(turn) * np.cos(height), np.sin(turn) * np.cos(height),
                        np.sin(height)])
        ambient = rng.uniform(0.35, 0.9)
        return View(elevation, size * rng.uniform(2.5, 14), sun, ambient,
                    (1.05 - ambient) * rng.uniform(0.6, 1.2), max(0.0, rng.normal(0.15, 0.3)))

    def project(self, points):
        """Picture coordinates without scale, and depth."""
        seen = (points - self.place) @ self.axes.T
        depth = np.maximum(seen[:, 2], 0.05)
        return np.stack([seen[:, 0] / depth, -seen[:, 1] / depth], 1) * self.distance, depth


@dataclass
class Frame:
    """Where the projection lies in a picture: pixels = offset + scale * coordinates."""

    scale: float
    offset: np.ndarray
    side: int

    @staticmethod
    def around(coordinates, side, longest):
        low, high = coordinates.min(0), coordinates.max(0)
        scale = longest / max(1e-6, (high - low).max())
        return Frame(scale, side / 2 - scale * (low + high) / 2, side)


def _cross(a, b):
    return np.array([a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2],
                     a[0] * b[1] - a[1] * b[0]])


def _shade(view, points):
    """How bright a face is, and whether it looks at the camera (above 0)."""
    normal = _cross(points[1] - points[0], points[2] - points[0])
    if len(points) > 3:
        normal = normal + _cross(points[2] - points[0], points[3] - points[0])
    length = (normal @ normal) ** 0.5
    if length < 1e-12:
        return 1.0, 0.0
    normal /= length
    sight = view.place - points.sum(0) / len(points)
    facing = float(normal @ sight)
    lit = float(normal @ view.sun) if facing > 0 else -float(normal @ view.sun)
    between = view.sun + sight / (sight @ sight) ** 0.5
    mirrored = max(0.0, float(normal @ between) / ((between @ between) ** 0.5 + 1e-9)) ** 10
    shade = view.ambient + view.diffuse * max(0.0, lit) + 0.12 * abs(normal[2])
    return shade + view.gloss * mirrored, facing


def _fixed(points):
    return np.round(points * (1 << SUB)).astype(np.int32)


class Painter:
    """Draws parts from far to near into a picture and its cover."""

    def __init__(self, view, frame):
        self.view, self.frame = view, frame
        self.picture = np.zeros((frame.side, frame.side, 3), np.float32)
        self.cover = np.zeros((frame.side, frame.side), np.uint8)

    def _pixels(self, points):
        flat, depth = self.view.project(points)
        return self.frame.offset + self.frame.scale * flat, depth

    def _fill(self, outline, colour):
        outline = _fixed(outline)
        cv2.fillPoly(self.picture, [outline], colour, cv2.LINE_8, SUB)
        cv2.fillPoly(self.cover, [outline], 255, cv2.LINE_8, SUB)

    def _disc(self, centre, axes, colour):
        centre = tuple(int(v) for v in _fixed(centre))
        axes = tuple(max(8, int(v)) for v in _fixed(np.asarray(axes)))
        cv2.ellipse(self.picture, centre, axes, 0, 0, 360, colour, -1, cv2.LINE_8, SUB)
        cv2.ellipse(self.cover, centre, axes, 0, 0, 360, 255, -1, cv2.LINE_8, SUB)

    def draw(self, shape):
        parts = sorted(
            shape.parts, key=lambda part: -np.linalg.norm(part[1].mean(0) - self.view.place))
        for kind, points, size, rest in parts:
            if kind == "poly":
                self._polygon(points, size, rest)
            elif kind == "tube":
                self._tube(points, size, rest)
            else:
                self._ball(points[0], size, rest)

    def _polygon(self, points, colour, both):
        shade, facing = _shade(self.view, points)
        if facing <= 0 and not both:
            return
        self._fill(self._pixels(points)[0], tuple(float(c) * shade for c in colour))

    def _tube(self, points, radii, colour):
        flat, depth = self._pixels(points)
        wide = np.maximum(0.35, self.frame.scale * np.asarray(radii) * self.view.distance / depth)
        along = flat[1] - flat[0]
        length = np.linalg.norm(along)
        across = np.array([-along[1], along[0]]) / length if length > 1e-6 else np.array([1.0, 0])
        base = 0.9 * (self.view.ambient + 0.45 * self.view.diffuse)
        lit = 1 if across[0] * self.view.sun[0] > 0 else -1
        for share, move, gain in ((1.0, 0.0, base * 0.88), (0.55, 0.3 * lit, base * 1.12)):
            shade = tuple(float(c) * gain for c in colour)
            a, b = flat[0] + across * move * wide[0], flat[1] + across * move * wide[1]
            u, v = across * wide[0] * share, across * wide[1] * share
            self._fill(np.array([a + u, b + v, b - v, a - u]), shade)
            if min(wide) * share > 0.7:
                self._disc(a, (wide[0] * share,) * 2, shade)
                self._disc(b, (wide[1] * share,) * 2, shade)

    def _ball(self, centre, radii, colour):
        flat, depth = self._pixels(centre[None])
        gain = self.frame.scale * self.view.distance / depth[0]
        c, s = np.cos(self.view.elevation), np.sin(self.view.elevation)
        axes = gain * np.array([radii[0], np.hypot(radii[2] * c, radii[1] * s)])
        base = self.view.ambient + 0.4 * self.view.diffuse
        self._disc(flat[0], axes, tuple(float(k) * base * 0.85 for k in colour))
        move = axes * 0.22 * np.array([np.sign(self.view.sun[0]), -1])
        self._disc(flat[0] + move, axes * 0.68, tuple(float(k) * base * 1.1 for k in colour))


def shadow_cover(shapes, view, frame):
    """Where the shapes' shadow lies, 0 to 255."""
    cover = np.zeros((frame.side, frame.side), np.uint8)
    slope = view.sun / max(0.15, view.sun[2])
    for shape in shapes:
        for kind, points, size, _ in shape.parts:
            ground = points - points[:, 2:3] * slope
            flat, depth = view.project(ground)
            flat = frame.offset + frame.scale * flat
            if kind == "poly":
                cv2.fillPoly(cover, [_fixed(flat)], 255, cv2.LINE_8, SUB)
                continue
            radius = size[0] if kind == "tube" else size[:2].mean()
            wide = max(1, int(round(2 * frame.scale * radius * view.distance / depth.mean())))
            ends = _fixed(flat)
            cv2.line(cover, tuple(map(int, ends[0])), tuple(map(int, ends[-1])), 255, wide,
                     cv2.LINE_8, SUB)
    return cover


def render(shapes, view, side, longest, rng, with_shadow, unevenness=None):
    """Draws shapes, the far ones first; `unevenness` is that of their surfaces.

    Returns RGB, cover and shadow of that side, cover and shadow from 0 to 1, and the object's box
    (left, top, right, bottom) in pixels.
    """
    factor = 2 if side <= 256 else 1
    coordinates = np.concatenate([view.project(shape.points())[0] for shape in shapes])
    frame = Frame.around(coordinates, side * factor, longest * factor)
    painter = Painter(view, frame)
    for shape in sorted(shapes, key=lambda shape: -shape.points()[:, 1].mean()):
        painter.draw(shape)
    cover = painter.cover.astype(np.float32) / 255
    shadow = np.zeros_like(cover)
    if with_shadow:
        shadow = shadow_cover(shapes, view, frame).astype(np.float32) / 255
    picture = painter.picture * texture(rng, side * factor, unevenness)[..., None]
    picture *= cover[..., None]
    if factor > 1:
        size = (side, side)
        picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
        cover = cv2.resize(cover, size, interpolation=cv2.INTER_AREA)
        shadow = cv2.resize(shadow, size, interpolation=cv2.INTER_AREA)
    rows, columns = np.where(cover > 0.3)
    if len(rows) == 0:
        box = (side / 2 - 4, side / 2 - 4, side / 2 + 4, side / 2 + 4)
    else:
        box = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    return picture, cover, shadow, box


def texture(rng, side, strength=None):
    """Unevenness of surfaces, about 1: two octaves of noise."""
    strength = rng.uniform(0.03, 0.16) if strength is None else strength
    noise = np.ones((side, side), np.float32)
    for cells in (int(rng.integers(3, 9)), int(rng.integers(12, 48))):
        small = rng.standard_normal((cells, cells)).astype(np.float32)
        noise += strength * 0.6 * cv2.resize(small, (side, side), interpolation=cv2.INTER_CUBIC)
    return np.clip(noise, 0.3, 1.8)
