internal import Detection
internal import Scene

/// The runs in which the pixels of a place differ from the background; short ones are counted.
struct PixelRuns {
    /// Something to tell, at its begin.
    typealias Told = (time: MediaTime, text: String)

    private var changedSince: MediaTime?
    private var isToldChanged = false
    private var isSettled = false
    private var brief: (count: Int, first: MediaTime, last: MediaTime)?

    /// What lasts so long is told by itself.
    private static let patience = MediaSpan.seconds(2)

    /// Takes in one frame's patch.
    mutating func step(_ patch: Inspection.Patch, at time: MediaTime) -> [Told] {
        let isChanged = patch.changed * 2 > patch.box.area
        let hasSettled = patch.settled * 2 > patch.box.area
        var told: [Told] = []
        if isChanged, changedSince == nil { changedSince = time }
        if let since = changedSince, !isToldChanged, isChanged, time - since >= Self.patience {
            isToldChanged = true
            told += tellBrief()
            told.append((since, "the pixels differ from the background"))
        }
        if hasSettled != isSettled {
            isSettled = hasSettled
            if hasSettled {
                let since = patch.settledSince.map { ", at rest since \($0.tenths)" } ?? ""
                told.append((time, "something has settled\(since)"))
            } else {
                told.append((time, "what had settled is gone"))
            }
        }
        if !isChanged, let since = changedSince {
            if isToldChanged {
                told.append((time, "the pixels show the background again"))
            } else {
                let first = brief?.first ?? since
                brief = ((brief?.count ?? 0) + 1, first, time)
            }
            changedSince = nil
            isToldChanged = false
        }
        return told
    }

    /// What is left to tell at the end.
    mutating func finish(at time: MediaTime) -> [Told] {
        var told = tellBrief()
        if let since = changedSince, !isToldChanged {
            told.append((since, "the pixels differ from the background"))
        }
        return told
    }

    private mutating func tellBrief() -> [Told] {
        guard let brief else { return [] }
        self.brief = nil
        let times = brief.count == 1 ? "once" : "\(brief.count) times"
        let text = "something passed over the pixels \(times), until \(brief.last.tenths)"
        return [(brief.first, text)]
    }
}
