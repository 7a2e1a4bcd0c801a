import Foundation
import Imaging
import Rules
import Scene
import Site
import Testing

@testable import scenegen

@Suite struct ShoreTests {
    static let seeds: [UInt64] = Array(1...20)

    @Test("The same seed renders the same picture, another seed another", arguments: [8, 9])
    func determinism(seed: UInt64) {
        let first = ShoreRenderer(ShoreKind.rain.scene(seed: seed)).picture(at: 3)
        #expect(ShoreRenderer(ShoreKind.rain.scene(seed: seed)).picture(at: 3) == first)
        #expect(ShoreRenderer(ShoreKind.rain.scene(seed: seed + 20)).picture(at: 3) != first)
    }

    @Test("Every kind renders the same bytes twice, and its water moves", arguments: [3])
    func everyKind(seed: UInt64) throws {
        for kind in ShoreKind.allCases {
            let scene = kind.scene(seed: seed)
            func clip() throws -> Data {
                let file = FileManager.default.temporaryDirectory
                    .appendingPathComponent("\(UUID().uuidString).mp4")
                defer { try? FileManager.default.removeItem(at: file) }
                try ShoreRenderer(scene).write(to: file.path, rateFactor: 30, pictures: 2)
                return try Data(contentsOf: file)
            }
            #expect(try clip() == clip(), "\(kind)")
            let renderer = ShoreRenderer(scene)
            let (one, two) = (renderer.picture(at: 1), renderer.picture(at: 1.5))
            let zone = try #require(scene.truth.zones.first)
            #expect(movement(one, two, in: zone) > 1.5 * noiseFloor(scene), "\(kind)")
        }
    }

    /// Mean change of the luma inside a zone, in grey levels.
    private func movement(_ a: Picture, _ b: Picture, in zone: Truth.Zone) -> Float {
        var (sum, count): (Float, Float) = (0, 0)
        for y in stride(from: 0, to: a.height, by: 3) {
            for x in stride(from: 0, to: a.width, by: 3)
            where zone.contains(Float(x), Float(y)) {
                sum += abs(Float(a.luma[x, y]) - Float(b.luma[x, y]))
                count += 1
            }
        }
        return sum / max(1, count)
    }

    /// Mean difference of two pictures that differ by the sensor's noise alone, at its least.
    private func noiseFloor(_ scene: ShoreScene) -> Float {
        scene.setting.light.noise * 0.7 * 0.56
    }

    @Test(
        "An event's subject is outside the zone before its start, and inside from then",
        arguments: ShoreKind.allCases
    )
    func eventsAgreeWithGeometry(kind: ShoreKind) throws {
        for seed in Self.seeds {
            let scene = kind.scene(seed: seed)
            let truth = scene.truth
            let zone = try #require(truth.zones.first)
            for event in truth.events {
                let subject = try #require(scene.subjects.first { $0.note == event.note })
                let start = Float(event.start)
                #expect(scene.isInside(subject, zone, at: start), "\(kind) \(seed)")
                #expect(!scene.isInside(subject, zone, at: start - 0.06), "\(kind) \(seed)")
                #expect(event.start > 3 && event.end - event.start > zone.dwell + 0.5)
                #expect(event.end <= Double(scene.duration))
                let height = event.box.w
                #expect(height > 5 && height < 150, "\(kind) \(seed): \(height) pixels")
            }
        }
    }

    @Test("Scenes without danger have no events, those with a visitor have one")
    func events() {
        for seed in Self.seeds {
            for kind in [ShoreKind.boat, .ducks, .glitter] {
                #expect(kind.scene(seed: seed).truth.events.isEmpty, "\(kind) \(seed)")
            }
            for kind in [ShoreKind.child, .adult, .swimmer] {
                #expect(kind.scene(seed: seed).truth.events.count == 1, "\(kind) \(seed)")
            }
            for kind in [ShoreKind.angler, .rain, .night] {
                let expected = seed % 2 == 1 ? 1 : 0
                #expect(kind.scene(seed: seed).truth.events.count == expected, "\(kind) \(seed)")
            }
        }
    }

