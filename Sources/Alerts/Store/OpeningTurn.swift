internal import Foundation

/// Lets one process after the other create or migrate the database of a folder.
///
/// It is an advisory lock on the folder itself, held for as long as the value lives. A file system
/// without such locks is taken as it is.
final class OpeningTurn {
    private let descriptor: Int32

    /// Waits its turn for at most `patience` seconds.
    init(directory: String, patience: Double) throws(AlertError) {
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        self.descriptor = descriptor
        guard descriptor >= 0 else {
            throw AlertError(.unavailable, "cannot open the folder \(directory): \(systemReason())")
        }
        var tries = Int(patience * 100)
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK {
            guard tries > 0 else {
                throw AlertError(
                    .unavailable,
                    "another process has been opening the alert queue in \(directory) for long"
                )
            }
            tries -= 1
            usleep(10_000)
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }
}
