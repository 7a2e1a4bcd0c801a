#!/usr/bin/env python3
"""Times OpenCV's MOG2 on raw I420 pictures, one thread.

    mog2.py PICTURES WIDTH HEIGHT

Prints milliseconds of processor time for a picture, the mean over all: on BGR with shadows marked
(OpenCV's default), on BGR without, and on luma alone.
"""

import sys
import time

import cv2
import numpy


def cost(pictures, shadows):
    """Milliseconds of this thread for a picture, by a fresh model."""
    model = cv2.createBackgroundSubtractorMOG2(detectShadows=shadows)
    begin = time.thread_time()
    for picture in pictures:
        model.apply(picture)
    return (time.thread_time() - begin) * 1000 / len(pictures)


def main(path, width, height):
    """Reads the pictures and prints the three costs."""
    cv2.setNumThreads(1)
    rows = height + height // 2
    raw = numpy.fromfile(path, numpy.uint8).reshape(-1, rows, width)
    colour = [cv2.cvtColor(picture, cv2.COLOR_YUV2BGR_I420) for picture in raw]
    grey = [numpy.ascontiguousarray(picture[:height]) for picture in raw]
    print("%.4f %.4f %.4f" % (cost(colour, True), cost(colour, False), cost(grey, True)))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
