#!/usr/bin/env python3
"""Draws the composites and gathers the real crops that the network is trained on.

    prepare.py --footage FOLDER --work FOLDER [--count 30000] [--seed 1] [--without CLIP]
"""

import argparse
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import cv2
import numpy as np

import compose
from common import CLASSES

SHARES = {"person": 0.18, "vehicle": 0.25, "two_wheeler": 0.13, "object": 0.16, "light": 0.19,
          "ghost": 0.09}
SIZES = (0.26, 0.44, 0.24, 0.06)


_sources = compose.Sources()


def _begin(sources):
    global _sources
    _sources = sources
    cv2.setNumThreads(1)


def draw(job):
    """The composites of one mosaic."""
    seed, side, count = job
    rng = np.random.default_rng(seed)
    labels = rng.choice(list(SHARES), count, p=list(SHARES.values()))
    crops = compose.batch(rng, _sources, list(labels), side)
    return crops, np.array([CLASSES.index(label) for label in labels], np.uint8)


def composites(count, seed, sources, workers):
    """That many composites, in an order that does not depend on the number of workers."""
    jobs = []
    for index, (side, share) in enumerate(zip(compose.TILES, SIZES)):
        per = (compose.MOSAIC // side) ** 2
        todo = int(count * share)
        while todo > 0:
            jobs.append(((seed, index, len(jobs)), side, min(per, 100, todo)))
            todo -= min(per, 100)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _begin, (sources,)) as pool:
        parts = list(pool.map(draw, jobs))
    return np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--footage", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--count", type=int, default=30000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--without", action="append", default=[])
    parser.add_argument("--name", default="composites")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    sources = compose.Sources()
    if args.footage:
        import footage
        sources = footage.sources(args.footage, args.work, args.without)
    crops, labels = composites(args.count, args.seed, sources, args.workers)
    np.savez(args.work / f"{args.name}.npz", crops=crops, labels=labels)
    print(f"{len(labels)} composites:", dict(zip(CLASSES, np.bincount(labels, minlength=6))))


if __name__ == "__main__":
    main()
