internal import Scene

/// Follows moving blobs on the boxes of the analysis picture.
///
/// SORT (Bewley et al. 2016) with a second pass over weak blobs (ByteTrack, Zhang et al. 2022), and
/// with updates, direction and recovery centred on observations (OC-SORT, Cao et al. 2023); what
/// somebody looks like decides between candidates, and members of a group keep their numbers.
struct Tracker: Hashable, Codable {
    var tracks: [Track] = []
    /// What the tracker goes by.
    let means: Means
    private var lastStep: MediaTime?
    /// How long what is followed may go unseen, what was seen often and is recognised by its look,
    /// and what is hidden in a group.
    private static let maximumAge = MediaSpan.seconds(2)
    private static let recognisedAge = MediaSpan.seconds(5)
    private static let companyAge = MediaSpan.seconds(10)
    private static let maximumTracks = 256
    /// How long it is remembered where a track ended.
    private static let memory = MediaSpan.seconds(20)
    private(set) var endings: [Ending] = []

    /// What a tracker goes by; tests leave one out to see what it is good for.
    struct Means: OptionSet, Hashable, Codable {
        let rawValue: Int
        /// The second pass over weak blobs.
        static let weakBlobs = Means(rawValue: 1)
        /// The way while it was not seen is made good for.
        static let updateBack = Means(rawValue: 2)
        /// The direction, between candidates.
        static let direction = Means(rawValue: 4)
        /// What it looks like, between candidates.
        static let look = Means(rawValue: 8)
        /// Where it was last seen, when it is not where it should be.
        static let recovery = Means(rawValue: 16)
        /// What is hidden in a group stays followed.
        static let groups = Means(rawValue: 32)
        /// What was seen often is recognised by its look for longer.
        static let memory = Means(rawValue: 64)
        static let all = Means(rawValue: 127)
    }

    /// Where a track was seen last.
    struct Ending: Hashable, Codable {
        var id: ObjectID
        var box: PixelBox
        var at: MediaTime
        var leader: Classification
        var hiding: Hiding?
    }

    init(means: Means = .all) {
        self.means = means
    }

    /// Follows one frame's blobs.
    ///
    /// - Parameters:
    ///   - sightings: what moves in the frame.
    ///   - view: what is known of the view.
    ///   - time: the frame's time.
    ///   - nextID: gives the number of a new track.
    mutating func step(
        _ sightings: [Sighting],
        in view: Surroundings,
        at time: MediaTime,
        nextID: () -> ObjectID
    ) {
        let seconds = lastStep.map { min(2, max(0, (time - $0).seconds)) } ?? 0
        lastStep = time
        for index in tracks.indices { tracks[index].predict(seconds: seconds) }
        var round = Round(sightings, in: view, at: time, tracks: tracks.count)
        pair(&round)
        takeIn(round)
        for index in sightings.indices
        where sightings[index].isStrong && round.tracks[index] == nil
            && tracks.count < Self.maximumTracks
        {
            tracks.append(Track(id: nextID(), sightings[index], at: time, in: view))
        }
        for index in tracks.indices where !tracks[index].isVisible {
            tracks[index].hiding = tracks[index].hiding ?? hiding(of: tracks[index], in: view)
        }
        for track in tracks.filter({ isOver($0, at: time) }) { end(track) }
        endings.removeAll { time - $0.at > Self.memory }
    }

    /// Whether a track has not been seen for too long.
    private func isOver(_ track: Track, at time: MediaTime) -> Bool {
        if let company = track.company {
            return time - company.since > Self.companyAge
        }
        let age = time - track.lastSeen
        if track.hits < Track.reportedHits { return age > .seconds(0.5) }
        return age > (isRecognisable(track) ? Self.recognisedAge : Self.maximumAge)
    }

    /// Whether it may be recognised by its look alone.
    func isRecognisable(_ track: Track) -> Bool {
        means.contains(.memory) && track.hits >= 8 && track.look != nil
            && tracks.count < Self.maximumTracks / 2
    }

    /// Where something may be that is not seen where it should be.
    private func hiding(of track: Track, in view: Surroundings) -> Hiding {
        let box = track.predicted
        let isOut =
            box.centerX < 0 || box.centerY < 0 || box.centerX >= Double(view.width)
            || box.centerY >= Double(view.height)
        if isOut || view.touchesEdge(track.measured) { return .edge }
        // What it is behind stands nearer, and so lower in the picture.
        let isCovered = view.standing.contains {
            Double($0.maxY) >= box.y + 0.9 * box.height
                && 10 * box.shared(with: Extent($0)) >= 3 * box.area
        }
        return isCovered ? .object : .open
    }

    private mutating func end(_ track: Track) {
        tracks.removeAll { $0.id == track.id }
        guard track.hits >= Track.reportedHits else { return }
        endings.append(ending(of: track))
        if endings.count > Self.maximumTracks { endings.removeFirst() }
    }

    func ending(of track: Track) -> Ending {
        Ending(
            id: track.id,
            box: track.measured,
            at: track.lastSeen,
            leader: track.votes.leader,
            hiding: track.hiding
        )
    }

    mutating func vote(at time: MediaTime, _ classify: (Track) -> Classification?) {
        for index in tracks.indices where tracks[index].isTelling {
            if let classification = classify(tracks[index]) {
                tracks[index].vote(classification, at: time)
            }
        }
    }

    /// Follows an object again that stood for a while, under the number it had.
    mutating func resume(
        _ id: ObjectID,
        since: MediaTime,
        _ sighting: Sighting,
        at time: MediaTime,
        in view: Surroundings
    ) {
        guard !tracks.contains(where: { $0.id == id }) else { return }
        var track = Track(id: id, sighting, at: since, in: view)
        track.resume(at: time)
        tracks.append(track)
    }

    /// Ends a track whose object stands now.
    mutating func remove(_ id: ObjectID) {
        tracks.removeAll { $0.id == id }
    }
}
