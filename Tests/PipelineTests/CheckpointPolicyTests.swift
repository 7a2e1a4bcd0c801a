import Rules
import Scene
import Site
import Testing

@testable import Pipeline

@Suite
struct CheckpointPolicyTests {
    private let policy = CheckpointPolicy(interval: .seconds(60))
    private let kept = KeptState()

    private func refusal(after seconds: Double) throws -> String? {
        policy.refusal(
            of: try kept.checkpoint(time: MediaTime(seconds: 100)),
            basis: CheckpointBasis(site: kept.site, camera: kept.camera),
            now: kept.anchor.instant(at: MediaTime(seconds: 100 + seconds))
        )
    }

    @Test("Clocks go on over half an hour, and over a host's clock that was set back a little")
    func gaps() throws {
        #expect(try refusal(after: 0) == nil)
        #expect(try refusal(after: 1800) == nil)
        #expect(try refusal(after: 1801) == "it was not watched for 30 minutes")
        #expect(try refusal(after: -60) == nil)
        #expect(try refusal(after: -61)?.contains("61 s behind") == true)
    }

    @Test("Another source, scale, rate or zone is a change; another password or name is none")
    func changes() {
        let basis = CheckpointBasis(site: kept.site, camera: kept.camera)
        func change(_ edit: (inout CameraConfiguration) -> Void) -> String? {
            var camera = kept.camera
            edit(&camera)
            return basis.change(to: CheckpointBasis(site: kept.site, camera: camera))
        }
        #expect(change { $0.name = "South gate" } == nil)
        let password = SourceAddress("rtsp://user:other@127.0.0.1:9/stream")
        #expect(change { $0.source = password } == nil)
        let source = SourceAddress("rtsp://user:sesame@127.0.0.2:9/stream")
        #expect(change { $0.source = source } == "its source was changed")
        let scale = PersonScale(slope: 0.5, intercept: 0)
        #expect(change { $0.scale = scale } == "its scale was changed")
        #expect(change { $0.analysisRate = 7 } == "its analysis rate was changed")
        #expect(change { $0.whenMoved = .relearn } == "its answer to being moved was changed")
        #expect(change { $0.zones[0].rearm = .seconds(99) } == "its zones were changed")
        #expect(change { $0.zones = [] } == "its zones were changed")
    }

    @Test("A resumed clock goes on from its anchor, and never before what was seen")
    func clock() {
        let earlier = Instant(microseconds: LiveClock.civilNow.microseconds - 100_000_000)
        let anchor = ClockAnchor(start: earlier, quality: .host)
        let clock = LiveClock(resuming: anchor, noEarlierThan: MediaTime(seconds: 50))
        #expect(clock.anchor == anchor)
        #expect((100...130).contains(clock.now.seconds))
        let setBack = LiveClock(resuming: anchor, noEarlierThan: MediaTime(seconds: 500))
        #expect((500...530).contains(setBack.now.seconds))
    }
}
