internal import Detection
internal import Imaging
internal import Rules
internal import Scene

/// Draws what the detector sees of a frame: the frame, the background, the masks and the registry,
/// side by side with captions.
struct ExplanationSheet {
    let inspection: FrameInspection
    let zones: [ZoneRule]
    let explanation: Explanation

    /// Columns of a panel that are aimed at.
    private static let panelWidth = 960
    static let scale = 2
    private static let (margin, caption) = (8, 28)

    private static let cyan = Ink(luma: 150, blue: 160, red: 60)
    private static let amber = Ink(luma: 190, blue: 40, red: 160)
    private static let settled = Ink(luma: 120, blue: 200, red: 90)
    private static let grey = Ink(luma: 150, blue: 128, red: 128)

    /// The sheet.
    ///
    /// - Parameter frame: the frame that is explained.
    /// - Returns: four panels, each about 960 columns wide.
    func drawn(on frame: Picture) -> Picture {
        let analysis = inspection.detector.luma
        let enlargement = max(1, (Self.panelWidth + analysis.width / 2) / analysis.width)
        let (width, height) = (analysis.width * enlargement, analysis.height * enlargement)
        let (columns, rows) = (width + Self.margin, height + Self.margin + Self.caption)
        var sheet = Picture(
            width: even(2 * columns + Self.margin),
            height: even(2 * rows + Self.margin + Self.caption)
        )
        sheet.write(title, x: Self.margin, y: Self.margin, scale: Self.scale, ink: .white)
        let view = inspection.detector.view
        let current = frame.limitedRange
            .cropped(to: view.pixels(width: frame.width, height: frame.height))
            .scaled(width: width, height: height)
        let learned = background(isFullRange: frame.isFullRange)
            .scaled(width: width, height: height)
        let panels: [(caption: String, picture: Picture)] = [
            ("current picture", marked(current)),
            ("learned background", marked(learned)),
            (
                "masks: amber changed, blue settled, white both",
                marked(masks(on: current, enlargement))
            ),
            (
                "registry: red confirmed, grey hidden, white candidate, cyan track",
                registry(on: current)
            ),
        ]
        for (index, panel) in panels.enumerated() {
            let x = even(Self.margin + index % 2 * columns)
            let y = even(Self.margin + Self.caption + index / 2 * rows)
            sheet.write(panel.caption, x: x, y: y + 4, scale: Self.scale, ink: Self.grey)
            sheet.place(panel.picture, x: x, y: even(y + Self.caption - 2))
        }
        return sheet
    }

    private func even(_ value: Int) -> Int { value + value % 2 }

    private var title: String {
        let zones = explanation.zones.filter { !$0.objects.isEmpty || $0.containsPoint }
            .map { "\($0.id) (\($0.kind))" }
        let list = zones.isEmpty ? "" : "  \(zones.joined(separator: ", "))"
        return "\(explanation.video)  \(inspection.observations.time.tenths)  at "
            + "\(TestResult.plain(explanation.point.x)),\(TestResult.plain(explanation.point.y))"
            + list
    }

    private func background(isFullRange: Bool) -> Picture {
        let detector = inspection.detector
        var picture = Picture(width: detector.background.width, height: detector.background.height)
        picture.luma = detector.background
        picture.blue = detector.backgroundBlue
        picture.red = detector.backgroundRed
        picture.isFullRange = isFullRange
        return picture.limitedRange
    }

    // MARK: Panels

    /// The masks as coloured pixels over a dimmed picture.
    private func masks(on current: Picture, _ enlargement: Int) -> Picture {
        var picture = current
        picture.dim(by: 0.6)
        let (changed, settled) = (inspection.detector.changed, inspection.detector.settled)
        for y in 0..<changed.height {
            for x in 0..<changed.width where changed[x, y] | settled[x, y] != 0 {
                var ink: Ink = changed[x, y] == 0 ? Self.settled : Self.amber
                if changed[x, y] & settled[x, y] != 0 { ink = .white }
                ink.opacity = 0.75
                let pixel = PixelBox(
                    x: x * enlargement,
                    y: y * enlargement,
                    width: enlargement,
                    height: enlargement
                )
                picture.fill(pixel, ink: ink)
            }
        }
        return picture
    }

