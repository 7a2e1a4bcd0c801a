"""Puts drawn things and real cut-outs onto backgrounds, spoils the pictures as a camera would,
sends them through H.264 and cuts the crops."""

from dataclasses import dataclass, field
from fractions import Fraction

import av
import cv2
import numpy as np

import effects
import goods
import grounds
import people
import scene3d
import vehicles
import wheelers
from common import CLASSES, crop

TILES = (48, 96, 176, 256)
MOSAIC = 960


@dataclass
class Sources:
    """What composites are made of besides drawings: RGB backgrounds and cut-outs by class."""

    backgrounds: list = field(default_factory=list)
    cutouts: dict = field(default_factory=dict)


@dataclass
class Tile:
    """Background and present picture (RGB float32) with the box of what is in it."""

    behind: np.ndarray
    now: np.ndarray
    box: tuple
    label: int
    is_grey: bool = False
    window: tuple = ()


def _drawn(rng, label, side, longest, with_shadow):
    unevenness = None
    if label == "vehicle":
        turn, unevenness = rng.uniform(0, 2 * np.pi), abs(rng.normal(0.01, 0.04))
        shapes = [vehicles.vehicle(rng).moved(turn)]
        if rng.random() < 0.08:
            by = (rng.normal(0, 2), rng.choice([-1, 1]) * rng.uniform(2.6, 4.5), 0)
            shapes.append(vehicles.vehicle(rng).moved(by=by).moved(turn))
    elif label == "person":
        shapes = people.group(rng)
    elif label == "two_wheeler":
        shapes = wheelers.two_wheelers(rng)
    else:
        shapes = goods.things(rng)
    extent = np.ptp(np.concatenate([shape.points() for shape in shapes]), axis=0).max()
    view = scene3d.View.random(rng, extent)
    if label == "object" and rng.random() < 0.3:
        view.ambient *= 0.8
    return scene3d.render(shapes, view, side, longest, rng, with_shadow, unevenness)


def _cutout(rng, cutouts, side, longest):
    """A real cut-out (RGBA) scaled to its place; no shadow is known."""
    patch = cutouts[rng.integers(len(cutouts))].astype(np.float32)
    if rng.random() < 0.5:
        patch = patch[:, ::-1]
    scale = longest / max(patch.shape[:2])
    size = (max(2, int(patch.shape[1] * scale)), max(2, int(patch.shape[0] * scale)))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    patch = cv2.resize(np.ascontiguousarray(patch), size, interpolation=way)
    left, top = (side - size[0]) // 2, (side - size[1]) // 2
    cover = np.zeros((side, side), np.float32)
    picture = np.zeros((side, side, 3), np.float32)
    area = np.s_[top:top + size[1], left:left + size[0]]
    cover[area] = patch[..., 3] / 255
    tint = rng.uniform(0.75, 1.3) * (1 + rng.normal(0, 0.05, 3))
    if rng.random() < 0.2:
        patch[..., :3] = patch[..., [1, 2, 0]]
    picture[area] = patch[..., :3] * tint * cover[area][..., None]
    shadow = np.roll(cv2.blur(cover, (5, 3)), (int(size[1] * 0.06), int(size[0] * 0.06)), (0, 1))
    box = (left, top, left + size[0], top + size[1])
    return picture, cover, shadow, box


def element(rng, sources, label, side, longest):
    """Something of a class: picture, cover, shadow and box."""
    known = sources.cutouts.get(label, [])
    share = {"person": 0.5, "vehicle": 0.42, "two_wheeler": 0.15, "object": 0.1}[label]
    if known and rng.random() < share:
        return _cutout(rng, known, side, longest)
    return _drawn(rng, label, side, longest, rng.random() < 0.75)


