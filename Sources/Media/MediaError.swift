internal import CFFmpeg

/// Why something could not be read, decoded or written.
public struct MediaError: Error, Sendable, CustomStringConvertible {
    /// What the caller can do about it.
    public enum Code: String, Sendable, CaseIterable {
        /// The source cannot be reached or has ended where it should not; try again later.
        case unavailable
        /// What was read is not what it claims to be; trying again does not help.
        case invalidData
        /// The source is sound, but nothing here handles it.
        case unsupported
        /// Nothing came within the time allowed; try again later.
        case timedOut
        /// The caller itself asked to stop.
        case cancelled
        /// Memory, disk or another resource of this machine has run out.
        case exhausted
    }

    /// What the caller can do about it.
    public let code: Code
    /// What happened to which source, and what to do; holds no password.
    public let message: String
    /// What the layer below said, where it said something.
    public let cause: String?

    /// An error with its code, a message for people and what the layer below said.
    public init(code: Code, message: String, cause: String? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The message, followed by what the layer below said.
    public var description: String {
        guard let cause else { return message }
        return "\(message) (\(cause))"
    }
}

extension MediaError {
    /// An error from a negative return code of FFmpeg, with FFmpeg's own words as its cause.
    ///
    /// - Parameters:
    ///   - status: What the C function returned, below zero.
    ///   - message: What was tried on which source, and what to do.
    ///   - code: What the caller can do; worked out from `status` where it is left out.
    init(status: Int32, message: String, code: Code? = nil) {
        self.init(
            code: code ?? MediaError.code(for: status),
            message: message,
            cause: MediaError.text(for: status)
        )
    }

    /// FFmpeg's own words for one of its negative return codes.
    static func text(for status: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: Int(AV_ERROR_MAX_STRING_SIZE))
        av_strerror(status, &buffer, buffer.count)
        return String(
            decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)),
            as: UTF8.self
        )
    }

    /// What a caller can do about a negative return code of FFmpeg.
    static func code(for status: Int32) -> Code {
        switch status {
        case FF_ERROR_ENOMEM, FF_ERROR_ENOSPC, FF_ERROR_EMFILE: .exhausted
        case FF_ERROR_EXIT: .cancelled
        case FF_ERROR_ETIMEDOUT: .timedOut
        case FF_ERROR_INVALIDDATA: .invalidData
        case FF_ERROR_DECODER_NOT_FOUND, FF_ERROR_DEMUXER_NOT_FOUND, FF_ERROR_PROTOCOL_NOT_FOUND,
            FF_ERROR_ENCODER_NOT_FOUND, FF_ERROR_PATCHWELCOME, FF_ERROR_ENOSYS:
            .unsupported
        default: .unavailable
        }
    }
}
