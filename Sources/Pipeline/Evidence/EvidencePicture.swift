internal import Alerts
internal import Imaging
internal import Media
internal import Scene

/// A picture of evidence, encoded, with the mark that is written into it.
struct EvidencePicture: Sendable {
    let bytes: [UInt8]
    /// Nil where there is no text.
    let mark: String?
    /// Why there is no text although there should be.
    let problem: String?

    private static let quality = 90

    /// Adds text to a picture and encodes it; the same input gives the same bytes.
    ///
    /// Text that cannot be drawn leaves the picture without.
    ///
    /// - Parameters:
    ///   - picture: masked, and drawn upon.
    ///   - kind: what it shows.
    ///   - role: the same for people.
    ///   - time: when it was taken.
    ///   - subject: the id of the alert or fault.
    ///   - about: the zone and what is the matter, or the fault.
    ///   - scene: the stream's surroundings.
    /// - Throws: `MediaError` where the picture cannot be encoded.
    init(
        _ picture: Picture,
        kind: ManifestFile.Kind,
        role: String,
        at time: MediaTime,
        subject: String,
        about: [String],
        in scene: EvidenceScene
    ) throws(MediaError) {
        guard scene.policy.overlay else {
            self.init(bytes: try JPEG.encode(picture, quality: Self.quality))
            return
        }
        let mark = EvidenceMark.code(
            subject: subject,
            role: kind.rawValue,
            time: scene.anchor.instant(at: time),
            configuration: scene.origin.configuration,
            samples: [picture.luma.samples, picture.blue.samples, picture.red.samples]
        )
        let fields = scene.fields(role, at: time, about: about)
        let texted: Picture
        do throws(MediaError) {
            texted = try PictureStrip.added(fields, mark: mark, to: picture)
        } catch {
            let bytes = try JPEG.encode(picture, quality: Self.quality)
            self.init(bytes: bytes, problem: "\(error)")
            return
        }
        self.init(bytes: try JPEG.encode(texted, quality: Self.quality), mark: mark)
    }

    private init(bytes: [UInt8], mark: String? = nil, problem: String? = nil) {
        self.bytes = bytes
        self.mark = mark
        self.problem = problem
    }
}

/// Several pictures in one.
enum Composite {
    /// A panel of a composite.
    struct Panel: Sendable {
        /// What it shows and when.
        let title: String
        let picture: Picture
    }

    /// Columns of a panel at most: two of them make a picture of 1920.
    static let panelWidth = 960

    /// Two panels in a row, each with its title.
    ///
    /// - Parameter panels: at least one, all in the range of the first.
    /// - Returns: the picture; nil without panels.
    /// - Throws: `MediaError` where text cannot be drawn.
    static func made(of panels: [Panel]) throws(MediaError) -> Picture? {
        guard let first = panels.first?.picture else { return nil }
        let cell = (width: first.width & ~1, height: first.height & ~1)
        let rows = (panels.count + 1) / 2
        let columns = panels.count == 1 ? 1 : 2
        let size = PictureStrip.fontSize(for: first)
        let high = cell.height + PictureStrip.titleHeight(size)
        var whole = Picture(
            width: columns * cell.width,
            height: rows * high,
            isFullRange: first.isFullRange
        )
        whole.luma = Plane(
            width: whole.width,
            height: whole.height,
            filledWith: first.isFullRange ? 30 : 40
        )
        for (index, panel) in panels.enumerated() {
            let picture = fitted(panel.picture, cell)
            let titled = try PictureStrip.titled(panel.title, picture, size: size)
            let x = index % 2 * cell.width + (cell.width - titled.width) / 2
            let y = index / 2 * high + (high - titled.height) / 2
            whole.place(titled, x: x & ~1, y: y & ~1)
        }
        return whole
    }

    /// A picture no larger than a cell, its proportions kept.
    static func fitted(_ picture: Picture, _ cell: (width: Int, height: Int)) -> Picture {
        let scale = min(
            Double(cell.width) / Double(picture.width),
            Double(cell.height) / Double(picture.height)
        )
        if scale == 1 { return picture }
        let width = max(2, min(cell.width, Int(Double(picture.width) * scale)) & ~1)
        let height = max(2, min(cell.height, Int(Double(picture.height) * scale)) & ~1)
        return picture.scaled(width: width, height: height)
    }

    /// A copy that is small enough to be kept until the composite is made.
    static func panel(_ title: String, of picture: Picture) -> Panel {
        let height = panelWidth * picture.height / max(1, picture.width)
        guard picture.width > panelWidth else { return Panel(title: title, picture: picture) }
        return Panel(title: title, picture: fitted(picture, (panelWidth, height)))
    }
}
