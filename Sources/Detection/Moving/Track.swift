internal import Scene

/// One moving object followed from frame to frame.
struct Track: Hashable, Codable {
    /// Frames that must have seen it before it is reported.
    static let reportedHits = 3

    let id: ObjectID
    let firstSeen: MediaTime
    private(set) var lastSeen: MediaTime
    private(set) var hits = 1
    private(set) var isVisible = true
    private(set) var votes = ClassVotes()
    /// Length of the way so far and where it began, in pixels.
    private(set) var path = 0.0
    private let start: Place
    private var corner: Place

    private struct Place: Hashable, Codable {
        var x: Double
        var y: Double
    }

    private var x: Kalman
    private var y: Kalman
    private var width: Kalman
    private var height: Kalman
    /// The box as last measured.
    private(set) var measured: PixelBox

    init(id: ObjectID, box: PixelBox, at time: MediaTime) {
        self.id = id
        firstSeen = time
        lastSeen = time
        measured = box
        let deviation = max(2, Double(box.height) * 0.1)
        x = Kalman(position: Double(box.x) + Double(box.width) / 2, deviation: deviation)
        y = Kalman(position: Double(box.y) + Double(box.height) / 2, deviation: deviation)
        width = Kalman(position: Double(box.width), deviation: deviation)
        height = Kalman(position: Double(box.height), deviation: deviation)
        start = Place(x: x.position, y: y.position)
        corner = start
    }

    /// Goes on as a track that has proved itself.
    mutating func resume(at time: MediaTime) {
        lastSeen = time
        hits = 3
        votes.add(Classification(.person, confidence: 1))
    }

    /// Where the object should be now.
    var predicted: (x: Double, y: Double, width: Double, height: Double) {
        (
            x.position - width.position / 2, y.position - height.position / 2,
            max(1, width.position), max(1, height.position)
        )
    }

    /// Speed in heights of the object a second.
    var bodyLengthsPerSecond: Double {
        (x.velocity * x.velocity + y.velocity * y.velocity).squareRoot()
            / max(4, height.position)
    }

    /// Way over distance from the start, at least 1.
    var tortuosity: Double {
        let dx = x.position - start.x
        let dy = y.position - start.y
        return max(1, path / max(1, (dx * dx + dy * dy).squareRoot()))
    }

    /// Whether its shape tells what it is: it is seen, and has not come to rest, where it may have
    /// merged with others, nor just changed its size.
    var isTelling: Bool {
        guard isVisible else { return false }
        let isSteady = Double(measured.area) <= 1.5 * width.position * height.position
        return path == 0 || (bodyLengthsPerSecond >= 0.15 && isSteady)
    }

    /// Whether it is surely a person on foot: upright, and already a body's length on the way.
    var isWalkingPerson: Bool {
        let leader = votes.leader
        return isTelling && hits >= 5 && path >= height.position
            && leader.objectClass == .person && leader.confidence >= 0.7
            && measured.height * 10 >= measured.width * 19 && measured.height <= measured.width * 4
    }

    mutating func predict(seconds: Double) {
        let unit = max(4, height.position)
        let acceleration = unit * unit * 2
        x.predict(seconds: seconds, acceleration: acceleration)
        y.predict(seconds: seconds, acceleration: acceleration)
        width.predict(seconds: seconds, acceleration: acceleration / 8)
        height.predict(seconds: seconds, acceleration: acceleration / 8)
        isVisible = false
    }

    mutating func correct(_ box: PixelBox, at time: MediaTime) {
        let deviation = max(1.5, Double(box.height) * 0.08)
        x.correct(Double(box.x) + Double(box.width) / 2, deviation: deviation)
        y.correct(Double(box.y) + Double(box.height) / 2, deviation: deviation)
        width.correct(Double(box.width), deviation: deviation)
        height.correct(Double(box.height), deviation: deviation)
        measured = box
        lastSeen = time
        hits += 1
        isVisible = true
        // Steps shorter than a tenth of the body are shivers of the box, not way.
        let (dx, dy) = (x.position - corner.x, y.position - corner.y)
        let step = (dx * dx + dy * dy).squareRoot()
        if step >= max(2, height.position * 0.1) {
            path += step
            corner = Place(x: x.position, y: y.position)
        }
    }

    mutating func vote(_ classification: Classification) {
        votes.add(classification)
    }
}
