import Alerts
import Foundation
import Imaging
import Media
import Pipeline
import Rules
import Scene
import Site
import Testing

@testable import scenegen

/// People in rendered water, as the whole product sees them: video, detector, rules, store.
@Suite struct VanishingTests {
    /// A clip that was rendered and scored, in a folder that goes away with it.
    private final class Scored {
        let folder: URL
        let scene: ShoreScene
        let water: Polygon
        let alerts: [AlertEvent]

        init(_ clip: SuiteClip, rearm: Double) throws {
            let base = FileManager.default.temporaryDirectory
            folder = base.appendingPathComponent("clip-\(UUID().uuidString)")
            scene = clip.kind.scene(seed: clip.seed)
            _ = try clip.write(in: folder.path, rateFactor: 25)
            var site = try SiteConfiguration.parse(
                text: clip.site(of: scene),
                file: "site.yaml",
                environment: [:]
            )
            site.cameras[0].zones[0].rearm = .seconds(rearm)
            water = try #require(site.cameras[0].zones[0].water.depths?.waterPlace)
            let video = folder.appendingPathComponent("\(clip.name)/video.mp4").path
            let run = try ScoreRun(
                videos: [ScoreVideo(path: video, camera: .success(site.cameras[0]))],
                site: site,
                folder: folder.path,
                startTime: Instant(microseconds: 0),
                cancellation: Cancellation()
            ) { _ in }
            try run.run(workers: 1)
            alerts = try AlertStore(directory: folder).events(limit: 1000).compactMap {
                guard case .alert(let alert) = try $0.event() else { return nil }
                return alert
            }
        }

        deinit { try? FileManager.default.removeItem(at: folder) }

        /// The lumas of all pictures of a file, with their times.
        func pictures(_ name: String) throws -> [(seconds: Double, luma: Plane)] {
            let reader = try VideoReader(
                url: folder.appendingPathComponent(name).path,
                options: SourceOptions(),
                cancellation: Cancellation()
            )
            var pictures: [(seconds: Double, luma: Plane)] = []
            while let frame = try reader.next() {
                pictures.append((frame.time.seconds, frame.copy().luma))
            }
            return pictures
        }
    }

    @Test("A swimmer who goes under and stays there becomes an emergency with the last sight")
    func vanishes() throws {
        let clip = SuiteClip(kind: .swimmer, seed: 6)
        let scored = try Scored(clip, rearm: 10)
        let vanishes = try #require(scored.scene.truth.events.first?.vanishes)
        let emergencies = scored.alerts.filter { $0.data.severity == .emergency }
        #expect(emergencies.count == 1)
        let alert = try #require(emergencies.first)
        #expect(alert.data.reasons?.contains(.vanished) == true)
        #expect(alert.data.depth == .water)
        #expect(alert.data.revision > 1, "the swimmer was told of before")
        let told = alert.data.streamSeconds
        #expect(told > vanishes && told < vanishes + 15, "told at \(told), under at \(vanishes)")

        let seenAt = try #require(alert.data.lastSeenAt).instant
        let seen = Double(seenAt.microseconds) / 1e6
        #expect(seen <= told - 4 && seen > vanishes - 3)
        let box = alert.data.object.box
        let lowest = NormalizedPoint(x: box.center.x, y: box.y + box.height)
        #expect(scored.water.contains(lowest, within: 0.02))
        let subject = try #require(scored.scene.subjects.first)
        let moment = min(Float(seen), Float(vanishes) - 0.1)
        let foot = try #require(scored.scene.foot(of: subject, at: moment))
        let place = scored.scene.setting.camera.pixel(of: foot)
        #expect(abs(Float(box.center.x) * 640 - place.x) < 30)
        #expect(abs(Float(box.center.y) * 360 - place.y) < 30)
        try shows(scored, alert, at: seen, in: clip)
    }

    /// The evidence is the picture of that moment, not of the frame that told of it.
    private func shows(
        _ scored: Scored,
        _ alert: AlertEvent,
        at seen: Double,
        in clip: SuiteClip
    ) throws {
        let file = try #require(alert.data.evidence.first).file
        let proof = try #require(try scored.pictures(file).first?.luma)
        let likeliest = try scored.pictures("\(clip.name)/video.mp4").min { a, b in
            difference(a.luma, proof) < difference(b.luma, proof)
        }
        #expect(abs((likeliest?.seconds ?? 0) - seen) < 0.01)
    }

    private func difference(_ a: Plane, _ b: Plane) -> Int {
        var sum = 0
        for y in stride(from: 0, to: a.height, by: 3) {
            for x in stride(from: 0, to: a.width, by: 3) {
                sum += abs(Int(a[x, y]) - Int(b[x, y]))
            }
        }
        return sum
    }

    @Test("Somebody who wades in and comes out again is closed, without an emergency")
    func comesOut() throws {
        let scored = try Scored(SuiteClip(kind: .child, seed: 2), rearm: 3)
        let event = try #require(scored.scene.truth.events.first)
        #expect(scored.alerts.allSatisfy { $0.data.severity != .emergency })
        let alert = try #require(
            scored.alerts.first {
                $0.type != .closed && $0.data.depth == .water
                    && $0.data.streamSeconds > event.start && $0.data.streamSeconds < event.end
            }
        )
        let last = try #require(
            scored.alerts.last { $0.data.alertID == alert.data.alertID }
        )
        #expect(last.type == .closed)
        #expect(last.data.streamSeconds > event.start + 5)
    }
}
