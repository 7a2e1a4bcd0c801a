#!/usr/bin/env python3
"""Gathers the real crops: at the accepted boxes of the teacher, and what the detector saw.

    gather.py --footage FOLDER --work FOLDER --dumps FOLDER [--teacher FILE]

`--dumps` holds a folder for each clip, written by `patrol tune crops`. With `--teacher` the boxes
are proposed anew; their numbers are what data.json refers to.
"""

import argparse
import json
from pathlib import Path

import numpy as np

import footage
from common import CLASSES, manifest


def propose(args):
    """Writes the teacher's boxes for each clip."""
    from teacher import Teacher

    teacher = Teacher(args.teacher)
    folder = args.work / "proposals"
    folder.mkdir(parents=True, exist_ok=True)
    for clip in manifest()["clips"]:
        found = footage.proposals(footage.opened(args.footage, clip), clip, teacher)
        (folder / f"{clip['name']}.json").write_text(json.dumps(found))
        print(clip["name"], len(found), "boxes")


def _numbers(labels):
    return np.array([CLASSES.index(label) for label in labels], np.uint8)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--footage", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--dumps", type=Path, required=True)
    parser.add_argument("--teacher", type=Path)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    if args.teacher:
        propose(args)
    crops, labels, clips = footage.clean_crops(args.footage, args.work)
    np.savez(args.work / "clean.npz", crops=crops, labels=_numbers(labels), clips=clips)
    print("at boxes:", dict(zip(*np.unique(labels, return_counts=True))))
    parts = [footage.dumped_crops(args.dumps, clip) for clip in manifest()["clips"]]
    clips = np.concatenate([np.full(len(p[1]), i) for i, p in enumerate(parts)])
    crops, labels = (np.concatenate([p[i] for p in parts]) for i in (0, 1))
    np.savez(args.work / "dumped.npz", crops=crops, labels=_numbers(labels), clips=clips)
    print("of the detector:", dict(zip(*np.unique(labels, return_counts=True))))


if __name__ == "__main__":
    main()