def paste(rng, under, thing, move=(0, 0), strength=1.0):
    """Puts an element with its shadow onto a picture."""
    picture, cover, shadow, _ = thing
    if move != (0, 0):
        matrix = np.float32([[1, 0, move[0]], [0, 1, move[1]]])
        size = cover.shape[::-1]
        picture, cover, shadow = (cv2.warpAffine(part, matrix, size)
                                  for part in (picture, cover, shadow))
    soft = int(rng.integers(0, 3)) * 2 + 1
    if soft > 1:
        shadow = cv2.blur(shadow, (soft, soft))
    depth = rng.uniform(0.15, 0.65) * strength
    lit = under * (1 - depth * shadow * (1 - cover))[..., None]
    return lit * (1 - strength * cover)[..., None] + picture * strength


def _inner(box):
    """The middle of a box and its longer side."""
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2, max(box[2] - box[0], box[3] - box[1])


def _with_shadow(box, shadow):
    rows, columns = np.where(shadow > 0.5)
    if len(rows) == 0:
        return box
    return (min(box[0], columns.min()), min(box[1], rows.min()),
            max(box[2], columns.max() + 1), max(box[3], rows.max() + 1))


def _surroundings(rng, sources, under, longest):
    """Things that stand beside in both pictures."""
    side = under.shape[0]
    while rng.random() < 0.18:
        label = CLASSES[rng.integers(4)]
        thing = element(rng, sources, label, side, longest * rng.uniform(0.4, 1.2))
        turn = rng.uniform(0, 2 * np.pi)
        reach = longest * rng.uniform(0.6, 0.9)
        under = paste(rng, under, thing, (float(reach * np.cos(turn)), float(reach * np.sin(turn))))
    return under


def _real(rng, sources, label, under, longest):
    """A present object on the background, which may hold a trail of it or somebody's ghost."""
    side = under.shape[0]
    thing = element(rng, sources, label, side, longest)
    behind, now = under, paste(rng, under, thing)
    box = thing[3]
    if rng.random() < 0.22:
        box = _with_shadow(box, thing[2])
    if rng.random() < 0.1 and label in ("vehicle", "person", "two_wheeler"):
        move = tuple(float(v) for v in rng.normal(0, 0.35, 2) * longest)
        behind = paste(rng, under, thing, move, rng.uniform(0.1, 0.45))
    elif rng.random() < 0.06:
        behind = paste(rng, under, thing, (0, 0), rng.uniform(0.1, 0.4))
    if label != "person" and rng.random() < 0.06:
        passer = element(rng, sources, "person", side, longest * rng.uniform(0.3, 0.6))
        move = (float(rng.choice([-1, 1]) * longest * rng.uniform(0.4, 0.6)), 0.0)
        now = paste(rng, now, passer, move)
    if rng.random() < 0.08:
        now, _ = effects.light(rng, now.copy(), longest)
    return behind, now, box


def _empty(rng, sources, under, longest):
    """Light or noise; one effect in four is the shadow of something outside."""
    side = under.shape[0]
    if rng.random() < 0.2:
        thing = _drawn(rng, CLASSES[rng.integers(3)], side, longest, True)
        mask = thing[2] if thing[2].max() > 0 and rng.random() < 0.8 else thing[1]
        now, box = effects.shade(rng, under, longest, mask)
    else:
        now, box = effects.light(rng, under, longest)
    return under, now, box


def _gone(rng, sources, under, longest):
    """The background still shows what has left."""
    label = CLASSES[rng.choice(4, p=[0.3, 0.4, 0.12, 0.18])]
    thing = element(rng, sources, label, under.shape[0], longest)
    behind = paste(rng, under, thing, strength=rng.uniform(0.45, 1.0))
    now = under
    if rng.random() < 0.2:
        now = now * rng.uniform(0.85, 1.15)
    if rng.random() < 0.3:
        soft = int(longest * rng.uniform(0.02, 0.15)) * 2 + 1
        behind = cv2.blur(behind, (soft, soft))
    return behind, now, thing[3]


