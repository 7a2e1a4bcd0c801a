internal import Alerts
internal import Foundation
internal import Glibc
internal import Scene

/// The file that holds the state of one camera: a line with version and SHA-256 of what follows,
/// then a `CameraCheckpoint` as a binary property list.
struct CheckpointFile: Sendable {
    /// What a file holds.
    enum Content {
        /// There is none.
        case nothing
        /// A state that can be read.
        case checkpoint(CameraCheckpoint)
        /// Something that cannot be used, and why.
        case unusable(String)
    }

    /// Where it is.
    let path: String

    /// Rises when older programs could not read what is written.
    static let version = 3
    private static let mark = "smartpatrol-checkpoint"
    /// Larger than any state is.
    private static let maximumBytes = 256 << 20
    private static let newline = UInt8(ascii: "\n")

    /// The file of a camera, in the folder that the program writes to.
    init(folder: String, camera: CameraID) {
        path = "\(folder)/state/\(camera.rawValue).checkpoint"
    }

    /// The bytes of a file that holds this state.
    static func bytes(of checkpoint: CameraCheckpoint) throws -> [UInt8] {
        let body = [UInt8](try CameraCheckpoint.encoded(checkpoint))
        return Array("\(mark) \(version) \(Digest.sha256(body))\n".utf8) + body
    }

    /// Replaces the file, durably: it holds this state then or, after a crash, the one before.
    ///
    /// - Returns: how many bytes it has.
    /// - Throws: `PipelineError` where the disk is full or fails.
    @discardableResult
    func write(_ checkpoint: CameraCheckpoint) throws -> Int {
        let bytes = try Self.bytes(of: checkpoint)
        try DurableFile.write(bytes, to: path)
        return bytes.count
    }

    /// Reads the file; whatever it holds, there is an answer.
    func read() -> Content {
        var status = stat()
        guard stat(path, &status) == 0 || errno != ENOENT else { return .nothing }
        guard status.st_size <= Self.maximumBytes, status.st_mode & S_IFMT == S_IFREG,
            let bytes = FileManager.default.contents(atPath: path)
        else { return .unusable("it cannot be read as a file") }
        let head = bytes.prefix(200).prefix { $0 != Self.newline }
        let words = String(decoding: head, as: UTF8.self).split(separator: " ")
        guard words.count == 3, words[0] == Self.mark, let version = Int(words[1]) else {
            return .unusable("it does not begin as a checkpoint does")
        }
        guard version == Self.version else {
            return .unusable("it is of version \(version), and this program reads \(Self.version)")
        }
        let body = bytes.dropFirst(head.count + 1)
        guard Digest.sha256(body) == words[2] else {
            return .unusable("its content is not what was written: it is torn or damaged")
        }
        do {
            let decoder = PropertyListDecoder()
            return .checkpoint(try decoder.decode(CameraCheckpoint.self, from: Data(body)))
        } catch {
            return .unusable("this version of the program keeps its state in another way")
        }
    }

    /// Moves a file that cannot be used out of the way, in place of the one moved before.
    ///
    /// - Returns: where it is now.
    /// - Throws: `PipelineError` where it cannot be moved.
    func setAside() throws(PipelineError) -> String {
        let aside = path + ".damaged"
        guard rename(path, aside) == 0 else { throw DurableFile.failure("move away", path) }
        return aside
    }

    /// Removes the file, which is no error where there is none.
    ///
    /// - Throws: `PipelineError` where it cannot be removed.
    func remove() throws(PipelineError) {
        guard unlink(path) == 0 || errno == ENOENT else {
            throw DurableFile.failure("remove", path)
        }
    }

    /// Removes what a process left that was killed while it wrote.
    func removeRemains() {
        let folder = DurableFile.parent(of: path)
        let own = path.dropFirst(folder.utf8.count + 1) + "."
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names where name.hasPrefix(own) && name.hasSuffix(".part") {
            unlink("\(folder)/\(name)")
        }
    }
}
