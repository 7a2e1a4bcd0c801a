import Alerts
import Rules
import Scene
import Site

@testable import Pipeline

/// A site with one live camera that cannot be reached, and a state of it.
struct KeptState {
    var camera = CameraConfiguration(
        id: CameraID(rawValue: "gate"),
        name: "Gate",
        source: SourceAddress("rtsp://user:sesame@127.0.0.1:9/stream"),
        zones: [
            ZoneRule(
                id: ZoneID(rawValue: "lane"),
                kind: .noParking,
                polygon: Polygon(
                    [(0.1, 0.1), (0.9, 0.1), (0.9, 0.9)].map { NormalizedPoint(x: $0.0, y: $0.1) }
                )
            )
        ]
    )
    let stream = StreamIdentity.live()
    /// Civil time of the first frame.
    var anchor = ClockAnchor(
        start: Instant(microseconds: LiveClock.civilNow.microseconds - 70_000_000),
        quality: .host
    )

    var site: SiteConfiguration {
        SiteConfiguration(id: "test", name: "Test", cameras: [camera])
    }

    /// A car that has stood in the lane for a minute.
    var incident: Incident {
        Incident(
            number: 3,
            revision: 2,
            phase: .updated,
            zone: ZoneID(rawValue: "lane"),
            kind: .noParking,
            severity: .warning,
            object: Observation(
                id: ObjectID(rawValue: 7),
                mobility: .static,
                box: NormalizedBox(x: 0.3, y: 0.3, width: 0.1, height: 0.2),
                since: .zero,
                classification: Classification(.vehicle, confidence: 0.9)
            ),
            startedAt: .zero,
            time: MediaTime(seconds: 60)
        )
    }

    func fault(_ fault: CameraFault) -> HealthMatter {
        HealthMatter(
            number: 1,
            revision: 1,
            phase: .opened,
            fault: fault,
            severity: .warning,
            startedAt: .zero,
            time: MediaTime(seconds: 30)
        )
    }

    /// A state in which nothing was seen yet, with matters that were open and events that were
    /// about to be committed.
    func checkpoint(
        time: MediaTime = MediaTime(seconds: 61),
        open: [Matter] = [],
        pending: [String] = []
    ) throws -> CameraCheckpoint {
        try CameraCheckpoint(
            basis: CheckpointBasis(site: site, camera: camera),
            stream: stream,
            anchor: anchor,
            time: time,
            open: open,
            pending: pending,
            analysis: StreamAnalysis(camera: camera).checkpoint()
        )
    }
}
