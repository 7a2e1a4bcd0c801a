#!/usr/bin/env python3
"""Times ONNX Runtime on a model, one thread.

    ort_bench.py MODEL RUNS [WIDTH HEIGHT]

Prints the median and the least milliseconds of processor time of a run, on made-up input of the
declared size or of the one given.
"""

import sys
import time

import numpy

import check_models


def main(path, runs, size):
    """Runs the model and prints its times."""
    declared = check_models.shapes_of(path)[0]
    shape = list(declared[:2]) + size if size else list(declared)
    session = check_models.session(path, shape)
    random = numpy.random.default_rng(1)
    name = session.get_inputs()[0].name
    values = {name: random.standard_normal(shape).astype(numpy.float32)}
    times = []
    for _ in range(runs + 1):
        begin = time.process_time()
        session.run(None, values)
        times.append((time.process_time() - begin) * 1000)
    # The first run touches memory for the first time.
    times = sorted(times[1:])
    print("%.4f %.4f" % (times[len(times) // 2], times[0]))


if __name__ == "__main__":
    SIZE = [int(sys.argv[4]), int(sys.argv[3])] if len(sys.argv) > 4 else []
    main(sys.argv[1], int(sys.argv[2]), SIZE)
