"""Boxes proposed by a permissively licensed detector (YOLOX-nano, Apache-2.0) on enlarged tiles.

Its labels are proposals: what is used was looked at (see data.json).
"""

import cv2
import numpy as np
import onnxruntime

INPUT = 416
NAMES = {0: "person", 1: "two_wheeler", 2: "vehicle", 3: "two_wheeler", 5: "vehicle",
         7: "vehicle"}


class Teacher:
    """Finds people, vehicles and two-wheelers in RGB pictures."""

    def __init__(self, path, threads=1):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(str(path), options)
        self.name = self.session.get_inputs()[0].name
        grids = []
        for stride in (8, 16, 32):
            count = INPUT // stride
            y, x = np.mgrid[0:count, 0:count]
            grids.append(np.stack([x.ravel(), y.ravel(), np.full(count * count, stride)], 1))
        self.grid = np.concatenate(grids).astype(np.float32)

    def _tile(self, rgb):
        padded = np.full((INPUT, INPUT, 3), 114, np.uint8)
        padded[:rgb.shape[0], :rgb.shape[1]] = rgb
        pixels = padded[..., ::-1].transpose(2, 0, 1)[None].astype(np.float32)
        out = self.session.run(None, {self.name: pixels})[0][0]
        step = self.grid[:, 2:3]
        centre = (out[:, :2] + self.grid[:, :2]) * step
        extent = np.exp(out[:, 2:4]) * step
        scores = out[:, 4:5] * out[:, 5:]
        best = scores.argmax(1)
        return np.concatenate([centre - extent / 2, centre + extent / 2,
                               scores.max(1)[:, None], best[:, None]], 1)

    def find(self, rgb, enlarge, least=0.35):
        """Boxes (left, top, right, bottom, score, class name) in pixels of the picture."""
        big = cv2.resize(rgb, None, fx=enlarge, fy=enlarge, interpolation=cv2.INTER_CUBIC)
        step = INPUT * 3 // 4
        found = []
        for y in range(0, max(1, big.shape[0] - INPUT // 4), step):
            for x in range(0, max(1, big.shape[1] - INPUT // 4), step):
                part = big[y:y + INPUT, x:x + INPUT]
                boxes = self._tile(part)
                boxes = boxes[boxes[:, 4] >= least]
                inner = ((boxes[:, 0] > 3) | (x == 0)) & ((boxes[:, 1] > 3) | (y == 0))
                right, low = part.shape[1], part.shape[0]
                inner &= (boxes[:, 2] < right - 3) | (x + INPUT >= big.shape[1])
                inner &= (boxes[:, 3] < low - 3) | (y + INPUT >= big.shape[0])
                boxes = boxes[inner]
                boxes[:, :4] += (x, y, x, y)
                found.append(boxes)
        boxes = np.concatenate(found)
        return [(*(float(v) / enlarge for v in boxes[i, :4]), float(boxes[i, 4]),
                 NAMES[int(boxes[i, 5])])
                for i in _separate(boxes) if int(boxes[i, 5]) in NAMES]


def _separate(boxes, most=0.45):
    """Numbers of the boxes that stay after non-maximum suppression over all classes."""
    order, kept = np.argsort(-boxes[:, 4]), []
    area = np.prod(np.maximum(0, boxes[:, 2:4] - boxes[:, :2]), 1)
    for index in order:
        low = np.maximum(boxes[index, :2], boxes[kept][:, :2])
        high = np.minimum(boxes[index, 2:4], boxes[kept][:, 2:4])
        both = np.prod(np.maximum(0, high - low), 1)
        if not kept or (both / (area[index] + area[kept] - both + 1e-6)).max() < most:
            kept.append(index)
    return kept
