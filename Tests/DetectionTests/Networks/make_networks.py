#!/usr/bin/env python3
"""Writes three networks that find red and blue squares, with the answers of real detectors.

    scripts/setup --models
    .venv/bin/python Tests/DetectionTests/Networks/make_networks.py

Each cell of a grid tells its mean colour: class 0 is red, class 1 is blue. Samples come in as 0 to
255 in the order red, green, blue. Boxes are as large as a cell, on grids of stride 16 and more
twice that.
"""

import math
import os

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

FOLDER = os.path.dirname(os.path.abspath(__file__))
BINS = 8


class Network:
    """Nodes in order, and constants."""

    def __init__(self):
        self.nodes, self.constants = [], []

    def constant(self, values, kind=np.float32):
        name = "constant%d" % len(self.constants)
        self.constants.append(numpy_helper.from_array(np.asarray(values, kind), name))
        return name

    def node(self, kind, *inputs, **attributes):
        name = "value%d" % len(self.nodes)
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name=name, **attributes))
        return name

    def grid(self, stride, weights, bias):
        """Answers for each cell: what the mean colour gives, and what is always so."""
        mean = self.node("AveragePool", "picture", kernel_shape=[stride] * 2,
                         strides=[stride] * 2)
        weights = np.asarray(weights, np.float32)[:, :, None, None] / 255
        told = self.node("Conv", mean, self.constant(weights), self.constant(bias),
                         kernel_shape=[1, 1])
        shape = self.constant([1, len(bias), -1], np.int64)
        return self.node("Reshape", told, shape)

    def write(self, name, answer, shape):
        side = 64
        picture = helper.make_tensor_value_info("picture", TensorProto.FLOAT,
                                                [1, 3, side, side])
        told = helper.make_tensor_value_info(answer, TensorProto.FLOAT, shape)
        graph = helper.make_graph(self.nodes, name, [picture], [told], self.constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
        model.ir_version = 8
        onnx.checker.check_model(model)
        onnx.save(model, os.path.join(FOLDER, name + ".onnx"))


RED, BLUE, NONE, BOTH = [1, 0, 0], [0, 0, 1], [0, 0, 0], [1, 0, 1]


def yolox():
    net = Network()
    grids = []
    for stride in (8, 16, 32):
        size = math.log(1 if stride == 8 else 2)
        # x, y, logarithms of width and height; that there is something; the classes.
        grids.append(net.grid(stride, [NONE] * 4 + [BOTH, RED, BLUE],
                              [0.5, 0.5, size, size, 0, 0, 0]))
    rows = net.node("Concat", *grids, axis=2)
    net.write("yolox", net.node("Transpose", rows, perm=[0, 2, 1]), [1, 84, 7])


def nanodet():
    net = Network()
    grids = []
    for stride in (8, 16, 32, 64):
        # Nothing to the left and above, a cell or two to the right and below.
        far = 1 if stride == 8 else 2
        bias = [0, 0]
        for reach in (0, 0, far, far):
            bias += [20.0 if index == reach else 0.0 for index in range(BINS)]
        grids.append(net.grid(stride, [RED, BLUE] + [NONE] * (4 * BINS), bias))
    rows = net.node("Concat", *grids, axis=2)
    net.write("nanodet", net.node("Transpose", rows, perm=[0, 2, 1]), [1, 85, 2 + 4 * BINS])


def classifier():
    net = Network()
    cell = net.grid(64, [RED, BLUE], [0, 0])
    net.write("classifier", net.node("Reshape", cell, net.constant([1, 2], np.int64)), [1, 2])


if __name__ == "__main__":
    yolox()
    nanodet()
    classifier()
