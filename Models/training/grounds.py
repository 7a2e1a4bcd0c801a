"""Backgrounds: drawn streets, walls, lawns and water, and patches of real learned backgrounds."""

import cv2
import numpy as np

TONES = {"asphalt": (95, 95, 98), "concrete": (150, 148, 142), "paving": (140, 125, 115),
         "soil": (120, 100, 78), "grass": (75, 100, 55), "water": (80, 95, 95),
         "tiles": (165, 160, 155)}


def noise(rng, side, cells, strength):
    """Smooth noise of that many cells across, mean 0."""
    small = rng.standard_normal((cells, cells)).astype(np.float32) * strength
    return cv2.resize(small, (side, side), interpolation=cv2.INTER_CUBIC)


def _surface(rng, kind, side):
    """A flat piece of ground as seen from above."""
    tone = np.array(TONES[kind]) * rng.uniform(0.55, 1.35) + rng.normal(0, 6, 3)
    picture = np.empty((side, side, 3), np.float32)
    picture[:] = tone
    grain = noise(rng, side, 4, 8) + noise(rng, side, 16, 5)
    grain += noise(rng, side, side // 2, rng.uniform(1, 10 if kind in ("grass", "soil") else 6))
    picture += grain[..., None]
    if kind in ("paving", "tiles"):
        step = int(rng.integers(6, 30))
        rows = step if rng.random() < 0.5 else max(4, step // 2)
        joint = rng.normal(0, 22)
        for y in range(0, side, rows):
            picture[y:y + 1] += joint
            shift = (y // rows % 2) * step // 2
            for x in range(shift, side, step):
                picture[y:y + rows, x:x + 1] += joint
                picture[y:y + rows, x:x + step] += rng.normal(0, 5)
    if kind == "water":
        waves = noise(rng, side, side // 4, 12)
        picture += cv2.blur(waves, (9, 1))[..., None]
    for _ in range(rng.poisson(2)):
        a, b = rng.integers(0, side, 2), rng.integers(0, side, 2)
        colour = (230, 225, 215) if rng.random() < 0.7 else (60, 60, 60)
        cv2.line(picture, tuple(map(int, a)), tuple(map(int, b)),
                 tuple(float(c) * rng.uniform(0.6, 1.05) for c in colour), int(rng.integers(1, 7)))
    for _ in range(rng.poisson(1.5)):
        centre = tuple(int(v) for v in rng.integers(0, side, 2))
        axes = tuple(int(v) for v in rng.integers(2, side // 5, 2))
        cv2.ellipse(picture, centre, axes, rng.uniform(0, 180), 0, 360,
                    tuple(float(c) * rng.uniform(0.6, 1.15) for c in tone), -1)
    return picture


def _facade(rng, picture, horizon):
    """A wall, fence or hedge above a line."""
    side = picture.shape[0]
    tone = rng.uniform(40, 220, 3) * 0.4 + rng.uniform(60, 200) * 0.6
    wall = np.empty((horizon, side, 3), np.float32)
    wall[:] = tone
    wall += noise(rng, side, 6, 8)[:horizon, :, None]
    step = int(rng.integers(8, 60))
    for x in range(int(rng.integers(0, step)), side, step):
        style = rng.random()
        colour = rng.uniform(10, 235, 3) if style < 0.4 else np.full(3, rng.uniform(20, 120))
        top = int(rng.uniform(0, 0.6) * horizon)
        low = horizon if rng.random() < 0.4 else int(rng.uniform(0.6, 0.95) * horizon)
        wall[top:low, x:x + int(step * rng.uniform(0.2, 0.9))] = colour
    picture[:horizon] = wall
    picture[horizon:horizon + 2] *= rng.uniform(0.5, 1.1)


def _clutter(rng, picture):
    side = picture.shape[0]
    for _ in range(rng.poisson(2)):
        a = rng.integers(0, side, 2)
        b = a + rng.integers(3, side // 3, 2)
        colour = tuple(float(c) for c in rng.uniform(20, 230, 3) * rng.uniform(0.5, 1))
        if rng.random() < 0.5:
            cv2.rectangle(picture, tuple(map(int, a)), tuple(map(int, b)), colour, -1)
        else:
            cv2.line(picture, (int(a[0]), 0), (int(a[0] + rng.normal(0, 4)), side), colour,
                     int(rng.integers(1, 6)))


def drawn(rng, side):
    """A drawn background, RGB float32 of 0 to 255."""
    kind = rng.choice(list(TONES))
    flat = _surface(rng, kind, side)
    if rng.random() < 0.5:
        other = _surface(rng, rng.choice(list(TONES)), side)
        cut = rng.uniform(0.2, 0.8) * side + np.arange(side) * rng.normal(0, 0.5)
        flat = np.where((np.arange(side)[:, None] < cut)[..., None], flat, other)
    squeeze, shear = rng.uniform(0.25, 0.9), rng.normal(0, 0.3)
    top = 0.5 - squeeze * 0.5
    source = np.float32([(0, 0), (side, 0), (side, side), (0, side)])
    target = np.float32([(side * (top + shear * 0.3), 0), (side * (1 - top + shear * 0.3), 0),
                         (side * 1.6, side), (-side * 0.6, side)])
    matrix = cv2.getPerspectiveTransform(source, target)
    picture = cv2.warpPerspective(flat, matrix, (side, side), flags=cv2.INTER_LINEAR,
                                  borderMode=cv2.BORDER_REFLECT)
    if rng.random() < 0.45:
        _facade(rng, picture, int(rng.uniform(0.1, 0.75) * side))
    if rng.random() < 0.35:
        _clutter(rng, picture)
    if rng.random() < 0.4:
        light = 1 + noise(rng, side, 3, rng.uniform(0.05, 0.35))
        picture *= np.clip(light, 0.3, 1.8)[..., None]
    if rng.random() < 0.3:
        mask = np.zeros((side, side), np.float32)
        points = rng.integers(-side // 2, side + side // 2, (int(rng.integers(3, 7)), 2))
        cv2.fillPoly(mask, [points.astype(np.int32)], 1.0)
        picture *= 1 - rng.uniform(0.2, 0.6) * cv2.blur(mask, (3, 3))[..., None]
    return np.clip(picture, 0, 255).astype(np.float32)


def real(rng, pictures, side):
    """A square patch of one of the given pictures (RGB, 8 bits), at a random scale, flipped."""
    picture = pictures[rng.integers(len(pictures))]
    height, width = picture.shape[:2]
    least = min(24, height, width)
    length = int(np.exp(rng.uniform(np.log(least), np.log(min(height, width)))))
    y, x = rng.integers(0, height - length + 1), rng.integers(0, width - length + 1)
    patch = cv2.resize(picture[y:y + length, x:x + length], (side, side),
                       interpolation=cv2.INTER_AREA if length > side else cv2.INTER_CUBIC)
    if rng.random() < 0.5:
        patch = patch[:, ::-1]
    patch = np.ascontiguousarray(patch).astype(np.float32)
    if rng.random() < 0.4:
        patch = patch * rng.uniform(0.5, 1.4) + rng.normal(0, 8, 3)
    return np.clip(patch, 0, 255).astype(np.float32)


def background(rng, pictures, side):
    """A real patch or a drawn one."""
    if pictures and rng.random() < 0.5:
        return real(rng, pictures, side)
    return drawn(rng, side)
