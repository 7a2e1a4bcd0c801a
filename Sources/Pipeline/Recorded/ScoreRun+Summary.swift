internal import Scene
internal import Site

extension ScoreRun {
    private static let columns = [
        "video", "camera", "status", "duration_s", "frames", "analysed_frames", "damaged_frames",
        "alerts", "cpu_s", "speed", "message",
    ]

    /// The table of all recordings as CSV (RFC 4180 with line feeds), one a line in their order.
    ///
    /// `speed` is seconds of footage for a second of processor time.
    public var summary: String {
        var lines = [Self.columns.joined(separator: ",")]
        for (video, result) in zip(videos, results) {
            lines.append(Self.row(video, result).map(Self.quoted).joined(separator: ","))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Writes the table to `summary.csv` in the folder of the run, whole or not at all.
    ///
    /// - Throws: `PipelineError` where it cannot be written.
    public func writeSummary() throws(PipelineError) {
        try DurableFile.write(Array(summary.utf8), to: "\(folder)/summary.csv")
    }

    private static func row(
        _ video: ScoreVideo,
        _ result: (outcome: ScoreOutcome, alerts: Int)
    ) -> [String] {
        let camera = (try? video.camera.get())?.id.rawValue ?? ""
        switch result.outcome {
        case .notStarted:
            return [video.path, camera, "not_started", "", "", "", "", "", "", "", ""]
        case .failed(let message):
            let alerts = "\(result.alerts)"
            return [video.path, camera, "failed", "", "", "", "", alerts, "", "", message]
        case .scored(let summary):
            let (status, message) =
                switch summary.ending {
                case .complete: ("ok", "")
                case .cancelled: ("interrupted", "")
                case .cutShort(let reason): ("cut_short", reason)
                }
            let speed = summary.duration.seconds / max(summary.cpuSeconds, 0.001)
            return [
                video.path, camera, status, rounded(summary.duration.seconds, 1000),
                "\(summary.frames)", "\(summary.analysedFrames)", "\(summary.damagedFrames)",
                "\(result.alerts)", rounded(summary.cpuSeconds, 1000), rounded(speed, 10), message,
            ]
        }
    }

    private static func rounded(_ value: Double, _ parts: Double) -> String {
        "\((value * parts).rounded() / parts)"
    }

    private static func quoted(_ field: String) -> String {
        guard field.contains(where: { ",\"\n\r".contains($0) }) else { return field }
        return "\"" + field.replacing("\"", with: "\"\"") + "\""
    }
}
