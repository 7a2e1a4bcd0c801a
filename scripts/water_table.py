#!/usr/bin/env python3
"""Prints the scores of the scenes at the water by kind: water_table.py report.json

A clip's kind is its name up to the first hyphen. False alerts an hour stand with the upper end of
their 95 % interval for a Poisson process (one-sided: with no false alert, 3 over the hours).
"""

import json
import math
import sys


def poisson_bound(count):
    """The largest mean that gives `count` or fewer with a probability of 5 % at least."""
    low, high = 0.0, 10.0 + 3 * count
    for _ in range(60):
        mean = (low + high) / 2
        chance = sum(math.exp(-mean + n * math.log(mean) - math.lgamma(n + 1))
                     for n in range(count + 1))
        low, high = (mean, high) if chance > 0.05 else (low, mean)
    return high


def ratio(part, whole):
    """A share with three decimals, a hyphen where it is not defined."""
    return "%.3f" % (part / whole) if whole else "-"


def line(name, rows):
    """One line of the table for some clips of the report."""
    found, missed, false, late, duplicates = (
        sum(row[key] for row in rows)
        for key in ("truePositives", "falseNegatives", "falsePositives", "late", "duplicates"))
    hours = sum(row["hours"] for row in rows)
    delays = sorted(row["delayMedian"] for row in rows if row["delayMedian"] is not None)
    delay = "%.1f" % delays[len(delays) // 2] if delays else "-"
    vanishings, seen, alarms = (
        sum(row[key] for row in rows)
        for key in ("vanishings", "vanishingsFound", "falseEmergencies"))
    return "%-9s %5d %7d %6d %6d %6d %5d %5d  %6s %9s %7s %8.2f %9.1f %9.1f %8s %6d" % (
        name, len(rows), found + missed, found, missed, false, late, duplicates,
        ratio(found, found + missed), ratio(found, found + false), delay, hours,
        false / hours, poisson_bound(false) / hours,
        "%d/%d" % (seen, vanishings) if vanishings else "-", alarms)


def main():
    """Prints a line for each kind and one for all."""
    with open(sys.argv[1], encoding="utf-8") as file:
        report = json.load(file)
    kinds = {}
    for clip in report["clips"]:
        kinds.setdefault(clip["name"].split("-")[0], []).append(clip)
    print("kind      clips  events  found missed  false  late  dup.  recall precision delay/s"
          "    hours   false/h 95 % most  emerg.  false")
    for kind in sorted(kinds):
        print(line(kind, kinds[kind]))
    print(line("all", report["clips"]))
    for failure in report["failures"]:
        print("not scored: %s: %s" % (failure["name"], failure["message"]))


main()
