internal import Scene

extension Form<ModelChoice> {
    /// The key `model`.
    static var model: Form {
        let text = Form<String>.scalar("none, own, or the path of an ONNX file") { text in
            if text == "none" || text == "own" || text.hasSuffix(".onnx") { return .success(text) }
            let close = closest(to: text, among: ["none", "own"]).map { "did you mean \($0)?" }
            return .failure(
                Problem(
                    "is no model",
                    close ?? "write none, own, or the path of a file that ends in .onnx"
                )
            )
        }
        return text.withCursor { ModelChoice($0, relativeTo: $1.reading.folder) }
    }
}

extension Form<LookLimits> {
    /// The section `looks`.
    static var looks: Form {
        .mapping { reader in
            let usual = LookLimits()
            return LookLimits(
                perCamera: reader.optional("perCamera", .number(0...100, " looks a second"))
                    ?? usual.perCamera,
                perSite: reader.optional("perSite", .number(0...10_000, " looks a second"))
                    ?? usual.perSite
            )
        }
    }
}

extension Form<ModelSettings> {
    /// The file beside an operator's model.
    static var modelSettings: Form {
        .mapping { reader in
            let size = reader.required("input", .inputSize, example: "{width: 320, height: 320}")
            let channels = Form<[Double]>.list(
                of: .number(-1000...1000),
                count: 3...3,
                "channels"
            )
            let mean = reader.optional("mean", channels)
            let scale = reader.optional("scale", channels)
            let order = Form<ModelSettings.ChannelOrder>.choice("an order of colours")
            let decoder = Form<ModelSettings.Decoder>.choice("a decoder")
            let channelOrder = reader.optional("channelOrder", order)
            let kind = reader.required("decoder", decoder, example: "yolox")
            let labels = reader.required("labels", .labels, example: "{person: [0]}")
            guard let size, let kind, let labels else { return nil }
            if kind != .classifier,
                !size.width.isMultiple(of: 32) || !size.height.isMultiple(of: 32)
            {
                reader.value(of: "input")?.report(
                    "is \(size.width) by \(size.height)",
                    suggestion: "a detector needs multiples of 32"
                )
                return nil
            }
            return ModelSettings(
                width: size.width,
                height: size.height,
                mean: mean ?? [0, 0, 0],
                scale: scale ?? [1, 1, 1],
                channelOrder: channelOrder ?? .bgr,
                decoder: kind,
                labels: labels
            )
        }
    }
}

/// Columns and rows of a network's input.
struct InputSize {
    var width: Int
    var height: Int
}

extension Form<InputSize> {
    static var inputSize: Form {
        .mapping { reader in
            let width = reader.required("width", .whole(16...1024), example: "320")
            let height = reader.required("height", .whole(16...1024), example: "320")
            guard let width, let height else { return nil }
            return InputSize(width: width, height: height)
        }
    }
}

extension Form<[ObjectClass: [Int]]> {
    /// The network's classes by the project's.
    static var labels: Form {
        .mapping { reader in
            var labels: [ObjectClass: [Int]] = [:]
            for name in ObjectClass.allCases where name != .unknown {
                let numbers = Form<[Int]>.oneOrMany(
                    of: .whole(0...9999),
                    count: 1...1000,
                    "classes"
                )
                labels[name] = reader.optional(name.rawValue, numbers)
            }
            return labels
        }
    }
}

extension Form<Int> {
    /// A whole number within a range.
    static func whole(_ range: ClosedRange<Int>) -> Form {
        Form<Double>.number(Double(range.lowerBound)...Double(range.upperBound))
            .checked { number, _ in
                guard number == number.rounded() else {
                    return Problem("is no whole number", "write \(Int(number))")
                }
                return nil
            }
            .map { Int($0) }
    }
}
