import Imaging
import Scene
import Testing

@testable import Detection

@Suite struct WindowTests {
    private static func zone(
        _ left: Double,
        _ top: Double,
        _ right: Double,
        _ bottom: Double
    )
        -> DetectorOptions.Zone
    {
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        return DetectorOptions.Zone(
            id: ZoneID(rawValue: "bank"),
            polygon: Polygon(corners.map { NormalizedPoint(x: $0, y: $1) })
        )
    }

    private static func layout(
        _ zone: DetectorOptions.Zone,
        _ scale: PersonScale,
        width: Int = 1920,
        height: Int = 1080
    ) -> ZoneWindow.Layout? {
        ZoneWindow.layout(
            for: zone,
            scale: scale,
            frameWidth: width,
            frameHeight: height,
            analysisWidth: 480
        )
    }

    @Test("A zone where people are tall enough needs no window, a far one does")
    func threshold() throws {
        // 16 rows of 270 are 0.0593 of the picture; a tenth finer is worth no window.
        let zone = Self.zone(0.3, 0.4, 0.6, 0.5)
        for height in [0.054, 0.06, 0.3] {
            #expect(Self.layout(zone, PersonScale(slope: 0, intercept: height)) == nil)
        }
        let layout = try #require(Self.layout(zone, PersonScale(slope: 0, intercept: 0.053)))
        #expect(layout.zone == zone.id)
    }

    @Test("The far edge of the zone counts, not the near one")
    func farEdge() {
        let scale = PersonScale(slope: 0.2, intercept: -0.04)
        #expect(Self.layout(Self.zone(0.3, 0.55, 0.6, 0.9), scale) == nil)
        #expect(Self.layout(Self.zone(0.3, 0.4, 0.6, 0.6), scale) != nil)
    }

    @Test("No window where the frame has no more to show, or nobody can stand")
    func none() {
        let zone = Self.zone(0.3, 0.4, 0.6, 0.5)
        let far = PersonScale(slope: 0, intercept: 0.03)
        #expect(Self.layout(zone, far, width: 480, height: 270) == nil)
        #expect(Self.layout(zone, far, width: 320, height: 180) == nil)
        #expect(Self.layout(zone, far, width: 500, height: 281) == nil)
        #expect(Self.layout(zone, PersonScale(slope: 0, intercept: 0)) == nil)
        #expect(Self.layout(zone, PersonScale(slope: 1, intercept: -0.9)) == nil)
    }

    @Test(
        "Windows lie in the frame, hold the zone and cost no more than the whole",
        arguments: 1...80
    )
    func bounded(seed: Int) throws {
        func share(_ index: Int) -> Double { Double(Street.hash(seed, index, 3) % 1000) / 1000 }
        let (left, top) = (share(1) * 0.9, share(2) * 0.9)
        let zone = Self.zone(
            left,
            top,
            left + 0.02 + share(3) * (0.98 - left),
            top + 0.02 + share(4) * (0.98 - top)
        )
        let scale = PersonScale(slope: share(5) * 0.1, intercept: share(6) * 0.06 - 0.01)
        let sizes = [(1920, 1080), (1280, 720), (3840, 2160), (1080, 1920), (704, 576)]
        let (width, height) = sizes[seed % sizes.count]
        guard let layout = Self.layout(zone, scale, width: width, height: height) else { return }
        let crop = layout.crop
        #expect(crop.x >= 0 && crop.y >= 0 && crop.maxX <= width && crop.maxY <= height)
        #expect(crop.x % 2 == 0 && crop.y % 2 == 0)
        let bounds = zone.polygon.bounds
        #expect(Double(crop.x) <= bounds.x * Double(width))
        #expect(Double(crop.y) <= bounds.y * Double(height))
        #expect(Double(crop.maxX) >= min(1, bounds.x + bounds.width) * Double(width) - 4)
        #expect(Double(crop.maxY) >= min(1, bounds.y + bounds.height) * Double(height) - 4)
        let rows = layout.analysisWidth * crop.height / crop.width
        #expect(Double(layout.analysisWidth * rows) <= ZoneWindow.mostPixels * 1.01)
        #expect(layout.analysisWidth <= crop.width)
        // Finer than the whole picture.
        #expect(Double(layout.analysisWidth) / Double(crop.width) > 480 / Double(width))
    }

