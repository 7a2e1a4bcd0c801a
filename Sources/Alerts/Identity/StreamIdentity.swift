internal import Foundation

/// Tells one run of video from every other, so that what is found in it can be named.
///
/// A recording is known by its content: scored again, or played at live pace, it gives the same
/// names. A live stream is known by a random name that is made when its time is anchored.
public struct StreamIdentity: RawRepresentable, Hashable, Sendable, Codable {
    /// `recording:` and a hash, or `live:` and a UUID.
    public let rawValue: String

    /// The identity that was written down earlier.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// A new identity for a live stream, unlike every other.
    public static func live() -> StreamIdentity {
        StreamIdentity(rawValue: livePrefix + UUID().uuidString.lowercased())
    }

    /// Whether it names a live stream, whose frames come once and never again.
    public var isLive: Bool { rawValue.hasPrefix(Self.livePrefix) }

    private static let livePrefix = "live:"

    /// The identity of a recording: SHA-256 over its size and its first and last MiB.
    ///
    /// The name and the times of the file do not matter. Reads at most 2 MiB.
    /// - Parameter path: A regular file.
    /// - Returns: The same identity for the same content.
    /// - Throws: `AlertError` where the file is missing, unreadable or not a regular file.
    public static func ofRecording(path: String) throws(AlertError) -> StreamIdentity {
        let file = try RegularFile(reading: path)
        let size = file.size
        let head = min(size, sampleBytes)
        let tail = max(head, size - sampleBytes)
        var hash = SHA256()
        hash.update(number: size)
        hash.update(try file.bytes(from: 0, to: head))
        hash.update(try file.bytes(from: tail, to: size))
        return StreamIdentity(rawValue: "recording:" + Digest.hexadecimal(hash.finish()))
    }

    private static let sampleBytes: Int64 = 1 << 20
}
