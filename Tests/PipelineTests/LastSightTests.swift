import Media
import Scene
import Testing

@testable import Pipeline

@Suite
struct LastSightTests {
    private func frames() throws -> [VideoFrame] {
        let reader = try VideoReader(url: try Clip.card(seconds: 1))
        return try (0..<8).map { _ in try #require(try reader.next()) }
    }

    private func matter(lastSeen: MediaTime?) -> Matter {
        .incident(
            Incident(
                number: 1,
                revision: 2,
                phase: .updated,
                zone: ZoneID(rawValue: "shore"),
                kind: .waterDanger,
                severity: .emergency,
                object: Observation(
                    id: ObjectID(rawValue: 1),
                    mobility: .moving,
                    box: NormalizedBox(x: 0.3, y: 0.3, width: 0.1, height: 0.2),
                    since: .zero,
                    classification: Classification(.person, confidence: 0.9)
                ),
                startedAt: .zero,
                time: MediaTime(seconds: 9),
                depth: .water,
                reasons: [.vanished],
                lastSeen: lastSeen
            )
        )
    }

    @Test("Who vanished is proved by the frame of the last sight, everything else by the latest")
    func proof() throws {
        let frames = try frames()
        var sights = LastSights()
        for frame in frames.prefix(3) { sights.keep([frame.time], latest: frame, at: frame.time) }
        #expect(sights.count == 1)
        let lost = frames[2].time
        for frame in frames[3...] { sights.keep([lost], latest: frame, at: frame.time) }
        let latest = frames[7]
        #expect(sights.proof(of: matter(lastSeen: lost), decidedOn: latest) === frames[2])
        #expect(sights.proof(of: matter(lastSeen: nil), decidedOn: latest) === latest)
        // A frame that is not held, such as one from before a restart.
        #expect(sights.proof(of: matter(lastSeen: frames[1].time), decidedOn: latest) === latest)
        sights.keep([], latest: latest, at: latest.time)
        #expect(sights.count == 0)
    }

    @Test("No more than four frames are held")
    func bounded() throws {
        let frames = try frames()
        var sights = LastSights()
        var wanted: [MediaTime] = []
        for frame in frames {
            wanted.append(frame.time)
            sights.keep(wanted, latest: frame, at: frame.time)
        }
        #expect(sights.count == LastSights.maximum)
        let first = frames[0]
        #expect(sights.proof(of: matter(lastSeen: first.time), decidedOn: frames[7]) === first)
    }
}