    /// Zones, objects and tracks with their numbers.
    private func registry(on current: Picture) -> Picture {
        var picture = current
        picture.dim(by: 0.35)
        for zone in zones {
            picture.outline(inner(zone.polygon), ink: .amber, thickness: 2)
        }
        cross(&picture)
        var labels = PictureLabels(scale: Self.scale)
        for zone in zones {
            labels.add(zone.id.rawValue, .amber, corner: inner(zone.polygon).leftmost, picture)
        }
        for track in inspection.detector.moving {
            let text = "#\(track.id.rawValue) \(track.classification.words)"
            draw(track.box, text, track.isVisible ? Self.cyan : Self.grey, &picture, &labels)
        }
        for object in inspection.detector.standing {
            let text =
                object.isConfirmed
                ? "#\(object.id.rawValue) \(object.classification.words)"
                : "#\(object.id.rawValue) candidate"
            let ink: Ink = !object.isVisible ? Self.grey : object.isConfirmed ? .red : .white
            draw(object.box, text, ink, &picture, &labels)
        }
        labels.write(on: &picture)
        return picture
    }

    private func draw(
        _ box: PixelBox,
        _ text: String,
        _ ink: Ink,
        _ picture: inout Picture,
        _ labels: inout PictureLabels
    ) {
        let place = box.normalized(
            width: inspection.detector.luma.width,
            height: inspection.detector.luma.height
        )
        picture.outline(place, ink: .shade, thickness: 5)
        picture.outline(place, ink: ink, thickness: 2)
        labels.add(text, ink, corner: NormalizedPoint(x: place.x, y: place.y), picture)
    }

    /// The picture with zones and the point in question.
    private func marked(_ picture: Picture) -> Picture {
        var picture = picture
        for zone in zones { picture.outline(inner(zone.polygon), ink: .amber, thickness: 1.5) }
        cross(&picture)
        return picture
    }

    /// A point of the whole picture in shares of the view.
    private func inner(_ point: NormalizedPoint) -> NormalizedPoint {
        let view = inspection.detector.view
        return NormalizedPoint(
            x: (point.x - view.x) / view.width,
            y: (point.y - view.y) / view.height
        )
    }

    private func inner(_ polygon: Polygon) -> Polygon { Polygon(polygon.corners.map(inner)) }

    private func cross(_ picture: inout Picture) {
        let (point, reach) = (inner(explanation.point), 0.018)
        let across = reach * Double(picture.height) / Double(picture.width)
        for (ink, thickness) in [(Ink.shade, 6.0), (Ink.white, 2.5)] {
            picture.line(
                from: NormalizedPoint(x: point.x - across, y: point.y),
                to: NormalizedPoint(x: point.x + across, y: point.y),
                ink: ink,
                thickness: thickness
            )
            picture.line(
                from: NormalizedPoint(x: point.x, y: point.y - reach),
                to: NormalizedPoint(x: point.x, y: point.y + reach),
                ink: ink,
                thickness: thickness
            )
        }
    }
}

extension Polygon {
    /// The corner at which a label begins.
    fileprivate var leftmost: NormalizedPoint {
        corners.min { ($0.x, $0.y) < ($1.x, $1.y) } ?? NormalizedPoint(x: 0, y: 0)
    }
}

extension Picture {
    /// The picture with samples of 16 to 235, which the others of a sheet have.
    fileprivate var limitedRange: Picture {
        guard isFullRange else { return self }
        var picture = self
        picture.isFullRange = false
        for index in luma.samples.indices {
            picture.luma.samples[index] = UInt8(16 + Int(luma.samples[index]) * 219 / 255)
        }
        for index in blue.samples.indices {
            let (bluish, reddish) = (Int(blue.samples[index]) - 128, Int(red.samples[index]) - 128)
            picture.blue.samples[index] = UInt8(clamping: 128 + bluish * 224 / 255)
            picture.red.samples[index] = UInt8(clamping: 128 + reddish * 224 / 255)
        }
        return picture
    }
}
