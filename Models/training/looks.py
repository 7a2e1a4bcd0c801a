"""What `patrol tune crops` wrote of a clip, with the labels that its objects were given.

The manifests name objects by number. `tracks.json` says for each where it was seen: times in
seconds and boxes in thousandths of the picture. So the labels find their objects again where
another version of the detector counts differently.
"""

import json
from pathlib import Path

import numpy as np

from common import HERE

SLACK = 0.35
OVERLAP = 0.4


def read(dumps, name):
    """The looks at a clip: a list of what is known of each, and the samples."""
    folder = Path(dumps) / name
    lines = [json.loads(line) for line in (folder / "crops.jsonl").read_text().splitlines()]
    samples = np.fromfile(folder / "crops.u8", np.uint8).reshape(len(lines), 6, 48, 48)
    return lines, samples


def overlap(first, second):
    """Intersection over union of two boxes of left, top, width, height."""
    width = min(first[0] + first[2], second[0] + second[2]) - max(first[0], second[0])
    height = min(first[1] + first[3], second[1] + second[3]) - max(first[1], second[1])
    inside = max(0, width) * max(0, height)
    return inside / (first[2] * first[3] + second[2] * second[3] - inside)


def _likeness(places, looks):
    """How well an object's looks cover the places of a track: 0 to 1."""
    total = 0.0
    for time, *box in places:
        box = [value / 1000 for value in box]
        near = [overlap(box, look["box"]) for look in looks if abs(look["time"] - time) <= SLACK]
        total += max((value for value in near if value >= OVERLAP), default=0)
    return total / len(places)


def labels_of(lines, clip):
    """The label of each look, or None; every track is given to the object that is most like it.

    A number with an "s" behind it is a label for the looks at the object while it stands.
    """
    tracks = json.loads((HERE / "tracks.json").read_text())[clip["name"]]
    by_key = {str(key): label for label, keys in clip["objects"].items() for key in keys}
    looks = {}
    for index, line in enumerate(lines):
        looks.setdefault((line["object"], ""), []).append(index)
        if line["mobility"] == "static":
            looks.setdefault((line["object"], "s"), []).append(index)
    pairs = []
    for key in by_key:
        for number, standing in looks:
            if standing == ("s" if key.endswith("s") else ""):
                own = [lines[index] for index in looks[number, standing]]
                pairs.append((_likeness(tracks[key], own), key, number, standing))
    result, given, taken = [None] * len(lines), set(), set()
    for likeness, key, number, standing in sorted(pairs, key=lambda pair: -pair[0]):
        if likeness < 0.3 or key in given or number in taken:
            continue
        given.add(key)
        taken.add(number)
        for index in looks[number, standing]:
            result[index] = by_key[key]
    return result