def _spoil(rng, behind, now, longest):
    """Optics, exposure, night, infra-red and noise; the background is older and coarser."""
    gain, gamma = np.exp(rng.normal(0, 0.2)), np.exp(rng.normal(0, 0.2))
    if rng.random() < 0.15:
        gain *= rng.uniform(0.35, 0.7)
    tint = 1 + rng.normal(0, 0.04, 3)
    is_grey = rng.random() < 0.16
    blur = rng.choice([0, 0, 1, 1, 2]) * longest / 90 * rng.uniform(0.3, 1.6)
    coarse = rng.choice([1, 1, 1.5, 2, 3, 4])
    level = abs(rng.normal(0, 5))
    if rng.random() < 0.3:
        drift = rng.normal(0, longest * 0.012, 2)
        behind = cv2.warpAffine(behind, np.float32([[1, 0, drift[0]], [0, 1, drift[1]]]),
                                behind.shape[1::-1], borderMode=cv2.BORDER_REFLECT)
    if rng.random() < 0.4:
        now = now * np.exp(rng.normal(0, 0.06)) + rng.normal(0, 3)
    spoiled = []
    for index, picture in enumerate((behind, now)):
        picture = 255 * np.clip(picture * gain * tint / 255, 0, 1) ** gamma
        if is_grey:
            picture = np.repeat(picture.mean(-1, keepdims=True), 3, -1)
        if blur > 0.3:
            picture = cv2.GaussianBlur(picture, (0, 0), blur)
        if index == 0 and coarse > 1:
            side = picture.shape[0]
            small = (max(4, int(side / coarse)),) * 2
            picture = cv2.resize(cv2.resize(picture, small, interpolation=cv2.INTER_AREA),
                                 (side, side), interpolation=cv2.INTER_LINEAR)
        noise = rng.standard_normal(picture.shape[:2]).astype(np.float32)
        if rng.random() < 0.5:
            noise = cv2.blur(noise, (3, 3)) * 2
        picture = picture + (level * noise * (0.3 if index == 0 else 1.0))[..., None]
        spoiled.append(np.clip(picture, 0, 255).astype(np.float32))
    return spoiled[0], spoiled[1], is_grey


def _jitter(rng, box):
    """Boxes are up to 15 % wrong; one in eight covers a part only."""
    x, y, longest = _inner(box)
    wide, tall = box[2] - box[0], box[3] - box[1]
    if rng.random() < 0.12:
        share = rng.uniform(0.45, 0.8)
        if rng.random() < 0.6:
            y += rng.choice([-1, 1]) * tall * (1 - share) / 2
            tall *= share
        else:
            x += rng.choice([-1, 1]) * wide * (1 - share) / 2
            wide *= share
    scale = np.exp(rng.normal(0.02, 0.1))
    x, y = x + rng.normal(0, 0.05) * longest, y + rng.normal(0, 0.05) * longest
    wide, tall = wide * scale, tall * scale
    return (x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)


def tile(rng, sources, label, side):
    """One sample of a class on a tile of that side; what cannot be seen is drawn again."""
    for _ in range(5):
        piece = _tile(rng, sources, label, side)
        x0, y0, x1, y1 = (int(np.clip(value, 0, side - 1)) for value in piece.box)
        area = np.s_[y0:y1 + 1, x0:x1 + 1]
        if label == "light" or np.abs(piece.now[area] - piece.behind[area]).mean() > 8:
            break
    return piece


def _tile(rng, sources, label, side):
    longest = rng.uniform(max(10, 0.27 * side), 0.54 * side)
    under = grounds.background(rng, sources.backgrounds, side)
    under = _surroundings(rng, sources, under, longest)
    if label == "light":
        behind, now, box = _empty(rng, sources, under, longest)
    elif label == "ghost":
        behind, now, box = _gone(rng, sources, under, longest)
    else:
        behind, now, box = _real(rng, sources, label, under, longest)
    behind, now, is_grey = _spoil(rng, behind, now, longest)
    box = _jitter(rng, box)
    window = _window(rng, box, side) if label != "light" and rng.random() < 0.08 else ()
    return Tile(behind, now, box, CLASSES.index(label), is_grey, window)


