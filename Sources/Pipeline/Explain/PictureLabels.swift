internal import Imaging
internal import Scene

/// Labels in a picture, each above what it names, and none over another.
struct PictureLabels {
    private var labels: [(text: String, ink: Ink, box: PixelBox)] = []
    /// Pixels to a dot of the letters.
    let scale: Int

    private static let ground = Ink(luma: 16, blue: 128, red: 128, opacity: 0.7)
    private static let padding = 3

    /// No labels yet.
    init(scale: Int) {
        self.scale = scale
    }

    /// Finds room for a label above a corner, or as near above or below as there is room.
    mutating func add(_ text: String, _ ink: Ink, corner: NormalizedPoint, _ picture: Picture) {
        let width = Picture.textWidth(text, scale: scale) + 2 * Self.padding
        let height = Picture.textHeight(scale: scale) + 2 * Self.padding
        let left = Int(corner.x * Double(picture.width))
        let x = min(max(0, left), max(0, picture.width - width))
        let top = Int(corner.y * Double(picture.height)) - height
        var best = PixelBox(x: x, y: max(0, top), width: width, height: height)
        for step in 0..<24 {
            let way = (step + 1) / 2 * (step % 2 == 1 ? -1 : 1)
            let place = PixelBox(x: x, y: top + way * height, width: width, height: height)
            let isInside = place.y >= 0 && place.maxY <= picture.height
            guard isInside, !labels.contains(where: { $0.box.intersection(place) != nil })
            else { continue }
            best = place
            break
        }
        labels.append((text, ink, best))
    }

    /// Writes all labels on dark ground.
    func write(on picture: inout Picture) {
        for label in labels {
            picture.fill(label.box, ink: Self.ground)
            picture.write(
                label.text,
                x: label.box.x + Self.padding,
                y: label.box.y + Self.padding,
                scale: scale,
                ink: label.ink
            )
        }
    }
}
