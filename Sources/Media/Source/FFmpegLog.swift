internal import CFFmpeg

/// FFmpeg's own messages, which belong to nobody's standard error.
enum FFmpegLog {
    private static let silenced: Void = av_log_set_level(AV_LOG_QUIET)

    /// Keeps FFmpeg from writing to standard error, once for the process.
    ///
    /// What matters of its messages comes back as errors and statistics.
    static func silence() {
        _ = silenced
    }
}
