internal import Scene

extension ZoneRule {
    /// Share of the threshold below which what was inside is no longer inside, so that a box that
    /// breathes at the border does not come and go.
    static let leavingScale = 0.6
    /// Share of a thing's lower part that must be inside; the lesser one where its foot is, too.
    static let standingShare = 0.5
    static let footShare = 0.3

    /// Whether a thing with this box stands in the zone; `scale` scales the shares asked for: 1 to
    /// enter, `leavingScale` to stay.
    func isStanding(_ box: NormalizedBox, scale: Double) -> Bool {
        switch anchor {
        case .overlap(let share):
            return polygon.share(of: box) >= share * scale
        case .groundContact:
            let share = lowerShare(of: box)
            if share >= Self.standingShare * scale { return true }
            return share >= Self.footShare * scale && hasFootInside(box)
        }
    }

    /// Share of a box's lower 30 % that lies in the zone.
    func lowerShare(of box: NormalizedBox) -> Double {
        let strip = NormalizedBox(
            x: box.x,
            y: box.y + 0.7 * box.height,
            width: box.width,
            height: 0.3 * box.height
        )
        return polygon.share(of: strip)
    }

    /// Whether the middle of a box's lower edge, nearly, lies in the zone.
    func hasFootInside(_ box: NormalizedBox) -> Bool {
        polygon.contains(box.foot(raisedBy: 0.05))
    }

    /// Whether a person with this box is in the zone; `scale` as in `isStanding`.
    func isPresent(_ box: NormalizedBox, scale: Double) -> Bool {
        switch anchor {
        case .overlap(let share): polygon.share(of: box) >= share * scale
        case .groundContact: polygon.contains(box.foot(raisedBy: 0.02))
        }
    }

    /// Whether an object of this class and size counts at all.
    func counts(_ object: Observation) -> Bool {
        classes.contains(object.classification.objectClass)
            && object.box.area >= minimumSize && object.box.area <= maximumSize
    }
}

extension NormalizedBox {
    /// The middle of the lower edge, raised by a share of the height off the very border.
    func foot(raisedBy share: Double) -> NormalizedPoint {
        NormalizedPoint(x: x + width / 2, y: y + height * (1 - share))
    }
}
