internal import Detection
internal import Foundation
internal import Scene

/// The two files of a dump of crops.
final class CropFiles {
    private let folder: URL
    private let samples: FileHandle
    private let lines: FileHandle
    private let encoder = JSONEncoder()

    /// Begins both files anew, in a folder that is made where it is missing.
    init(folder: URL) throws(EvaluationError) {
        self.folder = folder
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            try FileManager.default.createDirectory(
                at: folder,
                withIntermediateDirectories: true
            )
            samples = try Self.begin(folder.appendingPathComponent("crops.u8"))
            lines = try Self.begin(folder.appendingPathComponent("crops.jsonl"))
        } catch {
            throw Self.failure(folder, error)
        }
    }

    private static func begin(_ file: URL) throws -> FileHandle {
        try Data().write(to: file)
        return try FileHandle(forWritingTo: file)
    }

    private static func failure(_ folder: URL, _ cause: any Error) -> EvaluationError {
        EvaluationError(
            .writeFailed,
            "\(folder.path): the crops cannot be written; give another folder with --out",
            cause: cause
        )
    }

    /// Appends looks and tells how many.
    func add(_ looks: [CropLooks.Look]) throws(EvaluationError) -> Int {
        do {
            for look in looks {
                try samples.write(contentsOf: Data(look.patch.samples))
                try lines.write(contentsOf: try encoder.encode(Line(look)) + Data([10]))
            }
        } catch {
            throw Self.failure(folder, error)
        }
        return looks.count
    }

    /// Ends both files.
    func close() throws(EvaluationError) {
        do {
            try samples.close()
            try lines.close()
        } catch {
            throw Self.failure(folder, error)
        }
    }
}

/// What is known of a look, as a line of JSON.
private struct Line: Encodable {
    let time: Double
    let object: Int
    let mobility: Mobility
    let since: Double
    let presentAtStart: Bool
    /// Left, top, width and height in shares of the picture.
    let box: [Double]
    /// Columns and rows of the picture.
    let picture: [Int]
    let shapeClass: ObjectClass
    let shapeConfidence: Double
    let bodyLengthsPerSecond: Double?
    let tortuosity: Double?

    init(_ look: CropLooks.Look) {
        let seen = look.observation
        time = look.time.seconds
        object = seen.id.rawValue
        mobility = seen.mobility
        since = seen.since.seconds
        presentAtStart = seen.presentAtStart
        box = [seen.box.x, seen.box.y, seen.box.width, seen.box.height].map {
            ($0 * 1e5).rounded() / 1e5
        }
        picture = [look.size.width, look.size.height]
        shapeClass = seen.classification.objectClass
        shapeConfidence = seen.classification.confidence
        bodyLengthsPerSecond = seen.bodyLengthsPerSecond.map { ($0 * 100).rounded() / 100 }
        tortuosity = seen.tortuosity.map { ($0 * 100).rounded() / 100 }
    }
}
