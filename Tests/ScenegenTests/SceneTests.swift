import Foundation
import Imaging
import Testing

@testable import scenegen

@Suite struct SceneTruthTests {
    /// Pixels that differ clearly between two pictures, inside a box given in pixels.
    private func changed(_ a: Picture, _ b: Picture, in box: SIMD4<Float>) -> Double {
        let left = max(0, Int(box.x))
        let top = max(0, Int(box.y))
        let right = min(a.width, Int(box.x + box.z))
        let bottom = min(a.height, Int(box.y + box.w))
        guard left < right, top < bottom else { return 0 }
        var count = 0
        for y in top..<bottom {
            for x in left..<right {
                let (column, row) = (x / 2, y / 2)
                let change =
                    abs(Int(a.luma[x, y]) - Int(b.luma[x, y]))
                    + abs(Int(a.blue[column, row]) - Int(b.blue[column, row]))
                    + abs(Int(a.red[column, row]) - Int(b.red[column, row]))
                if change > 30 { count += 1 }
            }
        }
        return Double(count) / Double((right - left) * (bottom - top))
    }

    @Test(
        "Truth boxes lie where the picture changed",
        arguments: ["parked_car", "goods_on_pavement", "person_at_water"]
    )
    func boxes(name: String) throws {
        let scene = try #require(SceneCatalog.scene(name, seed: 1))
        let renderer = SceneRenderer(scene, seed: 1)
        let before = renderer.picture(at: 0)
        for event in scene.truth.events {
            let after = renderer.picture(at: Float(event.boxTime))
            let inside = changed(before, after, in: event.box)
            #expect(inside > 0.35, "\(event.note)")
            for offset in [-1.2, 1.2] as [Float] {
                var beside = event.box
                beside.x += offset * event.box.z
                beside.y -= 0.5 * event.box.w
                let outside = changed(before, after, in: beside)
                #expect(outside < inside / 2, "\(event.note), beside \(offset)")
            }
        }
    }

    @Test("Every event touches the ground in its zone and lasts longer than its dwell time")
    func events() throws {
        for name in SceneCatalog.names {
            let scene = try #require(SceneCatalog.scene(name, seed: 1))
            for event in scene.truth.events {
                let zone = try #require(scene.truth.zones.first { $0.id == event.zone })
                let x = event.box.x + event.box.z / 2
                #expect(zone.contains(x, event.box.y + event.box.w), "\(event.note)")
                #expect(event.end - event.start > zone.dwell)
                #expect(event.end <= Double(scene.duration))
            }
        }
    }

    @Test("No car of the queue waits as long as the zone's dwell time, and many wait")
    func queue() throws {
        let scene = try #require(SceneCatalog.scene("red_light_queue", seed: 1))
        let waits = scene.truth.decoys.map { $0.end - $0.start }
        #expect(waits.count >= 8)
        #expect((waits.max() ?? 0) > 12)
        for wait in waits { #expect(wait < 25) }
        #expect(scene.truth.events.isEmpty)
    }

    @Test("The truth is JSON with the names that the judge of the measurements reads")
    func truthFile() throws {
        let scene = try #require(SceneCatalog.scene("parked_car", seed: 1))
        let text = Production.truth(of: scene, name: "parked_car")
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
        let root = try #require(object as? [String: Any])
        #expect(root["width"] as? Int == 640)
        #expect(root["fps"] as? Int == 12)
        let zone = try #require((root["zones"] as? [[String: Any]])?.first)
        #expect(zone["kind"] as? String == "no_parking")
        #expect(zone["dwell_s"] as? Int == 10)
        let event = try #require((root["events"] as? [[String: Any]])?.first)
        #expect(event["start_s"] as? Int == 12)
        #expect((event["bbox"] as? [Int])?.count == 4)
    }

    @Test("The sample streams' truth and site file are what the generator writes for seed 1")
    func committedFiles() throws {
        let folder = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent()
            .appendingPathComponent("../../SampleStreams")
        func text(_ name: String) throws -> String {
            try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        }
        #expect(try text("site.yaml") == Production.site(SceneCatalog.names, seed: 1))
        for name in SceneCatalog.names {
            let scene = try #require(SceneCatalog.scene(name, seed: 1))
            let truth = Production.truth(of: scene, name: name)
            #expect(try text("\(name).truth.json") == truth)
            let video = folder.appendingPathComponent("\(name).mp4")
            #expect(FileManager.default.fileExists(atPath: video.path))
        }
    }
}
