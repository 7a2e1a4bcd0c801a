internal import CFFmpeg

/// Words for what goes wrong while a source is opened.
struct OpenFailures {
    let address: SourceAddress
    let options: SourceOptions
    let interrupt: Interrupt

    /// The error for a failed call, in the light of what the interrupt knows.
    func error(_ status: Int32) -> MediaError {
        if interrupt.cancellation.isCancelled {
            return MediaError(code: .cancelled, message: "opening \(address) was cancelled")
        }
        if interrupt.isExpired || status == FF_ERROR_ETIMEDOUT {
            return MediaError(
                code: .timedOut,
                message: """
                    \(address) did not answer within \(options.openTimeout); check that the \
                    camera is on and reachable
                    """
            )
        }
        return switch address.place {
        case .file(let path): fileError(path, status)
        case .network: networkError(status)
        }
    }

    /// The error for a source without moving pictures.
    func noVideo() -> MediaError {
        MediaError(
            code: .unsupported,
            message: "\(address) has no video stream; give a recording or stream with video"
        )
    }

    private func fileError(_ path: String, _ status: Int32) -> MediaError {
        switch status {
        case FF_ERROR_EACCES:
            MediaError(
                status: status,
                message: "\(path) may not be read; check its permissions and its folder's"
            )
        case FF_ERROR_INVALIDDATA where FileCheck.looksLikeMP4(path):
            MediaError(
                status: status,
                message: """
                    \(path) is an MP4 without its index (moov): the recording was cut off; copy \
                    it again, or record to MKV or TS
                    """
            )
        case FF_ERROR_INVALIDDATA:
            MediaError(
                status: status,
                message: "\(path) is not a video in a format that FFmpeg knows"
            )
        default:
            MediaError(status: status, message: "\(path) cannot be opened as a video")
        }
    }

    private func networkError(_ status: Int32) -> MediaError {
        let advice =
            switch status {
            case FF_ERROR_ECONNREFUSED:
                "refused the connection; check the port, and that the camera serves streams"
            case FF_ERROR_HTTP_UNAUTHORIZED, FF_ERROR_HTTP_FORBIDDEN:
                "refused access; check the user name and password"
            case FF_ERROR_HTTP_NOT_FOUND:
                "has no such stream; check the path of the URL"
            case FF_ERROR_INVALIDDATA:
                "answered with something that is no video stream; check the URL"
            default:
                "cannot be opened; check the URL and the network"
            }
        return MediaError(status: status, message: "\(address) \(advice)")
    }
}
