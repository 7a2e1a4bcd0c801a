#!/usr/bin/env python3
"""Holds the report of `patrol tune evaluate` against the judge's: agree.py REPORT JUDGE.

Every clip and the total must give the same numbers of alerts found, missed, false and repeated.
"""

import json
import sys

NAMES = {"truePositives": "tp", "falseNegatives": "fn", "falsePositives": "fp", "duplicates": "dup"}


def differences(report, judge):
    """One sentence per number in which the two disagree."""
    own = {clip["name"].rsplit("/", 1)[-1]: clip for clip in report["clips"]}
    pairs = [(name, own.get(name), judge["clips"].get(name)) for name in {**own, **judge["clips"]}]
    pairs.append(("total", report["total"], judge["total"]))
    found = []
    for name, mine, theirs in pairs:
        if mine is None or theirs is None:
            found.append("%s: only in the %s" % (name, "report" if theirs is None else "judgement"))
            continue
        for key, other in NAMES.items():
            if mine[key] != theirs[other]:
                found.append("%s: %s is %d, the judge says %d" % (
                    name, key, mine[key], theirs[other]))
    return found


def main(arguments):
    """Prints every difference; returns the exit status."""
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    loaded = []
    for path in arguments:
        with open(path, encoding="utf-8") as file:
            loaded.append(json.load(file))
    found = differences(*loaded)
    for sentence in found:
        print(sentence)
    if not found:
        total = loaded[0]["total"]
        print("report and judge agree: " + ", ".join("%s %d" % (k, total[k]) for k in NAMES))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
