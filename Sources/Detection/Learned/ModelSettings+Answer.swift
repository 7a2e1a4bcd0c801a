internal import Inference
internal import Scene

extension ModelSettings {
    /// Holds an answer's shape against what the decoder reads and the labels name.
    ///
    /// - Parameters:
    ///   - shape: the shape of the network's answer to an input of these settings.
    ///   - name: what messages call the network.
    /// - Returns: rows of a detector's answer; 1 for a classifier.
    /// - Throws: `InferenceError` that says what was found and what is wanted.
    func rows(ofAnswer shape: [Int], _ name: String) throws(InferenceError) -> Int {
        let (rows, extra) = expectedRows
        let length = shape.last ?? 0
        let isFlat = shape.dropLast().allSatisfy { $0 == 1 }
        let isFit = rows.isEmpty ? isFlat : shape.count == 3 && rows.contains(shape[1])
        let classes = length - extra
        guard isFit, classes > 0, rows.isEmpty || shape[0] == 1 else {
            let counts = rows.map(String.init).joined(separator: " or ")
            let wanted = rows.isEmpty ? "[1, classes]" : "[1, \(counts), \(extra) + classes]"
            throw InferenceError(
                code: .invalidInput,
                message: "\(name) answers an input of \(width) by \(height) with the shape "
                    + "\(shape), and the decoder \(decoder.rawValue) reads \(wanted); "
                    + "check decoder, width and height of its settings"
            )
        }
        let highest = labels.values.joined().max() ?? 0
        guard highest < classes else {
            throw InferenceError(
                code: .invalidInput,
                message: "\(name) tells \(classes) classes apart, 0 to \(classes - 1), and its "
                    + "settings give a meaning to class \(highest); mend labels"
            )
        }
        return rows.isEmpty ? 1 : shape[1]
    }

    /// Rows that a detector's answer may have, none for a classifier, and numbers before or after
    /// the classes in each.
    private var expectedRows: (rows: [Int], extra: Int) {
        let cells = [8, 16, 32, 64].map { FoundObject.cells(width, height, stride: $0) }
        let three = cells.dropLast().reduce(0, +)
        return switch decoder {
        case .yolox: ([three], 5)
        case .nanodet: ([three + (cells.last ?? 0), three], 4 * FoundObject.bins)
        case .classifier: ([], 0)
        }
    }
}
