internal import Scene

extension ZoneRule {
    /// Share of the threshold below which what was inside is no longer inside, so that a box that
    /// breathes at the border does not come and go.
    static let leavingScale = 0.6

    /// Whether a thing with this box stands in the zone; `scale` scales the shares asked for: 1 to
    /// enter, `leavingScale` to stay.
    func isStanding(_ box: NormalizedBox, scale: Double) -> Bool {
        switch anchor {
        case .overlap(let share):
            return polygon.share(of: box) >= share * scale
        case .groundContact:
            let strip = NormalizedBox(
                x: box.x,
                y: box.y + 0.7 * box.height,
                width: box.width,
                height: 0.3 * box.height
            )
            let share = polygon.share(of: strip)
            if share >= 0.5 * scale { return true }
            return share >= 0.3 * scale && polygon.contains(box.foot(raisedBy: 0.05))
        }
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
    fileprivate func foot(raisedBy share: Double) -> NormalizedPoint {
        NormalizedPoint(x: x + width / 2, y: y + height * (1 - share))
    }
}
