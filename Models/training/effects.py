"""What is no object: light, shadow, reflection, rain, leaves, water, noise, clock digits.

Every effect takes the background (RGB float32) and returns the present picture and the place that
the detector would box (left, top, right, bottom).
"""

import cv2
import numpy as np

from grounds import noise


def _box(mask, level=0.25):
    rows, columns = np.where(mask > level * max(1e-6, mask.max()))
    if len(rows) == 0:
        side = mask.shape[0]
        return (side * 0.3, side * 0.3, side * 0.7, side * 0.7)
    return (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)


def blob(rng, side, longest):
    """A soft or hard irregular patch, 0 to 1."""
    mask = np.zeros((side, side), np.float32)
    centre = np.full(2, side / 2)
    aspect = np.exp(rng.normal(0, 0.6))
    radii = longest / 2 * np.array([min(1, aspect), min(1, 1 / aspect)])
    kind = rng.random()
    if kind < 0.5:
        angles = np.sort(rng.uniform(0, 2 * np.pi, int(rng.integers(4, 12))))
        spread = rng.uniform(0.55, 1, len(angles))
        points = centre + np.stack([np.cos(angles), np.sin(angles)], 1) * radii * spread[:, None]
        cv2.fillPoly(mask, [points.astype(np.int32)], 1.0)
    else:
        cv2.ellipse(mask, tuple(map(int, centre)), tuple(int(max(1, r)) for r in radii),
                    rng.uniform(-30, 30), 0, 360, 1.0, -1)
    soft = int(longest * rng.choice([0.02, 0.1, 0.3])) * 2 + 1
    return cv2.GaussianBlur(mask, (soft, soft), 0)


def headlight(rng, under, longest):
    """A pool or beam of light, or a lit wall."""
    side = under.shape[0]
    mask = blob(rng, side, longest)
    if rng.random() < 0.4:
        mask = np.maximum(mask, np.roll(mask, int(longest * rng.uniform(0.2, 0.5)), 1) * 0.9)
    tint = np.array([1.0, rng.uniform(0.85, 1.0), rng.uniform(0.6, 1.0)])
    if rng.random() < 0.25:
        tint = rng.uniform(0.2, 1, 3)
    gain, add = rng.uniform(0.1, 1.6), rng.uniform(0, 90)
    return under * (1 + gain * mask[..., None] * tint) + add * mask[..., None] * tint, _box(mask)


def shade(rng, under, longest, mask=None):
    """A shadow without the thing that throws it, or its going away."""
    side = under.shape[0]
    mask = blob(rng, side, longest) if mask is None else mask
    if rng.random() < 0.5:
        mask = cv2.GaussianBlur(mask, (5, 5), 0)
    depth = rng.uniform(0.2, 0.7)
    tint = np.array([1.05, 1.0, rng.uniform(0.85, 1.0)])
    return under * (1 - depth * mask[..., None] * tint), _box(mask)


