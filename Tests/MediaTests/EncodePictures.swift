import Foundation
import Imaging
import Media

/// Pictures to encode, files to encode them into, and what comes back from there.
enum EncodePictures {
    /// Slopes and a few flat patches; nothing that a coder would blur away.
    static func picture(
        _ width: Int,
        _ height: Int,
        isFullRange: Bool = false,
        step: Int = 0
    ) -> Picture {
        var picture = Picture(width: width, height: height, isFullRange: isFullRange)
        for y in 0..<height {
            for x in 0..<width {
                let slope = 60 + 100 * x / width + 40 * y / height
                let isPatch = (x + step) / 24 % 3 == 0 && y / 24 % 2 == 0
                picture.luma[x, y] = UInt8(isPatch ? 200 : slope)
            }
        }
        for y in 0..<picture.blue.height {
            for x in 0..<picture.blue.width {
                picture.blue[x, y] = UInt8(100 + 50 * x / picture.blue.width)
                picture.red[x, y] = UInt8(160 - 50 * y / picture.red.height)
            }
        }
        return picture
    }

    /// Runs `body` with the path of a file that is gone afterwards.
    static func withFile<Result>(_ name: String, _ body: (String) throws -> Result) throws -> Result
    {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("encode-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder.appendingPathComponent(name).path)
    }

    static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// Mean difference of two planes in grey levels.
    static func difference(_ a: Plane, _ b: Plane) -> Double {
        guard a.width == b.width, a.height == b.height else { return .infinity }
        let sum = zip(a.samples, b.samples).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
        return Double(sum) / Double(a.samples.count)
    }

    static func contains(_ bytes: [UInt8], _ text: String) -> Bool {
        Data(bytes).range(of: Data(text.utf8)) != nil
    }
}
