internal import Foundation
internal import GRDB

/// Runs what touches the database or the disk, and turns what it throws into an `AlertError` that
/// says what was tried, why it failed and what to do.
func translating<Result>(
    _ failure: String,
    _ work: () throws -> Result
) throws(AlertError) -> Result {
    do {
        return try work()
    } catch let error as AlertError {
        throw error
    } catch let error as DatabaseError {
        let (code, advice) = verdict(on: error)
        let reason = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
        throw AlertError(code, "\(failure): \(reason); \(advice)", cause: error)
    } catch {
        let reason = (error as NSError).localizedDescription
        throw AlertError(.unavailable, "\(failure): \(reason)", cause: error)
    }
}

/// What a caller can do about an error of SQLite (https://www.sqlite.org/rescode.html).
private func verdict(on error: DatabaseError) -> (AlertError.Code, advice: String) {
    switch error.resultCode {
    case .SQLITE_FULL:
        (.exhausted, "free some disk space and try again")
    case .SQLITE_NOMEM:
        (.exhausted, "free some memory and try again")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
        (.unavailable, "another process holds it; try again when that one is done")
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM:
        (.unavailable, "check that the folder exists and may be written by this user")
    case .SQLITE_IOERR:
        (.unavailable, "the disk fails; check it and try again")
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
        (.invalidData, "the file is damaged or of another program; move it away")
    default:
        (.invalidData, "move the file away and report this")
    }
}
