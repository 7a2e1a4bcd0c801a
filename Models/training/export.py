#!/usr/bin/env python3
"""Writes the trained network as ONNX, batch norms folded, and a golden test beside it.

    export.py --weights MODEL.pt --out Models/crops.onnx [--temperature 1.0]
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from common import CLASSES
from network import CropNet

OPSET = 13


class _Graph:
    """Nodes and weights in the order in which they are computed."""

    def __init__(self):
        self.nodes, self.weights = [], []

    def weight(self, name, values):
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values, np.float32), name))
        return name

    def add(self, kind, inputs, output, **attributes):
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def conv(self, name, layers, x):
        """A convolution with the batch norm behind it, and its ReLU where it has one."""
        conv, norm = layers[0], layers[1]
        scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
        kernel = (conv.weight * scale.view(-1, 1, 1, 1)).detach().numpy()
        bias = (norm.bias - norm.running_mean * scale).detach().numpy()
        pad = [conv.padding[0]] * 4
        y = self.add("Conv", [x, self.weight(name + ".w", kernel), self.weight(name + ".b", bias)],
                     name, kernel_shape=list(conv.kernel_size), strides=list(conv.stride), pads=pad,
                     group=conv.groups)
        return self.add("Relu", [y], name + ".relu") if len(layers) > 2 else y

    def block(self, name, block, x):
        y = self.conv(name + ".across", block.across, x)
        y = self.conv(name + ".mix", block.mix, y)
        return self.add("Relu", [self.add("Add", [x, y], name + ".add")], name + ".relu")


def build(net, temperature):
    """The ONNX model of a network."""
    graph = _Graph()
    x = graph.conv("stem", net.stem, "crop")
    x = graph.block("early", net.early, x)
    for index, part in enumerate(net.down):
        x = graph.conv(f"down{index}", part, x)
    x = graph.add("Add", [x, graph.conv("dense", net.dense, x)], "dense.add")
    for index, block in enumerate(net.middle):
        x = graph.block(f"middle{index}", block, x)
    for index, part in enumerate(net.deep):
        x = graph.conv(f"deep{index}", part, x)
    for index, block in enumerate(net.late):
        x = graph.block(f"late{index}", block, x)
    x = graph.add("GlobalAveragePool", [x], "pool")
    x = graph.add("Flatten", [x], "embedding", axis=1)
    kernel = graph.weight("last.w", net.last.weight.detach().numpy() / temperature)
    bias = graph.weight("last.b", net.last.bias.detach().numpy() / temperature)
    x = graph.add("Gemm", [x, kernel, bias], "logits", transB=1)
    graph.add("Softmax", [x], "scores", axis=1)
    made = helper.make_graph(
        graph.nodes, "crops",
        [helper.make_tensor_value_info("crop", TensorProto.FLOAT, [1, 6, 48, 48])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, len(CLASSES)]),
         helper.make_tensor_value_info("embedding", TensorProto.FLOAT, [1, net.EMBEDDING])],
        graph.weights)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", OPSET)],
                              producer_name="Models/training/export.py")
    model.ir_version = 7
    helper.set_model_props(model, {"classes": ",".join(CLASSES)})
    onnx.checker.check_model(model)
    return model


def patches():
    """Made-up crops in whole numbers that any language can make again: name and samples."""
    z, y, x = np.meshgrid(np.arange(6), np.arange(48), np.arange(48), indexing="ij")
    made = [("slopes", (x * 5 + y * 3 + z * 17) % 256),
            ("squares", ((x // 6 + y // 6) % 2) * 200 + z), ("grey", np.full_like(x, 128))]
    block = ((x - 24) ** 2 // 4 + (y - 26) ** 2 < 120) & (z == 0)
    made.append(("block", np.where(block, 40, np.where((z == 0) | (z == 3), 140, 128))))
    seed = np.uint32(12345)
    values = np.empty(6 * 48 * 48, np.int64)
    with np.errstate(over="ignore"):
        for index in range(len(values)):
            seed = np.uint32(seed * np.uint32(1664525) + np.uint32(1013904223))
            values[index] = int(seed >> np.uint32(24))
    made.append(("noise", values.reshape(6, 48, 48)))
    return made


def golden(model):
    """What ONNX Runtime makes of the made-up crops."""
    session = onnxruntime.InferenceSession(model.SerializeToString())
    cases = []
    for name, samples in patches():
        crop = ((samples.astype(np.float32) - 128) / 128)[None]
        scores, embedding = session.run(["scores", "embedding"], {"crop": crop})
        cases.append({"name": name, "scores": [round(float(v), 6) for v in scores[0]],
                      "embedding": [round(float(v), 6) for v in embedding[0]]})
    return {
        "about": "x, y: column and row; z: plane, of 6. slopes: (5x+3y+17z) mod 256; squares: "
                 "200 ((x/6+y/6) mod 2) + z; grey: 128; block: plane 0 is 40 where "
                 "(x-24)^2/4 + (y-26)^2 < 120, else planes 0 and 3 are 140, the others 128; noise: "
                 "s = 1664525 s + 1013904223 mod 2^32 from 12345, sample s >> 24 after each step, "
                 "plane by plane, row by row. / is division of whole numbers.",
        "input": "crop", "outputs": ["scores", "embedding"], "tolerance": 1e-4, "cases": cases}


def check(net, model, temperature):
    """The file says the same as the network that was trained."""
    session = onnxruntime.InferenceSession(model.SerializeToString())
    rng = np.random.default_rng(3)
    for _ in range(8):
        crop = rng.uniform(-1, 1, (1, 6, 48, 48)).astype(np.float32)
        scores, embedding = session.run(None, {"crop": crop})
        with torch.no_grad():
            logits, expected = net(torch.from_numpy(crop))
        assert np.abs(scores - (logits / temperature).softmax(1).numpy()).max() < 1e-4
        assert np.abs(embedding - expected.numpy()).max() < 1e-3


def compact(value):
    """JSON with one case a line."""
    cases = value.pop("cases")
    head = json.dumps(value, indent=1)[:-2]
    return head + ',\n "cases": [\n  ' + ",\n  ".join(json.dumps(c) for c in cases) + "\n ]\n}\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--temperature", type=float, default=1.0)
    args = parser.parse_args()
    net = CropNet()
    net.load_state_dict(torch.load(args.weights, weights_only=True))
    net.eval()
    model = build(net, args.temperature)
    check(net, model, args.temperature)
    args.out.write_bytes(model.SerializeToString())
    args.out.with_suffix(".golden.json").write_text(compact(golden(model)))
    count = sum(p.numel() for p in net.parameters() if isinstance(p, nn.Parameter))
    print(f"{args.out}: {args.out.stat().st_size} bytes, {count} parameters")


if __name__ == "__main__":
    main()
