public import Rules
internal import Scene
public import Site

extension Truth {
    /// What a camera that a clip stands for is called.
    private static let cameraID = CameraID(rawValue: "clip")

    /// The camera that the clip stands for, with its scale and the rules of its zones.
    ///
    /// - Returns: the camera.
    /// - Throws: `EvaluationError` as `rules()` does.
    public func camera() throws(EvaluationError) -> CameraConfiguration {
        CameraConfiguration(id: Self.cameraID, name: "clip", scale: scale, zones: try rules())
    }

    /// The rules that the clip's zones stand for, in the usual settings of their kinds.
    ///
    /// Only the polygon, the dwell time and the waterline come from the truth: what is measured is
    /// the product as it is, not the product set up for one clip.
    /// - Returns: one rule a zone, in the order of `zones`.
    /// - Throws: `EvaluationError` for a kind that does not exist, an id given twice, or a
    ///   waterline that does not cut its zone in two.
    public func rules() throws(EvaluationError) -> [ZoneRule] {
        var rules: [ZoneRule] = []
        for (index, zone) in zones.enumerated() {
            guard let kind = ZoneKind(rawValue: zone.kind) else {
                let allowed = ZoneKind.allCases.map(\.rawValue).joined(separator: ", ")
                throw EvaluationError(
                    .invalidData,
                    "zones[\(index)].kind: \(zone.kind) is not one of \(allowed)"
                )
            }
            guard !rules.contains(where: { $0.id.rawValue == zone.id }) else {
                throw EvaluationError(
                    .invalidData,
                    "zones[\(index)].id: \(zone.id) is given twice; alerts could not be told apart"
                )
            }
            var rule = ZoneRule(
                id: ZoneID(rawValue: zone.id),
                kind: kind,
                polygon: polygon(of: zone)
            )
            if let dwell = zone.dwell {
                rule.dwell = .seconds(dwell)
            }
            if let water = zone.water, !zone.waterline.isEmpty {
                rule.water.depths = try depths(zone, index, water: water)
                rule.severity = .warning
            }
            rules.append(rule)
        }
        return rules
    }

    /// Bank, edge and water of a zone, with the usual dwell times of edge and water.
    private func depths(
        _ zone: Zone,
        _ index: Int,
        water: Corner
    ) throws(EvaluationError) -> WaterHandling.Depths {
        let cut: PolygonCut
        do throws(PolygonCut.Failure) {
            cut = try polygon(of: zone).cut(along: zone.waterline.map(point))
        } catch {
            throw EvaluationError(
                .invalidData,
                "zones[\(index)].waterline: does not cut the zone in two: \(error)"
            )
        }
        guard let part = cut.parts.first(where: { $0.contains(point(water)) }) else {
            throw EvaluationError(
                .invalidData,
                "zones[\(index)].water: lies on neither side of the waterline in the zone"
            )
        }
        let width = WaterHandling.Depths.usualWidth
        return WaterHandling.Depths(
            edgePlace: .band(along: cut.line, bodyHeights: width),
            waterPlace: part
        )
    }

    private func polygon(of zone: Zone) -> Polygon {
        Polygon(zone.polygon.map(point))
    }

    private func point(_ corner: Corner) -> NormalizedPoint {
        NormalizedPoint(x: corner.x / Double(width), y: corner.y / Double(height))
    }
}
