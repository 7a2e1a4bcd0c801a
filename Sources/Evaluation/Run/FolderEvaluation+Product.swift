public import Detection
internal import Foundation
internal import Pipeline
internal import Scene
internal import Site

extension FolderEvaluation {
    /// Analyses a video as the product does.
    ///
    /// - Parameter model: the network that looks at what is found; nil for none.
    /// - Returns: the analysis.
    public static func product(model: LearnedModel?) -> Analyse {
        { video, camera in
            var opened: [Incident] = []
            var vanished: [Int: [MediaTime]] = [:]
            let analysis = RecordedAnalysis(video: video.path, camera: camera, model: model)
            let summary = try analysis.run(
                progress: { _ in },
                incident: { incident, _ in
                    if incident.phase == .opened { opened.append(incident) }
                    if incident.phase != .closed, incident.lastSeen != nil {
                        vanished[incident.number, default: []].append(incident.time)
                    }
                }
            )
            return Analysis(
                opened: opened,
                vanished: vanished,
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