    @Test("A swimmer's head is above the water before the end and never after")
    func swimmer() throws {
        for seed in Self.seeds {
            let scene = ShoreKind.swimmer.scene(seed: seed)
            let shore = scene.setting.shore
            guard case .swimmer(let swimmer) = scene.subjects.first?.body else {
                Issue.record("seed \(seed) has no swimmer")
                continue
            }
            let clear = stride(from: swimmer.swims - 6, to: swimmer.struggles, by: 0.1)
            for time in clear {
                let height = try #require(swimmer.headHeight(at: time, on: shore))
                #expect(height > 0.1, "\(seed) at \(time)")
            }
            let end = Float(scene.duration)
            #expect(swimmer.vanishes < end - 5)
            for time in stride(from: swimmer.vanishes, to: end, by: 0.1) {
                let height = try #require(swimmer.headHeight(at: time, on: shore))
                #expect(height <= 0.02, "\(seed) at \(time)")
                #expect(swimmer.mesh(at: time, on: shore) == nil)
            }
            let event = try #require(scene.truth.events.first)
            #expect(event.vanishes == Double(swimmer.vanishes))
            #expect(event.end == Double(scene.duration))
        }
    }

    @Test("The zone's waterline lies within the picture and between the zone's land and water")
    func waterline() throws {
        for kind in ShoreKind.allCases {
            for seed in Self.seeds {
                let scene = kind.scene(seed: seed)
                let zone = try #require(scene.truth.zones.first)
                #expect((3...64).contains(zone.polygon.count))
                #expect(zone.waterline.count >= 4, "\(kind) \(seed)")
                let inner = zone.waterline.dropFirst().dropLast()
                let inside = inner.filter { zone.contains($0.x, $0.y) }
                #expect(inside.count >= inner.count - 2, "\(kind) \(seed)")
            }
        }
    }

    @Test("A clip's folder holds truth and a site file with the person's scale")
    func files() throws {
        let clip = SuiteClip(kind: .swimmer, seed: 4)
        let scene = clip.kind.scene(seed: clip.seed)
        let text = clip.truth(of: scene)
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
        let root = try #require(object as? [String: Any])
        #expect(root["video"] as? String == "video.mp4")
        let event = try #require((root["events"] as? [[String: Any]])?.first)
        #expect(event["vanishes_s"] as? Double ?? 0 > 0)
        let site = clip.site(of: scene)
        #expect(site.contains("  - id: swimmer-04\n"))
        #expect(site.contains("    scale:\n      - y: "))
        let scale = scene.setting.personScale
        #expect(scale[0].row - scale[1].row > 0.05 && scale[0].height > scale[1].height)
    }

    @Test("Every clip's site file is read, and its waterline tells bank, edge and water apart")
    func sites() throws {
        for kind in ShoreKind.allCases {
            for seed in Self.seeds {
                let clip = SuiteClip(kind: kind, seed: seed)
                let scene = kind.scene(seed: seed)
                let site = try SiteConfiguration.parse(
                    text: clip.site(of: scene),
                    file: "\(clip.name)/site.yaml",
                    environment: [:]
                )
                let rule = try #require(site.cameras.first?.zones.first)
                let depths = try #require(rule.water.depths, "\(clip.name)")
                let water = try #require(depths.waterPlace)
                let place = try #require(scene.setting.placeInWater)
                let camera = scene.setting.camera
                let point = NormalizedPoint(
                    x: Double(place.x) / Double(camera.width),
                    y: Double(place.y) / Double(camera.height)
                )
                #expect(water.contains(point, within: 0.01))
                #expect(water.area < 0.98 * rule.polygon.area, "\(clip.name)")
                #expect(rule.severity == .warning)
                #expect(depths.edge == .init(dwell: .seconds(1), severity: .critical))
            }
        }
    }
}
