internal import Scene

/// Follows moving blobs on the boxes of the analysis picture.
///
/// SORT (Bewley et al. 2016) with a second pass over weak blobs (ByteTrack, Zhang et al. 2022).
struct Tracker: Hashable, Codable {
    private(set) var tracks: [Track] = []
    private var lastStep: MediaTime?
    private static let maximumAge = MediaSpan.seconds(2)
    private static let maximumTracks = 256
    /// How long it is remembered where a track ended.
    private static let memory = MediaSpan.seconds(20)
    private var endings: [Ending] = []

    /// Where a track was seen last.
    private struct Ending: Hashable, Codable {
        var box: PixelBox
        var at: MediaTime
        var leader: Classification
    }

    /// Follows one frame's blobs.
    ///
    /// - Parameters:
    ///   - blobs: what moves in the frame.
    ///   - time: the frame's time.
    ///   - nextID: gives the number of a new track.
    mutating func step(_ blobs: [MovingBlob], at time: MediaTime, nextID: () -> ObjectID) {
        let seconds = lastStep.map { min(2, max(0, (time - $0).seconds)) } ?? 0
        lastStep = time
        for index in tracks.indices { tracks[index].predict(seconds: seconds) }
        let strong = blobs.indices.filter { blobs[$0].isStrong }
        let weak = blobs.indices.filter { !blobs[$0].isStrong }
        let left = associate(Array(tracks.indices), strong, blobs, at: time)
        _ = associate(left.tracks, weak, blobs, at: time)
        for index in left.blobs where tracks.count < Self.maximumTracks {
            tracks.append(Track(id: nextID(), box: blobs[index].box, at: time))
        }
        let lost = tracks.filter { track in
            let age = time - track.lastSeen
            return age > (track.hits < 3 ? MediaSpan.seconds(0.5) : Self.maximumAge)
        }
        for track in lost { end(track) }
        endings.removeAll { time - $0.at > Self.memory }
    }

    private mutating func end(_ track: Track) {
        tracks.removeAll { $0.id == track.id }
        guard track.hits >= 3 else { return }
        endings.append(Ending(box: track.measured, at: track.lastSeen, leader: track.votes.leader))
        if endings.count > Self.maximumTracks { endings.removeFirst() }
    }

    /// What walked into a box and came to rest there at about a time; nil where that is not known,
    /// or the box is far larger than who came.
    func arrivals(in box: PixelBox, at time: MediaTime) -> ObjectClass? {
        let current = tracks.map {
            Ending(box: $0.measured, at: $0.lastSeen, leader: $0.votes.leader)
        }
        var people: PixelBox?
        var surest = 0.0
        for ending in endings + current {
            guard ending.at >= time - .seconds(3), let shared = ending.box.intersection(box),
                shared.area * 10 >= ending.box.area * 7,
                ending.leader.objectClass == .person, ending.leader.confidence >= 0.4
            else { continue }
            surest = max(surest, ending.leader.confidence)
            people = people.map { $0.union(shared) } ?? shared
        }
        guard let people, surest >= 0.6, people.area * 10 >= box.area * 6 else { return nil }
        return .person
    }

    /// Pairs tracks with blobs and takes the pairs in.
    ///
    /// - Returns: tracks and blobs that found no partner.
    private mutating func associate(
        _ candidates: [Int],
        _ measured: [Int],
        _ blobs: [MovingBlob],
        at time: MediaTime
    ) -> (tracks: [Int], blobs: [Int]) {
        guard !candidates.isEmpty, !measured.isEmpty else { return (candidates, measured) }
        let costs = candidates.map { track in
            measured.map { Self.cost(tracks[track], blobs[$0].box) }
        }
        let pairs = Assignment.solve(costs, limit: 1)
        var free = Set(measured)
        var lonely: [Int] = []
        for (row, column) in pairs.enumerated() {
            guard let column else {
                lonely.append(candidates[row])
                continue
            }
            tracks[candidates[row]].correct(blobs[measured[column]].box, at: time)
            free.remove(measured[column])
        }
        return (lonely, measured.filter(free.contains))
    }

    /// 0 for the same box, 1 or more for a pair that cannot be.
    private static func cost(_ track: Track, _ box: PixelBox) -> Double {
        let p = track.predicted
        let (width, height) = (Double(box.width), Double(box.height))
        let across = min(p.x + p.width, Double(box.maxX)) - max(p.x, Double(box.x))
        let down = min(p.y + p.height, Double(box.maxY)) - max(p.y, Double(box.y))
        let shared = max(0, across) * max(0, down)
        let overlap = shared / (p.width * p.height + width * height - shared)
        let dx = p.x + p.width / 2 - Double(box.x) - width / 2
        let dy = p.y + p.height / 2 - Double(box.y) - height / 2
        let diagonal =
            (max(p.width, width) * max(p.width, width)
            + max(p.height, height) * max(p.height, height)).squareRoot()
        let distance = (dx * dx + dy * dy).squareRoot() / max(6, diagonal)
        // A body does not become a fifth or five times its size from one frame to the next.
        let (size, measured) = (p.width * p.height, width * height)
        guard measured <= 5 * size, size <= 5 * measured else { return 2 }
        guard overlap >= 0.15 || distance <= 0.7 else { return 2 }
        return 0.6 * (1 - overlap) + 0.4 * min(1, distance)
    }

    /// Boxes of what is seen and was followed for a while, and stands or moves at a walk: pieces of
    /// it may come to rest before the whole does.
    var bodies: [PixelBox] {
        tracks.filter { track in
            let leader = track.votes.leader
            let isPerson = leader.objectClass == .person && leader.confidence >= 0.5
            return track.isVisible && track.hits >= 5
                && (isPerson || track.bodyLengthsPerSecond < 0.5)
        }
        .map(\.measured)
    }

    /// The visible track whose box overlaps a box most, at least by half.
    func bestOverlap(with box: PixelBox) -> Track? {
        var best: (track: Track, overlap: Double)?
        for track in tracks {
            guard let shared = track.measured.intersection(box) else { continue }
            let union = track.measured.area + box.area - shared.area
            let overlap = Double(shared.area) / Double(union)
            if overlap >= 0.5, overlap > (best?.overlap ?? 0) { best = (track, overlap) }
        }
        return best?.track
    }

    mutating func vote(_ classify: (Track) -> Classification?) {
        for index in tracks.indices where tracks[index].isTelling {
            if let classification = classify(tracks[index]) {
                tracks[index].vote(classification)
            }
        }
    }

    /// Follows an object again that stood for a while, under the number it had.
    mutating func resume(_ id: ObjectID, since: MediaTime, box: PixelBox, at time: MediaTime) {
        guard !tracks.contains(where: { $0.id == id }) else { return }
        var track = Track(id: id, box: box, at: since)
        track.resume(at: time)
        tracks.append(track)
    }

    /// Ends a track whose object stands now.
    mutating func remove(_ id: ObjectID) {
        tracks.removeAll { $0.id == id }
    }
}
