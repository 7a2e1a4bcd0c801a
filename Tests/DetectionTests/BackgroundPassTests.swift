import Foundation
import Imaging
import Inference
import Scene
import Testing

@testable import Detection

/// A dark yard, a network that finds red squares, and a red square that has always been there.
@Suite struct BackgroundPassTests {
    private static let place = PixelBox(x: 146, y: 86, width: 14, height: 14)

    private static func picture(frame: Int, red: PixelBox?, grey: PixelBox? = nil) -> Picture {
        var picture = Picture(width: 320, height: 180)
        for y in 0..<180 {
            for x in 0..<320 {
                let coarse = Street.hash(x / 5, y / 5, 1) % 24
                let noise = Street.hash(y * 320 + x, frame, 7) % 3
                picture.luma[x, y] = UInt8(20 + coarse + noise)
            }
        }
        func fill(_ box: PixelBox, _ luma: UInt8, _ blue: UInt8, _ red: UInt8) {
            for y in box.y..<box.maxY {
                for x in box.x..<box.maxX {
                    picture.luma[x, y] = luma
                    picture.blue[x / 2, y / 2] = blue
                    picture.red[x / 2, y / 2] = red
                }
            }
        }
        if let red { fill(red, 81, 90, 240) }
        if let grey { fill(grey, 60, 110, 110) }
        return picture
    }

    private static func options(holdsVehicles: Bool = true) -> DetectorOptions {
        let corners = [(120.0, 60.0), (200, 60), (200, 140), (120, 140)]
        let polygon = Polygon(corners.map { NormalizedPoint(x: $0 / 320, y: $1 / 180) })
        let id = ZoneID(rawValue: "yard")
        return DetectorOptions(
            zones: [.init(id: id, polygon: polygon, holdsVehicles: holdsVehicles)]
        )
    }

    /// Static objects by time at five frames a second.
    private static func run(
        _ name: String = "yolox",
        seconds: Double,
        options: DetectorOptions = options(),
        restartAt restart: Double? = nil,
        _ shot: (Double) -> (red: PixelBox?, grey: PixelBox?)
    ) throws -> [[Observation]] {
        let decoder = ModelSettings.Decoder(rawValue: name) ?? .yolox
        let model = try OperatorNetworkTests.model(name, OperatorNetworkTests.settings(decoder))
        var detector = Detector(options: options, scorer: try model.scorer())
        var seen: [[Observation]] = []
        for frame in 0..<Int(seconds * 5) {
            let time = Double(frame) / 5
            if time == restart {
                let bytes = try JSONEncoder().encode(detector.checkpoint())
                detector = try Detector(
                    checkpoint: JSONDecoder().decode(DetectorCheckpoint.self, from: bytes),
                    options: options,
                    scorer: try model.scorer()
                )
            }
            let (red, grey) = shot(time)
            let frame = picture(frame: frame, red: red, grey: grey)
            let observed = frame.withView { detector.step($0, at: MediaTime(seconds: time)) }
            seen.append(observed.objects.filter { $0.mobility == .static })
        }
        return seen
    }

    @Test("A vehicle that stood there when the view was learned is reported, from the start on")
    func found() throws {
        let seen = try Self.run(seconds: 12) { _ in (Self.place, nil) }
        let object = try #require(seen.last?.first)
        #expect(seen.last?.count == 1)
        #expect(object.classification.objectClass == .vehicle)
        #expect(object.presentAtStart)
        #expect(object.since == .zero)
        #expect(object.isVisible)
        let place = Self.place.normalized(width: 320, height: 180)
        #expect(object.box.intersectionOverUnion(place) > 0.5)
        #expect(Set(seen.flatMap { $0 }.map(\.id)).count == 1)
    }

    @Test("A classifier, or a zone for other things, finds nothing in the background")
    func notAsked() throws {
        let others = try [
            Self.run("classifier", seconds: 10) { _ in (Self.place, nil) },
            Self.run(seconds: 10, options: Self.options(holdsVehicles: false)) { _ in
                (Self.place, nil)
            },
            Self.run(seconds: 10) { _ in (nil, nil) },
        ]
        #expect(others.joined().allSatisfy { $0.isEmpty })
    }

    @Test("When it drives off, it is gone within seconds, and does not come back")
    func left() throws {
        let seen = try Self.run(seconds: 40) { time in (time < 15 ? Self.place : nil, nil) }
        #expect(seen[74].contains { $0.classification.objectClass == .vehicle })
        let later = seen.dropFirst(25 * 5)
        #expect(later.allSatisfy { $0.isEmpty })
    }

    @Test("Something that passes in front of it hides it, and it is the same afterwards")
    func hidden() throws {
        let seen = try Self.run(seconds: 30) { time in
            let x = 60 + Int((time - 15) * 20) * 2
            let isPassing = time > 15 && time < 22
            let passer = PixelBox(x: x, y: 76, width: 40, height: 40)
            return (Self.place, isPassing ? passer : nil)
        }
        let vehicles = seen.map { $0.filter { $0.classification.objectClass == .vehicle } }
        let before = try #require(vehicles[70].first)
        let after = try #require(vehicles.last?.first)
        #expect(after.id == before.id)
        #expect(after.since == .zero)
        #expect(vehicles[75..<110].contains { $0.first?.isVisible == false })
    }

    @Test("It is the same after a restart, at every moment of its finding", arguments: [1.0, 3, 9])
    func restart(time: Double) throws {
        let shot = { (time: Double) in (time < 12 ? Self.place : nil, nil as PixelBox?) }
        let whole = try Self.run(seconds: 20, shot)
        let restarted = try Self.run(seconds: 20, restartAt: time, shot)
        #expect(whole == restarted)
        #expect(whole.contains { !$0.isEmpty })
    }
}
