internal import Detection
internal import Scene

/// Chooses the looks at each object that are kept: few, and spread over the time it is seen.
///
/// An object's looks are `spacing` apart at first. When there are too many, every second one is
/// dropped and the spacing doubled, so that no object's length need be known beforehand.
struct CropLooks {
    /// One look at one object.
    struct Look: Sendable {
        var time: MediaTime
        var observation: Observation
        /// Columns and rows of the picture that it was cut from.
        var size: (width: Int, height: Int)
        var patch: CropPatch
    }

    /// Looks at an object at most.
    let most: Int
    /// Time between two looks at an object at least.
    let spacing: MediaSpan

    /// How long an object must be away before its looks are handed out.
    private static let patience = MediaSpan.seconds(60)

    private struct Gathered {
        var spacing: MediaSpan
        var lastReported: MediaTime
        var looks: [Look] = []
    }

    private var gathered: [ObjectID: Gathered] = [:]

    init(most: Int, spacing: MediaSpan) {
        precondition(most >= 2 && spacing > .zero, "Two looks with time between them at least")
        self.most = most
        self.spacing = spacing
    }

    /// Notes what the detector reports, and keeps those of the crops that are due.
    ///
    /// - Parameters:
    ///   - observations: everything reported at a moment.
    ///   - size: columns and rows of the picture.
    ///   - crops: makes the crops of that moment; called only where one is due.
    mutating func add(
        _ observations: FrameObservations,
        _ size: (width: Int, height: Int),
        crops: () -> [Crop]
    ) {
        var due: [ObjectID: Observation] = [:]
        for object in observations.objects {
            let id = object.id
            gathered[id, default: Gathered(spacing: spacing, lastReported: observations.time)]
                .lastReported = observations.time
            guard object.isVisible, isDue(id, at: observations.time) else { continue }
            due[id] = object
        }
        guard !due.isEmpty else { return }
        for crop in crops() {
            guard let object = due[crop.id] else { continue }
            let time = observations.time
            keep(Look(time: time, observation: object, size: size, patch: crop.patch))
        }
    }

    private func isDue(_ id: ObjectID, at time: MediaTime) -> Bool {
        guard let kept = gathered[id], let last = kept.looks.last else { return true }
        return time - last.time >= kept.spacing
    }

    private mutating func keep(_ look: Look) {
        guard var kept = gathered[look.observation.id] else { return }
        kept.looks.append(look)
        if kept.looks.count > most {
            kept.looks = stride(from: 0, to: kept.looks.count, by: 2).map { kept.looks[$0] }
            kept.spacing = kept.spacing + kept.spacing
        }
        gathered[look.observation.id] = kept
    }

    /// Hands out the looks at objects that have been away for a minute, or at all of them.
    ///
    /// - Parameter time: the present; nil at the end of the recording.
    /// - Returns: the looks in order of objects and times; they are forgotten here.
    mutating func finished(at time: MediaTime?) -> [Look] {
        let ids = gathered.filter { _, kept in
            time.map { $0 - kept.lastReported > Self.patience } ?? true
        }.keys.sorted { $0.rawValue < $1.rawValue }
        return ids.flatMap { gathered.removeValue(forKey: $0)?.looks ?? [] }
    }
}
