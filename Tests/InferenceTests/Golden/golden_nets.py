"""Small networks built like the ones that are used, and what is fused or rewritten in them."""

import numpy as np


def convolution(case, x, inputs, outputs, size=3, stride=1, groups=1):
    """A padded convolution with bias."""
    return case.node(
        "Conv", x, case.weights(outputs, inputs // groups, size, size),
        case.weights(outputs, scale=0.5), kernel_shape=[size, size], strides=[stride, stride],
        pads=[size // 2] * 4, group=groups)


def normalised(case, x, channels):
    """Batch normalisation with statistics of its own."""
    values = [case.random.uniform(0.5, 1.5, channels).astype(np.float32) for _ in range(4)]
    return case.node("BatchNormalization", x, *[case.constant(value) for value in values])


def silu(case, x):
    """x * sigmoid(x) as exporters write it."""
    return case.node("Mul", x, case.node("Sigmoid", x))


def hard_swish(case, x, variant):
    """The ways in which exporters write HardSwish."""
    if variant == "gate":
        return case.node("Mul", x, case.node("HardSigmoid", x, alpha=1 / 6, beta=0.5))
    shifted = case.node("Add", x, case.constant(np.float32(3)))
    clipped = case.node("Clip", shifted, case.constant(np.float32(0)),
                        case.constant(np.float32(6)))
    six = case.constant(np.float32(6))
    if variant == "first":
        return case.node("Mul", x, case.node("Div", clipped, six))
    return case.node("Div", case.node("Mul", x, clipped), six)


def fusions(Case):
    """Every activation behind a convolution, and shapes where nothing may be fused."""
    for kind, attributes in (("Relu", {}), ("LeakyRelu", {"alpha": 0.1}), ("Sigmoid", {}),
                             ("HardSwish", {}), ("HardSigmoid", {})):
        case = Case("fused-" + kind.lower(), 14)
        x = normalised(case, convolution(case, case.input(1, 3, 6, 7), 3, 8), 8)
        yield case.finish(case.node(kind, x, **attributes))
    case = Case("fused-clip")
    x = convolution(case, case.input(1, 4, 6, 7), 4, 4, groups=4)
    yield case.finish(case.node("Clip", x, case.constant(np.float32(0)),
                                case.constant(np.float32(6))))
    case = Case("fused-silu", 11)
    x = silu(case, normalised(case, convolution(case, case.input(1, 3, 6, 7), 3, 8), 8))
    yield case.finish(silu(case, convolution(case, x, 8, 5, size=1)))
    for variant in ("gate", "first", "last"):
        case = Case("fused-hardswish-" + variant)
        x = convolution(case, case.input(1, 3, 6, 7), 3, 8)
        yield case.finish(hard_swish(case, x, variant))
    case = Case("unfused-two-readers")
    x = convolution(case, case.input(1, 3, 5, 5), 3, 4)
    yield case.finish(case.node("Add", case.node("Relu", x), normalised(case, x, 4)))
    case = Case("unfused-output")
    x = convolution(case, case.input(1, 3, 5, 5), 3, 4)
    yield case.finish(x, case.node("Relu", x))
    case = Case("unfused-other-channels")
    x = convolution(case, case.input(1, 2, 4, 6), 2, 6)
    x = case.node("Reshape", x, case.constant([1, 4, 6, 6]))
    yield case.finish(normalised(case, x, 4))


def aliases(Case):
    """Values that share memory: in place, reshaped, inputs that are outputs."""
    case = Case("in-place-chain")
    x = case.input(2, 3, 4)
    y = case.node("Relu", x)
    z = case.node("Reshape", case.node("Sigmoid", case.node("Abs", y)), case.constant([6, 4]))
    yield case.finish(y, case.node("LeakyRelu", z))
    case = Case("input-as-output")
    x = case.input(2, 3)
    yield case.finish(case.node("Flatten", x), case.node("Add", x, x))
    case = Case("constant-output")
    value = case.node("Mul", case.weights(2, 3), case.weights(3))
    yield case.finish(case.node("Relu", case.input(2)), value)
    case = Case("two-inputs")
    left, right = case.input(1, 5, 4, 4), case.input(1, 5, 4, 4)
    gap = case.node("Abs", case.node("Sub", left, right))
    x = case.node("Concat", left, right, gap, axis=1)
    yield case.finish(case.node("Relu", convolution(case, x, 15, 6)))


def classifier(case, activation):
    """Inverted residuals with squeeze and excitation, a mean, two layers."""
    x = convolution(case, case.input(2, 5, 24, 24), 5, 8, stride=2)
    x = activation(case, normalised(case, x, 8))
    for stride, outputs in ((2, 12), (1, 12)):
        inputs = 8 if stride == 2 else 12
        y = activation(case, normalised(case, convolution(case, x, inputs, 24, size=1), 24))
        y = convolution(case, y, 24, 24, size=5, stride=stride, groups=24)
        y = activation(case, normalised(case, y, 24))
        gate = case.node("Relu", convolution(
            case, case.node("GlobalAveragePool", y), 24, 6, size=1))
        gate = case.node("HardSigmoid", convolution(case, gate, 6, 24, size=1))
        y = normalised(case, convolution(case, case.node("Mul", y, gate), 24, outputs, size=1),
                       outputs)
        x = case.node("Add", x, y) if stride == 1 else y
    x = case.node("Flatten", case.node("ReduceMean", x, axes=[2, 3]))
    x = case.node("Relu", case.node("Gemm", x, case.weights(16, 12), case.weights(16), transB=1))
    x = case.node("Add", case.node("MatMul", x, case.weights(16, 6)), case.weights(6))
    return case.finish(case.node("Softmax", x, axis=1))


def shuffle(case, channels, size):
    """Halves, one of them convolved, shuffled as FastestDet's exporter writes it."""
    x = case.input(1, 2 * channels, *size)
    y = case.node("Reshape", x, case.constant([channels, 2, 36]))
    y = case.node("Transpose", y, perm=[1, 0, 2])
    y = case.node("Reshape", y, case.constant([2, -1, channels, 6, 6]))
    zero, first = case.constant([0]), case.constant([1])
    for tensor in case.constants[-2:]:
        tensor.ClearField("dims")
    left = case.node("Gather", y, zero, axis=0)
    right = case.node("Gather", y, first, axis=0)
    right = case.node("Relu", convolution(case, right, channels, channels))
    case.rewritten = {"constant0": [channels, 2, size[0] * size[1]],
                      "constant1": [2, -1, channels, *size]}
    for dimension, value in zip(case.inputs[0].type.tensor_type.shape.dim[2:], (6, 6)):
        dimension.dim_value = value
    return case.finish(case.node("Concat", left, right, axis=1))


def detector(case, size, free=False):
    """A stem by slices, a pyramid of two levels, pools of several sizes, heads in one list."""
    x = case.input(1, 3, *size)
    top = 2 ** 63 - 1
    quarters = []
    for row, column in ((0, 0), (1, 0), (0, 1), (1, 1)):
        part = x
        for axis, start in ((2, row), (3, column)):
            part = case.node("Slice", part, *[case.constant([value])
                                              for value in (start, top, axis, 2)])
        quarters.append(part)
    x = silu(case, convolution(case, case.node("Concat", *quarters, axis=1), 12, 8))
    fine = silu(case, convolution(case, x, 8, 8, stride=2))
    coarse = silu(case, convolution(case, fine, 8, 8, stride=2))
    pools = [case.node("MaxPool", coarse, kernel_shape=[kernel, kernel], pads=[kernel // 2] * 4)
             for kernel in (5, 9)]
    coarse = convolution(case, case.node("Concat", coarse, *pools, axis=1), 24, 8, size=1)
    scales = case.constant(np.array([1, 1, 2, 2], np.float32))
    roi = case.constant(np.zeros(0, np.float32))
    up = case.node("Resize", coarse, roi, scales, mode="nearest", nearest_mode="floor",
                   coordinate_transformation_mode="asymmetric")
    fine = silu(case, convolution(case, case.node("Concat", fine, up, axis=1), 16, 8))
    heads, case.rewritten = [], {}
    for level, stride in ((fine, 4), (coarse, 8)):
        head = case.node("Concat", convolution(case, level, 8, 4, size=1),
                         case.node("Sigmoid", convolution(case, level, 8, 3, size=1)), axis=1)
        cells = case.constant([1, 7, (32 // stride) ** 2])
        case.rewritten[cells] = [1, 7, size[0] * size[1] // stride ** 2]
        heads.append(case.node("Reshape", head, cells))
    for dimension in case.inputs[0].type.tensor_type.shape.dim[2:]:
        dimension.dim_value = 32
    joined = case.node("Concat", *heads, axis=2)
    return case.finish(case.node("Transpose", joined, perm=[0, 2, 1]))


def distribution(case):
    """NanoDet's head: split, softmax over bins, their mean; linear upsampling."""
    x = case.node("LeakyRelu", convolution(case, case.input(1, 4, 5, 6), 4, 36), alpha=0.1)
    scales = case.constant(np.array([1, 1, 2, 2], np.float32))
    up = case.node("Resize", x, "", scales, mode="linear",
                   coordinate_transformation_mode="pytorch_half_pixel")
    classes, boxes = case.node("Split", up, case.constant([4, 32]), outputs=2, axis=1)
    classes = case.node("Sigmoid", case.node("Reshape", classes, case.constant([1, 4, -1])))
    boxes = case.node("Reshape", boxes, case.constant([1, 4, 8, -1]))
    boxes = case.node("Softmax", boxes, axis=2)
    boxes = case.node("Transpose", boxes, perm=[0, 3, 1, 2])
    boxes = case.node("MatMul", boxes, case.constant(np.arange(8, dtype=np.float32)))
    classes = case.node("Transpose", classes, perm=[0, 2, 1])
    return case.finish(case.node("Concat", classes, boxes, axis=2))


def cases(Case):
    """All records of this file."""
    yield from fusions(Case)
    yield from aliases(Case)
    yield classifier(Case("net-classifier-relu"), lambda case, x: case.node("Relu", x))
    yield classifier(Case("net-classifier-hardswish", 17),
                     lambda case, x: case.node("HardSwish", x))
    for name, size in (("as-exported", (6, 6)), ("larger", (6, 10))):
        yield shuffle(Case("net-shuffle-" + name, 11), 6, size)
    for name, size in (("as-exported", (32, 32)), ("wide", (32, 96)), ("small", (16, 32))):
        yield detector(Case("net-detector-" + name, 11), size)
    yield distribution(Case("net-distribution"))