def _window(rng, box, side):
    """What the camera sees where its frame cuts through the box: left, top, right, bottom."""
    edge, share = rng.integers(4), rng.uniform(0.45, 0.9)
    axis = edge % 2
    place = box[axis] + (box[axis + 2] - box[axis]) * (share if edge < 2 else 1 - share)
    place = int(np.clip(place, 8, side - 8)) // 2 * 2
    window = [0, 0, side, side]
    window[axis + 2 if edge < 2 else axis] = place
    return tuple(window)


def recode(rng, pictures):
    """Sends pictures of one size (RGB, 8 bits) through H.264 and gives their Y, U, V planes."""
    height, width = pictures[0].shape[:2]
    coder = av.CodecContext.create("libx264", "w")
    coder.width, coder.height, coder.pix_fmt = width, height, "yuv420p"
    coder.time_base = Fraction(1, 25)
    coder.options = {"crf": str(int(rng.integers(17, 36))), "preset": "superfast",
                     "tune": "zerolatency", "threads": "1"}
    packets = []
    for picture in pictures:
        packets += coder.encode(av.VideoFrame.from_ndarray(picture, format="rgb24"))
    packets += coder.encode(None)
    reader = av.CodecContext.create("h264", "r")
    frames = []
    for packet in packets:
        frames += reader.decode(packet)
    frames += reader.decode(None)
    return [planes(frame) for frame in frames]


def planes(frame):
    """Y, U and V of a decoded frame as arrays."""
    frame = frame.reformat(format="yuv420p")
    found = []
    for plane, shrink in zip(frame.planes, (1, 2, 2)):
        rows, columns = -(-frame.height // shrink), -(-frame.width // shrink)
        data = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
        found.append(np.ascontiguousarray(data[:rows, :columns]))
    return found


def batch(rng, sources, labels, side):
    """Crops of one mosaic of tiles: uint8 [n, 6, 48, 48]; as many labels as fit in a mosaic."""
    per_row = MOSAIC // side
    tiles = [tile(rng, sources, label, side) for label in labels[:per_row * per_row]]
    rows = -(-len(tiles) // per_row)
    height = -(-rows * side // 16) * 16
    behind = np.full((height, MOSAIC, 3), 128, np.uint8)
    now = behind.copy()
    for index, piece in enumerate(tiles):
        y, x = index // per_row * side, index % per_row * side
        behind[y:y + side, x:x + side] = piece.behind
        now[y:y + side, x:x + side] = piece.now
    coded = recode(rng, [behind, now])
    crops = []
    for index, piece in enumerate(tiles):
        y, x = index // per_row * side, index % per_row * side
        crops.append(_crop_tile(coded[1], coded[0], (x, y, side), piece))
    return np.stack(crops)


def _crop_tile(now, behind, place, piece):
    """Cuts a tile's crop; the tile's edge plays the picture's."""
    x, y, side = place
    left, top, right, bottom = piece.window or (0, 0, side, side)
    parts = []
    for pictures in (now, behind):
        full = np.s_[y + top:y + bottom, x + left:x + right]
        half = np.s_[(y + top) // 2:(y + bottom) // 2, (x + left) // 2:(x + right) // 2]
        tile_planes = [pictures[0][full], pictures[1][half], pictures[2][half]]
        parts.append([np.ascontiguousarray(plane) for plane in tile_planes])
    box = np.array(piece.box)
    if piece.window:
        box = np.clip(box, (left, top, left, top), (right, bottom, right, bottom))
    cut = crop(parts[0], parts[1], box - (left, top, left, top))
    if piece.is_grey:
        cut[[1, 2, 4, 5]] = 128
    return cut
