#!/usr/bin/env python3
"""Writes what ONNX Runtime makes of whole models; scripts/check-models calls it.

    scripts/check_models.py OUTPUT CLIP MODEL...

Each model is run at the size it declares and, where it takes pictures with three channels, at other
multiples of 32, on random numbers and on a picture of the clip. What ONNX Runtime cannot run at
another size is left out, and said.
"""

import json
import os
import subprocess
import sys

import numpy as np
import onnx
import onnxruntime

TOLERANCE = 1e-3
SIZES = ((160, 160), (96, 224), (320, 192), (384, 640), (416, 416))


def picture(clip, height, width):
    """A picture of the clip as planes of blue, green and red, 0 to 255."""
    raw = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", clip, "-frames:v", "1", "-vf",
         "scale=%d:%d" % (width, height), "-pix_fmt", "bgr24", "-f", "rawvideo", "-"],
        check=True, stdout=subprocess.PIPE).stdout
    pixels = np.frombuffer(raw, np.uint8).reshape(height, width, 3)
    return np.ascontiguousarray(pixels.transpose(2, 0, 1)[None], np.float32)


def session(path, shape):
    """ONNX Runtime on one thread, the model declared for the given shape of its input."""
    model = onnx.load(path)
    for size, wanted in zip(model.graph.input[0].type.tensor_type.shape.dim, shape):
        size.dim_value = wanted
    for output in model.graph.output:
        output.type.tensor_type.ClearField("shape")
    del model.graph.value_info[:]
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def shapes_of(path):
    """The declared shape of the input, then others to try."""
    declared = [size.dim_value or 1
                for size in onnx.load(path).graph.input[0].type.tensor_type.shape.dim]
    shapes = [declared]
    if len(declared) == 4 and declared[1] == 3:
        shapes += [[1, 3, *size] for size in SIZES if [1, 3, *size] != declared]
    return shapes


def inputs_for(shape, clip):
    """Named inputs of one shape."""
    random = np.random.default_rng(sum(shape))
    if len(shape) == 4 and shape[1] == 3:
        return {"random": random.uniform(0, 255, shape).astype(np.float32),
                "picture": picture(clip, *shape[2:])}
    return {"random": random.standard_normal(shape).astype(np.float32)}


def records(path, output, clip):
    """Runs one model at all sizes; writes inputs and outputs."""
    for shape in shapes_of(path):
        size = "x".join(map(str, shape[2:] if len(shape) == 4 else shape))
        stem = "%s-%s" % (os.path.splitext(os.path.basename(path))[0], size)
        try:
            runner = session(path, shape)
            port = runner.get_inputs()[0].name
            results = {kind: (values, runner.run(None, {port: values}))
                       for kind, values in inputs_for(shape, clip).items()}
        except (onnxruntime.capi.onnxruntime_pybind11_state.Fail,
                onnxruntime.capi.onnxruntime_pybind11_state.InvalidArgument,
                onnxruntime.capi.onnxruntime_pybind11_state.RuntimeException) as error:
            if shape == shapes_of(path)[0]:
                raise
            print("%s: ONNX Runtime cannot run it: %s" % (stem, str(error).splitlines()[0][:90]))
            continue
        for kind, (values, made) in results.items():
            name = os.path.join(output, "%s-%s" % (stem, kind))
            with open(name + ".bin", "wb") as file:
                for array in [values] + made:
                    file.write(np.ascontiguousarray(array, np.float32).tobytes())
            yield {"name": name, "file": os.path.abspath(path), "tolerance": TOLERANCE,
                   "inputs": [{"name": port, "shape": shape}],
                   "outputs": [{"name": found.name, "shape": list(array.shape)}
                               for found, array in zip(runner.get_outputs(), made)]}


def main(output, clip, *paths):
    """Writes all cases and their list."""
    found = [record for path in paths for record in records(path, output, clip)]
    with open(os.path.join(output, "cases.json"), "w", encoding="utf-8") as file:
        json.dump(found, file, indent=1)
    print("%d cases" % len(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
