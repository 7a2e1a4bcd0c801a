internal import Scene

extension BackgroundPass {
    /// The vehicles as they are reported.
    var observations: [Observation] {
        residents.compactMap { resident in
            guard let id = resident.id else { return nil }
            return Observation(
                id: id,
                mobility: .static,
                box: resident.box,
                since: resident.since,
                presentAtStart: resident.isFromStart,
                isVisible: resident.isVisible,
                classification: Classification(.vehicle, confidence: resident.score),
                confidence: 0.8
            )
        }
    }

    /// Adds the vehicles to what else is seen, in each zone's closer view as well.
    func report(into frame: inout FrameObservations, zones: [DetectorOptions.Zone]) {
        let residents = observations
        guard !residents.isEmpty else { return }
        frame.objects = (frame.objects + residents).sorted { $0.id < $1.id }
        for index in frame.closeViews.indices {
            let view = frame.closeViews[index].zone
            guard let zone = zones.first(where: { $0.id == view }) else { continue }
            let within = residents.filter { $0.box.intersection(zone.polygon.bounds).area > 0 }
            let objects = frame.closeViews[index].objects + within
            frame.closeViews[index].objects = objects.sorted { $0.id < $1.id }
        }
    }

    /// The vehicles and those that may become some, for people to look at.
    ///
    /// - Parameters:
    ///   - width: columns of the analysis picture.
    ///   - height: rows of it.
    /// - Returns: those that are reported, and those that were not found often enough.
    func standing(width: Int, height: Int) -> [Inspection.Standing] {
        residents.map { resident in
            let box = resident.box.pixels(width: width, height: height)
            return Inspection.Standing(
                id: resident.id ?? ObjectID(rawValue: 0),
                box: box,
                isConfirmed: resident.id != nil,
                since: resident.since,
                found: resident.since,
                lastSeen: resident.lastSeen,
                presentAtStart: resident.isFromStart,
                isVisible: resident.isVisible,
                area: box.area,
                peakArea: box.area,
                matchingShare: 1,
                clearShare: 0,
                clearSince: nil,
                looks: resident.sightings + resident.misses,
                sightings: resident.sightings,
                restlessness: 0,
                crossings: 0,
                classification: Classification(.vehicle, confidence: resident.score),
                classOrigin: "the network, which finds it in the background",
                confidence: 0.8,
                verifiedAt: nil,
                tests: [
                    .atLeast(
                        "sightings",
                        "times that the network found it in the background",
                        Double(resident.sightings),
                        Double(Self.leastSightings)
                    ),
                    .atMost(
                        "misses",
                        "times since that the network did not",
                        Double(resident.misses),
                        2
                    ),
                ]
            )
        }
    }
}