def reflection(rng, under, longest):
    """Streaks of light on wet ground or water."""
    side = under.shape[0]
    mask = np.zeros((side, side), np.float32)
    for _ in range(int(rng.integers(1, 5))):
        x = int(side / 2 + rng.normal(0, longest * 0.12))
        top = int(side / 2 - longest * rng.uniform(0.3, 0.5))
        low = int(side / 2 + longest * rng.uniform(0.3, 0.5))
        mask[top:low, x:x + max(1, int(longest * rng.uniform(0.04, 0.2)))] += rng.uniform(0.3, 1)
    mask *= np.clip(1 + noise(rng, side, side // 4, 0.5), 0, 2)
    mask = cv2.blur(mask, (max(1, int(longest * 0.06)), max(1, int(longest * 0.15))))
    tint = np.array([1, rng.uniform(0.4, 1), rng.uniform(0.2, 1)])
    return under + rng.uniform(40, 200) * mask[..., None] * tint, _box(mask)


def warped(rng, under, longest):
    """Leaves, ripples or haze: the background moves in itself."""
    side = under.shape[0]
    mask = blob(rng, side, longest)
    cells = int(rng.integers(4, max(5, side // 3)))
    strength = longest * rng.uniform(0.01, 0.08)
    dx, dy = noise(rng, side, cells, strength) * mask, noise(rng, side, cells, strength) * mask
    grid = np.mgrid[0:side, 0:side].astype(np.float32)
    now = cv2.remap(under, grid[1] + dx, grid[0] + dy, cv2.INTER_LINEAR,
                    borderMode=cv2.BORDER_REFLECT)
    if rng.random() < 0.6:
        sparkle = noise(rng, side, max(4, side // int(rng.integers(2, 6))), 1)
        if rng.random() < 0.5:
            sparkle = cv2.blur(sparkle, (max(3, side // 12), 1)) * 2
        now = now + (sparkle * mask * rng.uniform(5, 45))[..., None]
    return now, _box(mask)


def grain(rng, under, longest):
    """Noise, blocks of coding, colour errors or nothing that an eye could tell."""
    side = under.shape[0]
    mask = blob(rng, side, longest)
    now = under.copy()
    kind = rng.random()
    if kind < 0.35:
        cells = max(4, side // int(rng.integers(1, 9)))
        now += (noise(rng, side, cells, rng.uniform(4, 30)) * mask)[..., None]
    elif kind < 0.6:
        now += mask[..., None] * rng.normal(0, 12, 3)
    elif kind < 0.8:
        step = max(2, int(longest / rng.integers(3, 9)))
        coarse = cv2.resize(under, (max(1, side // step),) * 2, interpolation=cv2.INTER_AREA)
        coarse = cv2.resize(coarse, (side, side), interpolation=cv2.INTER_NEAREST)
        now = under + (coarse - under) * mask[..., None] * rng.uniform(0.4, 1)
    return now, _box(mask)


def shifted(rng, under, longest):
    """The camera moved a little, or focus and exposure changed."""
    side = under.shape[0]
    dx, dy = rng.normal(0, longest * 0.03, 2)
    matrix = np.float32([[1, 0, dx], [0, 1, dy]])
    now = cv2.warpAffine(under, matrix, (side, side), borderMode=cv2.BORDER_REFLECT)
    now = now * rng.uniform(0.75, 1.3) + rng.normal(0, 6)
    if rng.random() < 0.3:
        now = cv2.blur(now, (max(1, int(longest * 0.05)),) * 2)
    low, high = side / 2 - longest / 2, side / 2 + longest / 2
    return now, (low, low + rng.uniform(0, 0.4) * longest, high, high)


def streaks(rng, under, longest):
    """Rain, snow, insects or a spider's thread near the lens."""
    side = under.shape[0]
    mask = np.zeros((side, side), np.float32)
    many = rng.random() < 0.6
    slope = rng.normal(0, 0.3)
    for _ in range(int(rng.integers(6, 40)) if many else int(rng.integers(1, 3))):
        start = np.array([side / 2, side / 2]) + rng.uniform(-0.5, 0.5, 2) * longest
        along = np.array([slope, 1]) * longest * rng.uniform(0.05, 0.5)
        if not many:
            along = rng.normal(0, 0.4, 2) * longest
        cv2.line(mask, tuple(map(int, start)), tuple(map(int, start + along)),
                 float(rng.uniform(0.3, 1)), max(1, int(longest * rng.uniform(0.005, 0.06))))
    soft = int(longest * rng.uniform(0, 0.03)) * 2 + 1
    mask = cv2.GaussianBlur(mask, (soft, soft), 0)
    return under + rng.uniform(30, 170) * mask[..., None], _box(mask, 0.1)


def restless(rng, under, longest):
    """Water or leaves everywhere: texture now, its mean over time in the background."""
    side = under.shape[0]
    texture = np.zeros((side, side), np.float32)
    across = int(longest * rng.uniform(0.05, 0.4)) + 1
    for size in (1.0, 0.5, 0.25):
        cells = int(np.clip(side / max(1.0, longest * 0.12 * size), 4, side))
        layer = noise(rng, side, cells, 1)
        if rng.random() < 0.75:
            layer = cv2.blur(layer, (max(1, int(across * size)), 1))
        texture += layer / (layer.std() + 1e-6) * np.sqrt(size)
    texture = np.where(texture > 0, texture * rng.uniform(0.3, 1.8), texture)
    contrast = rng.uniform(4, 40)
    tint = 1 + rng.normal(0, 0.15, 3)
    mask = blob(rng, side, side * 1.2) if rng.random() < 0.4 else np.ones((side, side), np.float32)
    soft = int(longest * rng.uniform(0.1, 0.5)) * 2 + 1
    old = cv2.GaussianBlur(np.roll(texture, int(rng.integers(side)), 1), (soft, soft), 0)
    calm = cv2.GaussianBlur(under, (soft, soft), 0) * mask[..., None]
    under[:] = under * (1 - mask[..., None]) + calm
    now = under + (contrast * texture * mask)[..., None] * tint
    under += (contrast * 0.5 * old * mask)[..., None] * tint
    half = longest / 2
    wide, tall = (half, half * rng.uniform(0.25, 1))
    if rng.random() < 0.25:
        wide, tall = tall, wide
    middle = side / 2
    return now, (middle - wide, middle - tall, middle + wide, middle + tall)


def twig(rng, under, longest):
    """Branches and leaves in the wind, before the lens or before what lies behind."""
    side = under.shape[0]
    mask = np.zeros((side, side), np.uint8)
    edge = np.array([rng.choice([-0.1, 1.1]), rng.uniform(-0.1, 1.1)])[:: int(rng.choice([-1, 1]))]
    ends = [(edge * side, np.full(2, side / 2) + rng.normal(0, 0.1, 2) * longest,
             max(1, int(longest * rng.uniform(0.01, 0.08))))]
    for _ in range(int(rng.integers(2, 14))):
        start, end, wide = ends[rng.integers(len(ends))]
        root = start + (end - start) * rng.uniform(0.5, 1)
        tip = root + rng.normal(0, 0.3, 2) * longest
        ends.append((root, tip, max(1, wide // 2)))
    leaf = longest * rng.uniform(0.02, 0.12)
    for start, end, wide in ends:
        cv2.line(mask, tuple(map(int, start)), tuple(map(int, end)), 255, wide)
        for _ in range(int(rng.integers(0, 7))):
            place = start + (end - start) * rng.uniform(0.3, 1.1) + rng.normal(0, leaf, 2)
            axes = (int(leaf) + 1, int(leaf * rng.uniform(0.3, 1)) + 1)
            cv2.ellipse(mask, tuple(map(int, place)), axes, rng.uniform(0, 180), 0, 360, 255, -1)
    tone = np.array([60, 80, 40.0]) * rng.uniform(0.3, 1.8) + rng.normal(0, 10, 3)
    grain = (1 + noise(rng, side, side // 3, 0.25))[..., None]
    cover = cv2.GaussianBlur(mask, (3, 3), 0)[..., None].astype(np.float32) / 255
    shift = rng.normal(0, 0.12, 2) * longest
    move = np.float32([[1, 0, shift[0]], [0, 1, shift[1]]])
    old = cv2.warpAffine(cover, move, (side, side))[..., None]
    soft = int(longest * rng.uniform(0.02, 0.15)) * 2 + 1
    old = cv2.GaussianBlur(old, (soft, soft), 0)[..., None] * rng.uniform(0.1, 1)
    now = under * (1 - cover) + tone * grain * cover
    under[:] = under * (1 - old) + tone * old
    half = longest / 2
    return now, (side / 2 - half, side / 2 - half, side / 2 + half, side / 2 + half)


def digits(rng, under, longest):
    """A burnt-in clock that counts on; the background holds what it said before."""
    side = under.shape[0]
    letters = "0123456789:-/."
    scale = longest / 22 * rng.uniform(0.5, 1)
    count = int(rng.integers(1, 5))
    place = (int(side / 2 - scale * 10 * count), int(side / 2 + scale * 11))
    thick = max(1, int(scale * rng.uniform(1, 4)))
    tone = (255.0,) * 3 if rng.random() < 0.5 else tuple(float(c) for c in rng.uniform(0, 255, 3))
    font = int(rng.choice([cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_DUPLEX,
                           cv2.FONT_HERSHEY_PLAIN]))
    if rng.random() < 0.5:
        low, high = place[1] - int(scale * 26), place[1] + int(scale * 6)
        under[max(0, low):max(1, high)] = rng.uniform(0, 120, 3)
    now = under.copy()
    for picture, share in ((now, 1.0), (under, 1.0), (under, 0.5)):
        text = "".join(rng.choice(list(letters), count))
        mask = np.zeros((side, side), np.uint8)
        cv2.putText(mask, text, place, font, scale, 255, thick, cv2.LINE_AA)
        cover = share * mask[..., None].astype(np.float32) / 255
        picture += (np.array(tone, np.float32) - picture) * cover
    half = longest / 2
    return now, (side / 2 - half, side / 2 - half * 0.9, side / 2 + half, side / 2 + half * 0.9)


EFFECTS = ((headlight, 0.16), (shade, 0.2), (reflection, 0.06), (warped, 0.13), (restless, 0.16),
           (twig, 0.08), (grain, 0.08), (shifted, 0.09), (streaks, 0.05), (digits, 0.07))


def light(rng, under, longest):
    """One of the effects, sometimes two; some change the background as well."""
    weights = np.array([weight for _, weight in EFFECTS])
    pick = EFFECTS[rng.choice(len(EFFECTS), p=weights / weights.sum())][0]
    now, box = pick(rng, under, longest)
    if rng.random() < 0.15:
        now, _ = headlight(rng, now, longest)
    return now, box
