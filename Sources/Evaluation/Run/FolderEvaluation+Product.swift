public import Detection
internal import Foundation
internal import Pipeline
internal import Rules
internal import Scene
internal import Site

extension FolderEvaluation {
    /// Names the camera that a clip stands for.
    static let cameraID = CameraID(rawValue: "clip")

    /// Analyses a video as the product does, under rules that stand for a camera's zones.
    ///
    /// - Parameter model: the network that looks at what is found; nil for none.
    /// - Returns: the analysis.
    public static func product(model: LearnedModel?) -> Analyse {
        { video, rules in
            let camera = CameraConfiguration(
                id: cameraID,
                name: "clip",
                zones: rules
            )
            var opened: [Incident] = []
            let analysis = RecordedAnalysis(video: video.path, camera: camera, model: model)
            let summary = try analysis.run(
                progress: { _ in },
                incident: { incident, _ in
                    if incident.phase == .opened { opened.append(incident) }
                }
            )
            return Analysis(
                opened: opened,
                duration: summary.duration,
                cpuSeconds: summary.cpuSeconds,
                warning: warning(of: summary.ending)
            )
        }
    }

    private static func warning(of ending: RecordedEnding) -> String? {
        guard case .cutShort(let message) = ending else { return nil }
        return message
    }
}