    static let street = Street(.paving, width: 1920, height: 1080)
    static let scale = PersonScale(slope: 0.1, intercept: -0.01)
    /// Somebody 24 pixels tall by the far bank: 6 rows of the whole analysis picture.
    static let person = PixelBox(x: 900, y: 326, width: 9, height: 24)
    static let bank = zone(0.35, 0.3, 0.65, 0.36)

    private static func visitor(_ time: Double) -> [Street.Thing] {
        guard time >= 7 else { return [] }
        let x = person.x - 120 + min(120, Int((time - 7) * 24))
        let box = PixelBox(x: x, y: person.y, width: person.width, height: person.height)
        return [Street.Thing(box: box, level: 10, seed: 3)]
    }

    @Test("Somebody far away is seen in the zone's close view, in shares of the whole picture")
    func closeView() throws {
        let options = DetectorOptions(scale: Self.scale, zones: [Self.bank])
        let frames = Street.film(seconds: 12, on: Self.street, options: options) {
            Shot(Self.visitor($0))
        }
        #expect(frames.dropFirst().allSatisfy { $0.closeViews.map(\.zone) == [Self.bank.id] })
        #expect(frames.between(1, 7).allSatisfy { $0.closeViews.first?.objects.isEmpty == true })
        let seen = try #require(frames.frame(10).closeViews.first?.objects.first)
        let truth = PixelBox(x: 852, y: 326, width: 9, height: 24)
            .normalized(width: 1920, height: 1080)
        #expect(seen.box.intersectionOverUnion(truth) > 0.5)
        #expect(seen.classification.objectClass == .person)
        let numbers = frames.between(9, 12).flatMap { $0.closeViews.flatMap(\.objects).map(\.id) }
        #expect(Set(numbers) == [seen.id])
        let coarse = frames.at(10).filter {
            $0.box.intersectionOverUnion(truth) > 0.3 && $0.classification.objectClass == .person
        }
        #expect(coarse.isEmpty)
    }

    @Test("Without a zone, a scale or a finer picture there is no close view")
    func noView() {
        for options in [
            DetectorOptions(scale: Self.scale), DetectorOptions(zones: [Self.bank]),
        ] {
            let frames = Street.film(seconds: 1, on: Self.street, options: options) { _ in Shot() }
            #expect(frames.allSatisfy { $0.closeViews.isEmpty })
        }
    }

    @Test("With a window, what was written goes on as it would have")
    func checkpoint() throws {
        let options = DetectorOptions(scale: Self.scale, zones: [Self.bank])
        var detector = Detector(options: options)
        var written: DetectorCheckpoint?
        var rest: [(picture: Picture, time: MediaTime, seen: FrameObservations)] = []
        for frame in 0..<55 {
            let time = Double(frame) / 5
            if frame == 45 { written = detector.checkpoint() }
            let picture = Self.street.picture(Self.visitor(time), frame: frame)
            let now = MediaTime(seconds: time)
            let seen = picture.withView { detector.step($0, at: now) }
            if frame >= 45 { rest.append((picture, now, seen)) }
        }
        #expect(rest.allSatisfy { $0.seen.closeViews.first?.objects.isEmpty == false })
        var other = try Detector(checkpoint: try #require(written), options: options)
        for (picture, time, seen) in rest {
            let again = picture.withView { other.step($0, at: time) }
            #expect(again == seen)
        }
    }

    @Test("A window that opens later takes over when it knows its background")
    func opensLater() {
        let street = Street(.paving, width: 960, height: 540)
        let options = DetectorOptions(zones: [Self.bank])
        var detector = Detector(options: options)
        var views: [Double] = []
        for frame in 0..<80 {
            let time = Double(frame) / 5
            if frame == 20 {
                // What a crowd would teach, at once.
                var learner = ScaleLearner(given: nil)
                for index in 0..<600 {
                    let row = 0.3 + 0.65 * Double(index % 60) / 60
                    learner.add(height: Self.scale.height(atRow: row), atRow: row)
                }
                var checkpoint = detector.checkpoint()
                checkpoint.scene?.learner = learner
                if let next = try? Detector(checkpoint: checkpoint, options: options) {
                    detector = next
                }
            }
            let picture = street.picture([], frame: frame)
            let seen = picture.withView { detector.step($0, at: MediaTime(seconds: time)) }
            if !seen.closeViews.isEmpty { views.append(time) }
        }
        let first = views.first ?? 0
        #expect(first > 8.5 && first < 10)
        #expect(views.count == 80 - Int((first * 5).rounded()))
    }
}
