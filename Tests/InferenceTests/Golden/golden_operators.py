"""One small model for each operator and each variant of its attributes that matters."""

import numpy as np


def single(case, kind, *inputs, outputs=1, **attributes):
    """A model of one node."""
    names = case.node(kind, *inputs, outputs=outputs, **attributes)
    return case.finish(*([names] if outputs == 1 else names))


def convolutions(Case):
    """Dense, grouped, depthwise; strides, pads, dilations; with and without bias."""
    variants = {
        "pointwise": ((7, 9), 6, 10, 1, (1, 1), {}),
        "pointwise-strided": ((8, 9), 5, 4, 1, (1, 1), {"strides": [2, 2]}),
        "3x3": ((9, 7), 5, 9, 1, (3, 3), {"pads": [1, 1, 1, 1]}),
        "3x3-wide": ((5, 37), 3, 17, 1, (3, 3), {"pads": [1, 1, 1, 1]}),
        "3x3-strided": ((10, 11), 3, 8, 1, (3, 3), {"pads": [1, 1, 1, 1], "strides": [2, 2]}),
        "3x3-valid": ((7, 8), 4, 6, 1, (3, 3), {}),
        "1x5-uneven": ((6, 12), 3, 5, 1, (1, 5), {"pads": [0, 3, 0, 1], "strides": [1, 2]}),
        "dilated": ((12, 11), 3, 4, 1, (3, 3), {"dilations": [2, 3], "pads": [2, 3, 2, 3]}),
        "grouped": ((6, 7), 6, 9, 3, (3, 3), {"pads": [1, 1, 1, 1]}),
        "grouped-pointwise": ((5, 6), 8, 4, 2, (1, 1), {}),
        "depthwise-3x3": ((9, 10), 7, 7, 7, (3, 3), {"pads": [1, 1, 1, 1]}),
        "depthwise-3x3-strided": ((9, 12), 5, 5, 5, (3, 3),
                                  {"pads": [1, 1, 1, 1], "strides": [2, 2]}),
        "depthwise-5x5": ((11, 8), 4, 4, 4, (5, 5), {"pads": [2, 2, 2, 2]}),
        "depthwise-5x5-strided": ((12, 9), 3, 3, 3, (5, 5),
                                  {"pads": [2, 2, 2, 2], "strides": [2, 2]}),
        "depthwise-multiplied": ((6, 6), 3, 6, 3, (3, 3), {"pads": [1, 1, 1, 1]}),
        "same-upper": ((7, 8), 3, 4, 1, (4, 4), {"auto_pad": "SAME_UPPER", "strides": [2, 2]}),
        "same-lower": ((7, 8), 3, 4, 1, (4, 4), {"auto_pad": "SAME_LOWER", "strides": [2, 2]}),
        "one-pixel": ((1, 1), 12, 20, 1, (1, 1), {}),
        "big-kernel": ((9, 9), 2, 3, 1, (7, 7), {"pads": [3, 3, 3, 3]}),
    }
    for name, (size, inputs, outputs, groups, kernel, attributes) in variants.items():
        for has_bias in (True, False) if name in ("3x3", "depthwise-3x3") else (True,):
            case = Case("conv-" + name + ("" if has_bias else "-unbiased"), 11)
            operands = [case.input(2 if name == "3x3" else 1, inputs, *size),
                        case.weights(outputs, inputs // groups, *kernel)]
            operands += [case.weights(outputs, scale=1)] if has_bias else []
            yield single(case, "Conv", *operands, group=groups, kernel_shape=kernel, **attributes)


def elementwise(Case):
    """Functions of one element, and of two with broadcasting."""
    for kind, attributes, opset in (
            ("Relu", {}, 13), ("LeakyRelu", {"alpha": 0.1}, 11), ("LeakyRelu", {}, 16),
            ("Sigmoid", {}, 13), ("HardSwish", {}, 14), ("HardSigmoid", {}, 13),
            ("HardSigmoid", {"alpha": 1 / 6, "beta": 0.5}, 13), ("Abs", {}, 13),
            ("Identity", {}, 13)):
        case = Case("%s-%d%s" % (kind.lower(), opset, "-attributes" if attributes else ""), opset)
        yield single(case, kind, case.input(2, 3, 5, 7), **attributes)
    for name, low, high in (("both", -0.5, 0.7), ("low", 0.0, None), ("high", None, 1.0)):
        case = Case("clip-" + name, 11)
        bounds = [case.constant(np.float32(bound)) if bound is not None else ""
                  for bound in (low, high)]
        yield single(case, "Clip", case.input(1, 4, 9), *bounds)
    shapes = {"same": ((2, 3, 4), (2, 3, 4)), "scalar": ((2, 3, 4), ()),
              "channel": ((2, 3, 4, 5), (1, 3, 1, 1)), "row": ((3, 4, 5), (5,)),
              "column": ((4, 5), (4, 1)), "both": ((4, 1, 5), (1, 3, 5)),
              "left": ((1, 5), (6, 5)), "middle": ((2, 1, 3, 1), (2, 4, 1, 2))}
    for kind in ("Add", "Sub", "Mul", "Div"):
        for name, (left, right) in shapes.items():
            case = Case("%s-%s" % (kind.lower(), name))
            first = case.input(*left)
            if kind == "Div":
                values = case.random.uniform(0.5, 2, right).astype(np.float32)
                second = case.constant(values)
            else:
                second = case.input(*right)
            yield single(case, kind, first, second)


def movement(Case):
    """What moves elements or changes nothing but their shape."""
    orders = ([0, 2, 1], [2, 0, 1], [1, 0, 2], [2, 1, 0])
    for order in orders:
        case = Case("transpose-" + "".join(map(str, order)))
        yield single(case, "Transpose", case.input(3, 4, 5), perm=order)
    case = Case("transpose-nhwc")
    yield single(case, "Transpose", case.input(2, 3, 4, 5), perm=[0, 2, 3, 1])
    case = Case("transpose-default")
    yield single(case, "Transpose", case.input(3, 1, 4))
    case = Case("transpose-five", 11)
    yield single(case, "Transpose", case.input(1, 2, 6, 3, 4), perm=[0, 2, 1, 3, 4])
    top = 2 ** 63 - 1
    slices = {"step": ([0, 1], [top, top], [2, 3], [2, 2]), "negative": ([-3], [-1], [1], [1]),
              "backwards": ([top], [-top], [3], [-2]), "default": ([1, 0], [2, 2], None, None),
              "beyond": ([1], [100], [-1], None)}
    for name, lists in slices.items():
        case = Case("slice-" + name, 11)
        lists = [case.constant(values) if values is not None else "" for values in lists]
        while lists[-1] == "":
            lists.pop()
        yield single(case, "Slice", case.input(2, 4, 6, 7), *lists)
    case = Case("split-attribute", 11)
    yield single(case, "Split", case.input(2, 7, 3), outputs=3, axis=1, split=[2, 1, 4])
    case = Case("split-equal", 11)
    yield single(case, "Split", case.input(6, 4), outputs=2)
    case = Case("split-input", 13)
    yield single(case, "Split", case.input(2, 3, 5), case.constant([4, 1]), outputs=2, axis=-1)
    for axis in (0, 1, -1):
        case = Case("concat-axis%d" % axis)
        shapes = [[2, 3, 4], [2, 3, 4], [2, 3, 4]]
        shapes[1][axis] += 2
        yield single(case, "Concat", *[case.input(*shape) for shape in shapes], axis=axis)
    case = Case("concat-constant")
    yield single(case, "Concat", case.input(1, 2, 3), case.weights(1, 4, 3), axis=1)
    for name, pads, value in (("zeros", [0, 0, 1, 2, 0, 0, 3, 0], None),
                              ("value", [1, 0, 0, 2, 0, 1, 1, 1], 0.75),
                              ("crop", [0, 0, -1, 2, 0, 0, 1, -2], None)):
        case = Case("pad-" + name, 11)
        operands = [case.input(1, 2, 4, 5), case.constant(pads)]
        operands += [case.constant(np.float32(value))] if value is not None else []
        yield single(case, "Pad", *operands, mode="constant")
    for name, indices, axis in (("scalar", 1, 0), ("list", [2, 0, -1], 1), ("matrix",
                                [[0, 1], [3, 3]], 2)):
        case = Case("gather-" + name)
        values = indices if isinstance(indices, list) else [indices]
        index = case.constant(values)
        if name == "scalar":
            case.constants[-1].ClearField("dims")
        yield single(case, "Gather", case.input(3, 4, 5), index, axis=axis)


def shapes(Case):
    """Reshape and its relatives, and arithmetic on shapes that is done when a plan is made."""
    for name, target in (("plain", [4, 6]), ("rest", [2, -1]), ("zero", [0, -1, 2]),
                         ("ones", [1, 2, 1, 12, 1])):
        case = Case("reshape-" + name)
        yield single(case, "Reshape", case.input(2, 3, 4), case.constant(target))
    for axis in (0, 1, 2, -1, 3):
        case = Case("flatten-axis%d" % axis)
        yield single(case, "Flatten", case.input(2, 3, 4), axis=axis)
    for opset in (11, 13):
        case = Case("squeeze-%d" % opset, opset)
        axes = {"axes": [0, -1]} if opset == 11 else {}
        more = [] if opset == 11 else [case.constant([0, -1])]
        yield single(case, "Squeeze", case.input(1, 3, 1, 4, 1), *more, **axes)
        case = Case("unsqueeze-%d" % opset, opset)
        axes = {"axes": [0, 3]} if opset == 11 else {}
        more = [] if opset == 11 else [case.constant([0, 3])]
        yield single(case, "Unsqueeze", case.input(3, 4), *more, **axes)
    case = Case("squeeze-all")
    yield single(case, "Squeeze", case.input(1, 3, 1, 4))
    yield flattened_by_shape(Case("shape-arithmetic", 11))
    yield halved_by_shape(Case("shape-division", 13))
    case = Case("constant-of-shape")
    value = case.node("ConstantOfShape", case.constant([2, 3]), value=one(0.5))
    yield case.finish(case.node("Add", case.input(2, 3), value))
    case = Case("constant-kinds")
    total = case.input(2, 2)
    for attribute in ({"value_float": 0.5}, {"value_floats": [1.0, 2.0]},
                      {"value": one(3.0)}):
        total = case.node("Add", total, case.node("Constant", **attribute))
    yield case.finish(total)


def one(value):
    """A tensor of one number."""
    from onnx import numpy_helper
    return numpy_helper.from_array(np.asarray([value], np.float32))


def flattened_by_shape(case):
    """What exporters write for x.view(x.size(0), -1)."""
    x = case.input(2, 3, 4)
    size = case.node("Gather", case.node("Shape", x), case.constant([0]), axis=0)
    target = case.node("Concat", size, case.constant([-1]), axis=0)
    return case.finish(case.node("Reshape", x, target))


def halved_by_shape(case):
    """Channel halves whose border is computed from the shape."""
    x = case.input(1, 6, 2, 2)
    shape = case.node("Cast", case.node("Shape", x), to=7)
    channels = case.node("Slice", shape, case.constant([1]), case.constant([2]))
    half = case.node("Div", case.node("Mul", channels, case.constant([1])), case.constant([2]))
    first = case.node("Slice", x, case.constant([0]), half, case.constant([1]))
    second = case.node("Slice", x, half, channels, case.constant([1]))
    return case.finish(case.node("Sub", first, second))


def reductions(Case):
    """Pools, means, softmax, normalisation and matrix products."""
    pools = {"plain": {"kernel_shape": [2, 2], "strides": [2, 2]},
             "padded": {"kernel_shape": [3, 3], "strides": [2, 2], "pads": [1, 1, 1, 1]},
             "same-size": {"kernel_shape": [5, 5], "pads": [2, 2, 2, 2]},
             "ceil": {"kernel_shape": [3, 3], "strides": [2, 2], "ceil_mode": 1},
             "uneven": {"kernel_shape": [2, 3], "strides": [1, 2], "pads": [0, 1, 1, 0]}}
    for name, attributes in pools.items():
        for kind in ("MaxPool", "AveragePool"):
            case = Case("%s-%s" % (kind.lower(), name), 11)
            yield single(case, kind, case.input(1, 3, 8, 10), **attributes)
    case = Case("maxpool-dilated", 11)
    yield single(case, "MaxPool", case.input(1, 2, 9, 9), kernel_shape=[3, 3], dilations=[2, 2])
    case = Case("averagepool-counting-pads", 11)
    yield single(case, "AveragePool", case.input(1, 3, 7, 8), kernel_shape=[3, 3],
                 strides=[2, 2], pads=[1, 1, 1, 1], count_include_pad=1)
    case = Case("globalaveragepool")
    yield single(case, "GlobalAveragePool", case.input(2, 5, 6, 7))
    for name, attributes in (("planes", {"axes": [2, 3]}), ("all", {}), ("first", {"axes": [0]}),
                             ("dropped", {"axes": [-1, 1], "keepdims": 0})):
        case = Case("reducemean-" + name)
        yield single(case, "ReduceMean", case.input(2, 3, 4, 5), **attributes)
    for opset, axis in ((11, 1), (11, 3), (13, 1), (13, -1)):
        case = Case("softmax-%d-axis%d" % (opset, axis), opset)
        yield single(case, "Softmax", case.input(2, 3, 4, 5), axis=axis)
    case = Case("softmax-default", 13)
    yield single(case, "Softmax", case.input(3, 6))
    for rank in ((2, 4), (2, 4, 3, 5)):
        case = Case("batchnormalization-rank%d" % len(rank))
        four = [case.constant(case.random.uniform(0.5, 2, 4).astype(np.float32))
                for _ in range(4)]
        yield single(case, "BatchNormalization", case.input(*rank), *four, epsilon=1e-3)
    for name, attributes, left, right, third in (
            ("plain", {}, (3, 4), (4, 5), (5,)),
            ("swapped", {"transA": 1, "transB": 1, "alpha": 0.5, "beta": 2.0},
             (4, 3), (5, 4), (3, 1)), ("two", {}, (1, 6), (6, 2), None)):
        case = Case("gemm-" + name)
        operands = [case.input(*left), case.weights(*right)]
        operands += [case.weights(*third, scale=1)] if third else []
        yield single(case, "Gemm", *operands, **attributes)
    for name, left, right in (("matrices", (3, 4), (4, 5)), ("stack", (2, 3, 4), (4, 5)),
                              ("stacks", (2, 1, 3, 4), (3, 4, 2)), ("vector", (4,), (4, 3)),
                              ("dot", (2, 5), (5,))):
        case = Case("matmul-" + name)
        yield single(case, "MatMul", case.input(*left), case.input(*right))


def resizes(Case):
    """Nearest and linear, by scales and sizes, all coordinate modes."""
    for mode in ("half_pixel", "pytorch_half_pixel", "asymmetric", "align_corners"):
        for kind in ("nearest", "linear"):
            case = Case("resize-%s-%s" % (kind, mode.replace("_", "")), 11)
            scales = case.constant(np.array([1, 1, 2, 1.5], np.float32))
            empty = case.constant(np.zeros(0, np.float32))
            yield single(case, "Resize", case.input(1, 2, 5, 6), empty, scales, mode=kind,
                         coordinate_transformation_mode=mode)
    for rounding in ("floor", "ceil", "round_prefer_ceil", "round_prefer_floor"):
        case = Case("resize-" + rounding.replace("_", ""), 13)
        scales = case.constant(np.array([1, 1, 1.7, 0.6], np.float32))
        yield single(case, "Resize", case.input(1, 2, 5, 7), "", scales, mode="nearest",
                     nearest_mode=rounding, coordinate_transformation_mode="asymmetric")
    case = Case("resize-double", 11)
    scales = case.constant(np.array([1, 1, 2, 2], np.float32))
    yield single(case, "Resize", case.input(1, 3, 4, 5), case.constant(np.zeros(0, np.float32)),
                 scales, mode="nearest", nearest_mode="floor",
                 coordinate_transformation_mode="asymmetric")
    for name, sizes in (("larger", [1, 2, 7, 9]), ("smaller", [1, 2, 2, 3]), ("one", [1, 2, 1, 1])):
        case = Case("resize-sizes-" + name, 13)
        yield single(case, "Resize", case.input(1, 2, 4, 5), "", "", case.constant(sizes),
                     mode="linear", coordinate_transformation_mode="pytorch_half_pixel")


def cases(Case):
    """All records of this file."""
    for group in (convolutions, elementwise, movement, shapes, reductions, resizes):
        yield from group(Case)
