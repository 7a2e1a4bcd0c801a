"""What all steps share: classes, the shape of a crop, and how it is cut from a picture."""

import json
from pathlib import Path

import cv2
import numpy as np

CLASSES = ("person", "vehicle", "two_wheeler", "object", "light", "ghost")
SIDE = 48
PLANES = 6
MARGIN = 1.25

HERE = Path(__file__).resolve().parent


def manifest():
    """The data manifest: clips, how their labels were made, corrections."""
    return json.loads((HERE / "data.json").read_text())


def cut(plane, centre, extent):
    """Samples a square as the product does: a grid of bilinear taps, as fine as the source.

    `centre` and `extent` are x and y in samples of the plane; beyond it its border repeats.
    """
    taps = int(min(6, max(1, np.ceil(max(extent) / SIDE))))
    number = SIDE * taps
    share = (np.arange(number) + 0.5) / number - 0.5
    xs = np.clip(centre[0] + share * extent[0] - 0.5, 0, plane.shape[1] - 1)
    ys = np.clip(centre[1] + share * extent[1] - 0.5, 0, plane.shape[0] - 1)
    grid = np.meshgrid(xs.astype(np.float32), ys.astype(np.float32))
    fine = cv2.remap(plane, grid[0], grid[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return cv2.resize(fine, (SIDE, SIDE), interpolation=cv2.INTER_AREA) if taps > 1 else fine


def crop(now, behind, box):
    """Cuts a box (left, top, right, bottom in luma samples) from two pictures of Y, U, V."""
    side = max(box[2] - box[0], box[3] - box[1]) * MARGIN
    centre = np.array([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2])
    height, width = now[0].shape
    planes = []
    for planes_of in (now, behind):
        for plane in planes_of:
            scale = np.array([plane.shape[1] / width, plane.shape[0] / height])
            planes.append(cut(plane, centre * scale, side * scale))
    return np.stack(planes)


def show(samples):
    """A crop as two RGB pictures: now and background."""
    pictures = []
    for planes in (samples[:3], samples[3:]):
        y, u, v = planes.astype(np.float32)
        y = (y - 16) * 1.164
        rgb = np.stack([y + 1.596 * (v - 128), y - 0.392 * (u - 128) - 0.813 * (v - 128),
                        y + 2.017 * (u - 128)], -1)
        pictures.append(np.clip(rgb, 0, 255).astype(np.uint8))
    return pictures
