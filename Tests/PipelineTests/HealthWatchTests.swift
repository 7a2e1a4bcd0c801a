import Foundation
import Pipeline
import Rules
import Scene
import Testing

@Suite
struct HealthWatchTests {
    private static let square = Polygon(
        [(0.1, 0.1), (0.9, 0.1), (0.9, 0.9)].map { NormalizedPoint(x: $0.0, y: $0.1) }
    )

    private static func watch(_ kinds: [ZoneKind] = [.waterDanger]) -> HealthWatch {
        HealthWatch(
            zones: kinds.map { kind in
                ZoneRule(id: ZoneID(rawValue: kind.rawValue), kind: kind, polygon: square)
            }
        )
    }

    private static let letters: [Character: CameraFault] = [
        "f": .frozen, "k": .black, "t": .torn, "u": .blurred, "b": .blocked, "m": .moved,
    ]

    /// One frame a second for each word: the letters of the faults that are there, or a point.
    private static func frames(_ timeline: String) -> [FrameObservations] {
        timeline.split(separator: " ").enumerated().map { second, word in
            let since = MediaTime(seconds: Double(max(0, second - 2)))
            return FrameObservations(
                time: MediaTime(seconds: Double(second)),
                objects: [],
                faults: word.compactMap { letters[$0] }.map { ActiveFault($0, since: since) }
            )
        }
    }

    /// What happens in each frame, as `+` or `-`, number and fault.
    private static func told(_ watch: inout HealthWatch, _ timeline: String) -> [String] {
        frames(timeline).map { frame in
            watch.step(frame).map { matter in
                "\(matter.phase == .opened ? "+" : "-")\(matter.number)\(matter.fault.rawValue)"
            }
            .joined(separator: " ")
        }
    }

    @Test(
        "A fault opens a matter once and closes it when it is no longer told",
        arguments: [
            (". . .", ["", "", ""]),
            (". m m .", ["", "+1moved", "", "-1moved"]),
            ("m . m", ["+1moved", "-1moved", "+2moved"]),
            ("mu u .", ["+1blurred +2moved", "-2moved", "-1blurred"]),
            ("k kf t", ["+1black", "+2frozen", "-2frozen -1black +3torn"]),
            ("bb b", ["+1blocked", ""]),
        ]
    )
    func timeline(timeline: String, expected: [String]) {
        var watch = Self.watch()
        #expect(Self.told(&watch, timeline) == expected)
    }

    @Test("A matter says since when the fault is there, and until when it was")
    func times() throws {
        var watch = Self.watch()
        let events = Self.frames(". . . . m m m .").flatMap { watch.step($0) }
        #expect(events.map(\.revision) == [1, 2])
        #expect(events.map(\.startedAt.seconds) == [2, 2])
        #expect(events.map(\.time.seconds) == [4, 7])
        #expect(events.map(\.duration.seconds) == [2, 5])
        #expect(events.map(\.suspendsZones) == [true, false])
        #expect(watch.openMatters.isEmpty)
    }

    @Test("A camera that cannot watch water is told urgently, another warns")
    func severity() {
        let blind: [CameraFault] = [.frozen, .black, .blocked, .moved]
        for fault in CameraFault.allCases {
            let vital: Severity = blind.contains(fault) ? .critical : .warning
            #expect(Self.watch([.noParking, .waterDanger]).severity(of: fault) == vital)
            #expect(Self.watch([.fireLane]).severity(of: fault) == vital)
            #expect(Self.watch([.noParking, .roadOccupation]).severity(of: fault) == .warning)
            #expect(Self.watch([]).severity(of: fault) == .warning)
        }
        var rule = ZoneRule(id: ZoneID(rawValue: "z"), kind: .waterDanger, polygon: Self.square)
        rule.severity = .info
        #expect(HealthWatch(zones: [rule]).severity(of: .moved) == .critical)
        var watch = Self.watch([.noParking])
        #expect(Self.frames("m").flatMap { watch.step($0) }.map(\.severity) == [.warning])
    }

    @Test("A frame that is not later than the last is ignored")
    func late() {
        var watch = Self.watch()
        let frames = Self.frames(". m .")
        #expect(watch.step(frames[1]).count == 1)
        #expect(watch.step(frames[1]).isEmpty)
        #expect(watch.step(frames[0]).isEmpty)
        #expect(watch.openMatters.map(\.fault) == [.moved])
        #expect(watch.step(frames[2]).count == 1)
    }

    @Test("A copy that was encoded in mid-stream goes on as the original, byte for byte")
    func checkpoint() throws {
        let frames = Self.frames(". m mu u tb . . k k .")
        var whole = Self.watch()
        let expected = frames.map { whole.step($0) }
        for cut in frames.indices {
            var first = Self.watch()
            var events = frames[..<cut].map { first.step($0) }
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            let bytes = try encoder.encode(first)
            var second = try JSONDecoder().decode(HealthWatch.self, from: bytes)
            #expect(try encoder.encode(second) == bytes)
            events += frames[cut...].map { second.step($0) }
            #expect(events == expected)
        }
    }
}
