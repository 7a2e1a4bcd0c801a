#!/usr/bin/env python3
"""Writes the small ONNX models of this folder and what ONNX Runtime makes of them.

    scripts/setup --models
    .venv/bin/python Tests/InferenceTests/Golden/make_golden.py

For each case: NAME.onnx, and NAME.bin with little-endian floats: all inputs, then all outputs.
cases.json has the shapes. Seeds come from the names, so another run writes the same inputs.
"""

import json
import os
import zlib

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

import golden_nets
import golden_operators

FOLDER = os.path.dirname(os.path.abspath(__file__))


class Case:
    """One model under construction: nodes in order, constants, inputs and outputs."""

    def __init__(self, name, opset=13):
        self.name, self.opset = name, opset
        self.random = np.random.default_rng(zlib.crc32(name.encode()))
        self.nodes, self.constants, self.inputs = [], [], []
        self.run_shapes = {}

    def input(self, *shape, declared=None):
        """An input; `declared` is what the model says where the run uses another size."""
        name = "input%d" % len(self.inputs)
        self.inputs.append(helper.make_tensor_value_info(
            name, TensorProto.FLOAT, declared or list(shape)))
        self.run_shapes[name] = shape
        return name

    def constant(self, values):
        """An initialiser of integers (a list) or of floats (an array)."""
        kind = np.int64 if isinstance(values, list) else np.float32
        name = "constant%d" % len(self.constants)
        self.constants.append(numpy_helper.from_array(np.asarray(values, dtype=kind), name))
        return name

    def weights(self, *shape, scale=None):
        """Random floats whose products with as many inputs stay near 1."""
        scale = scale or 1 / np.sqrt(max(np.prod(shape[1:]), 1))
        return self.constant(self.random.standard_normal(shape).astype(np.float32) * scale)

    def node(self, kind, *inputs, outputs=1, **attributes):
        """Adds a node; returns the name of its output, or a list of names."""
        names = ["value%d_%d" % (len(self.nodes), index) for index in range(outputs)]
        self.nodes.append(helper.make_node(
            kind, list(inputs), names, name="%s%d" % (kind, len(self.nodes)), **attributes))
        return names[0] if outputs == 1 else names

    def finish(self, *outputs):
        """Writes the model and what ONNX Runtime makes of random inputs; returns its record."""
        graph = helper.make_graph(
            self.nodes, self.name, self.inputs,
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
            self.constants)
        model = helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", self.opset)], producer_name="golden")
        model.ir_version = 8
        if self.opset < 14:
            model.ir_version = 6
        path = os.path.join(FOLDER, self.name)
        feeds = {name: np.asarray(self.random.standard_normal(shape) * 2, np.float32)
                 for name, shape in self.run_shapes.items()}
        results = self.reference(model).run(list(outputs), feeds)
        for port, result in zip(model.graph.output, results):
            port.CopyFrom(helper.make_tensor_value_info(
                port.name, TensorProto.FLOAT, [None] * result.ndim))
        onnx.checker.check_model(model)
        onnx.save(model, path + ".onnx")
        with open(path + ".bin", "wb") as file:
            for array in list(feeds.values()) + results:
                assert array.dtype == np.float32 and np.isfinite(array).all(), self.name
                file.write(np.ascontiguousarray(array).tobytes())
        return {"name": self.name,
                "inputs": [{"name": name, "shape": list(feeds[name].shape)} for name in feeds],
                "outputs": [{"name": name, "shape": list(result.shape)}
                            for name, result in zip(outputs, results)]}

    def reference(self, model):
        """ONNX Runtime on the model, declared for the sizes of this run."""
        model = onnx.ModelProto.FromString(model.SerializeToString())
        for port in model.graph.input:
            sizes = port.type.tensor_type.shape.dim
            for size, wanted in zip(sizes, self.run_shapes[port.name]):
                size.dim_value = wanted
        self.rewrite_shapes(model)
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(
            model.SerializeToString(), options, providers=["CPUExecutionProvider"])

    def rewrite_shapes(self, model):
        """Replaces constants that hold for the declared size only; `self.rewritten` says how."""
        for name, values in getattr(self, "rewritten", {}).items():
            for tensor in model.graph.initializer:
                if tensor.name == name:
                    tensor.CopyFrom(numpy_helper.from_array(np.asarray(values, np.int64), name))


def main():
    """Writes all cases anew."""
    for entry in os.listdir(FOLDER):
        if entry.endswith((".onnx", ".bin")):
            os.remove(os.path.join(FOLDER, entry))
    records = [record for module in (golden_operators, golden_nets)
               for record in module.cases(Case)]
    assert len({record["name"] for record in records}) == len(records)
    with open(os.path.join(FOLDER, "cases.json"), "w", encoding="utf-8") as file:
        json.dump(sorted(records, key=lambda record: record["name"]), file, indent=1)
        file.write("\n")
    size = sum(os.path.getsize(os.path.join(FOLDER, entry)) for entry in os.listdir(FOLDER))
    print("%d cases, %d bytes" % (len(records), size))


if __name__ == "__main__":
    main()
