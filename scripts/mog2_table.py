#!/usr/bin/env python3
"""Prints the table of scripts/bench.d/20-detection-ratio and holds it against the bounds.

    mog2_table.py RUNS MOST_MS MOST_RATIO

RUNS has a line a run: clip, pictures, size, then milliseconds of our detection, of MOG2 on BGR, of
MOG2 on BGR without shadows, of MOG2 on luma. Exit status 1 where the total breaks a bound.
"""

import statistics
import sys


def medians(runs):
    """Per column of figures the median, and the median of ours over MOG2 within one run."""
    columns = [statistics.median(column) for column in zip(*runs)]
    return columns, statistics.median(run[0] / run[1] for run in runs)


def line(name, pictures, size, runs):
    """One line of the table, and what the bounds hold for."""
    (ours, bgr, plain, grey), ratio = medians(runs)
    print("%-20s %8d %9s %8.3f %9.3f %10.3f %9.3f %7.3f" % (
        name, pictures, size, ours, bgr, plain, grey, ratio))
    return ours, ratio


def main(path, most_ms, most_ratio):
    """Prints a line a clip and one of all; returns the exit status."""
    clips = {}
    with open(path, encoding="utf-8") as file:
        for row in map(str.split, file):
            clips.setdefault(tuple(row[:3]), []).append([float(value) for value in row[3:]])
    print("%-20s %8s %9s %8s %9s %10s %9s %7s" % (
        "clip", "pictures", "size", "ours", "MOG2 BGR", "no shadow", "MOG2 grey", "ratio"))
    for (name, pictures, size), runs in clips.items():
        line(name, int(pictures), size, runs)
    counts = [int(pictures) for _, pictures, _ in clips]
    together = [
        [sum(count * value for count, value in zip(counts, column)) / sum(counts)
         for column in zip(*turn)]
        for turn in zip(*clips.values())]
    sizes = {size for _, _, size in clips}
    ours, ratio = line("all", sum(counts), sizes.pop() if len(sizes) == 1 else "-", together)
    print("ours %.3f ms a picture (at most %s), ratio to MOG2 on BGR %.3f (at most %s)" % (
        ours, most_ms, ratio, most_ratio))
    return 1 if ours > most_ms or ratio > most_ratio else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], float(sys.argv[2]), float(sys.argv[3])))
