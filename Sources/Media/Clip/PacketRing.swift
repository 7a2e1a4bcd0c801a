internal import CFFmpeg
public import Scene
internal import Synchronization

/// The latest packets of one stream as they came, from a key frame on, bounded by time and bytes.
///
/// Given to a `VideoReader`, it keeps what the decoder is fed with; nothing is copied. Safe to use
/// from many threads.
public final class PacketRing: Sendable {
    /// How much is kept.
    public struct Limits: Hashable, Sendable {
        /// At least this long, where the bytes allow it: whole groups of pictures are kept.
        public var span: MediaSpan
        /// At most this many bytes of packets, key frames of long ago included.
        public var bytes: Int
        /// Of what is older than `span`, a key frame is kept each time this long has passed.
        public var landmarkSpacing: MediaSpan
        /// At most this many such key frames.
        public var landmarks: Int

        /// Limits; usually no key frames of long ago.
        public init(
            span: MediaSpan,
            bytes: Int,
            landmarkSpacing: MediaSpan = .seconds(2),
            landmarks: Int = 0
        ) {
            self.span = span
            self.bytes = bytes
            self.landmarkSpacing = landmarkSpacing
            self.landmarks = landmarks
        }
    }

    private struct State {
        /// Groups of packets that begin with a key frame, in the order of decoding.
        var groups: [[StreamPacket]] = []
        var landmarks: [StreamPacket] = []
        var bytes = 0
        var form: StreamForm?
        /// A frame's stamp and time, from which those of packets that gave no frame are worked out.
        var tie: (ticks: Int64, time: MediaTime)?
        /// Times of frames whose packets are in the ring, by stamp.
        var times: [Int64: MediaTime] = [:]
        var overflows = 0
    }

    /// Time between frames where nothing says any.
    private static let step = MediaSpan.seconds(0.04)
    /// Neighbours in a stream are no further apart.
    private static let farthest: Int64 = 30_000_000
    /// A hundred days: no stamp of a stream that is held is further from another.
    private static let longest: Int64 = 8_640_000_000_000

    private let limits: Limits
    private let state = Mutex(State())

    /// An empty ring.
    public init(_ limits: Limits) {
        self.limits = limits
    }

    /// Bytes of the packets that are held.
    public var bytes: Int { state.withLock(\.bytes) }

    /// How often packets were dropped because a group alone was over the bytes.
    public var overflows: Int { state.withLock(\.overflows) }

    /// Begins with a stream; what was held of another is dropped.
    func begin(_ form: StreamForm) {
        state.withLock { state in
            state = State()
            state.form = form
        }
    }

    /// Keeps a packet that the decoder is about to be given.
    func add(_ packet: UnsafeMutablePointer<AVPacket>) {
        guard let kept = StreamPacket(packet) else { return }
        state.withLock { state in
            if kept.isKey {
                state.groups.append([kept])
            } else {
                guard !state.groups.isEmpty else { return }
                state.groups[state.groups.count - 1].append(kept)
            }
            state.bytes += kept.size
            trim(&state)
        }
    }

    /// Notes at which time the frame of a stamp is shown.
    func note(ticks: Int64, at time: MediaTime) {
        state.withLock { state in
            state.tie = (ticks, time)
            state.times[ticks] = time
            // More frames than packets are held: those of groups that are gone.
            guard state.times.count > 2 * state.groups.reduce(64, { $0 + $1.count }) else { return }
            let held = Set(state.groups.joined().compactMap(\.pts))
            let marked = Set(state.landmarks.compactMap(\.pts))
            state.times = state.times.filter { held.contains($0.key) || marked.contains($0.key) }
        }
    }

    /// The packets from the last key frame at or before a moment up to another moment.
    ///
    /// - Parameters:
    ///   - start: from here on, where it is held; else from the oldest key frame.
    ///   - end: frames that are shown later are left out, where no other needs them.
    /// - Returns: nil where nothing of it is held.
    public func section(from start: MediaTime, to end: MediaTime) -> ClipSource? {
        state.withLock { state in
            guard let form = state.form, !state.groups.isEmpty else { return nil }
            let firsts = state.groups.map { $0.first.flatMap { time(of: $0, state) } }
            let first =
                firsts.lastIndex { $0.map { $0 <= start } ?? false }
                ?? firsts.firstIndex { $0 != nil }
            guard let first, var latest = firsts[first] else { return nil }
            var timed: [ClipSource.Timed] = []
            for packet in state.groups[first...].joined() {
                var time = time(of: packet, state) ?? latest + Self.step
                // A stamp that makes no sense, of a packet that no frame came out of.
                if abs((time - latest).microseconds) > Self.farthest { time = latest + Self.step }
                timed.append(ClipSource.Timed(packet: packet, time: time))
                latest = max(latest, time)
            }
            // Frames are left out from the end of the decoding order only.
            while let last = timed.last, last.time > end { timed.removeLast() }
            guard let opening = timed.first, opening.time <= end else { return nil }
            return ClipSource(form: form, packets: timed)
        }
    }

    /// The key frame that is nearest to a moment, and from where on the ring holds any.
    ///
    /// - Parameter time: the moment.
    /// - Returns: the key frame with its time; nil where none is held.
    public func keyframe(near time: MediaTime) -> ClipSource? {
        state.withLock { state in
            guard let form = state.form else { return nil }
            let keys = state.landmarks + state.groups.compactMap(\.first)
            let timed = keys.compactMap { packet in
                self.time(of: packet, state).map { ClipSource.Timed(packet: packet, time: $0) }
            }
            let nearest = timed.min { a, b in
                abs((a.time - time).microseconds) < abs((b.time - time).microseconds)
            }
            return nearest.map { ClipSource(form: form, packets: [$0]) }
        }
    }

    private func time(of packet: StreamPacket, _ state: State) -> MediaTime? {
        guard let pts = packet.pts else { return nil }
        if let time = state.times[pts] { return time }
        guard let tie = state.tie, let form = state.form else { return nil }
        let (ticks, isOver) = pts.subtractingReportingOverflow(tie.ticks)
        guard !isOver else { return nil }
        let span = form.microseconds(ticks)
        guard abs(Double(span)) < Double(Self.longest) else { return nil }
        return tie.time + MediaSpan(microseconds: span)
    }

    /// Drops groups from the front while the rest is long enough, or there are too many bytes.
    private func trim(_ state: inout State) {
        while state.groups.count > 1 {
            let isLong: Bool
            if let newest = state.groups.last?.last.flatMap({ time(of: $0, state) }),
                let second = state.groups[1].first.flatMap({ time(of: $0, state) })
            {
                isLong = newest - second >= limits.span
            } else {
                isLong = state.groups.count > 600
            }
            guard isLong || state.bytes > limits.bytes else { break }
            retire(state.groups.removeFirst(), &state)
        }
        while state.bytes > limits.bytes, !state.landmarks.isEmpty {
            state.bytes -= state.landmarks.removeFirst().size
        }
        guard state.bytes > limits.bytes else { return }
        state.overflows += 1
        state.groups = []
        state.landmarks = []
        state.times = [:]
        state.bytes = 0
    }

    /// Lets go of a group, and keeps its key frame where one is due.
    private func retire(_ group: [StreamPacket], _ state: inout State) {
        state.bytes -= group.reduce(0) { $0 + $1.size }
        guard limits.landmarks > 0, let key = group.first, let time = time(of: key, state) else {
            return
        }
        if let last = state.landmarks.last.flatMap({ self.time(of: $0, state) }),
            time - last < limits.landmarkSpacing
        {
            return
        }
        state.landmarks.append(key)
        state.bytes += key.size
        if state.landmarks.count > limits.landmarks {
            state.bytes -= state.landmarks.removeFirst().size
        }
    }
}

/// Packets of one stream with their times: what a clip or a picture is made of.
public struct ClipSource: Sendable {
    struct Timed: Sendable {
        let packet: StreamPacket
        let time: MediaTime
    }

    let form: StreamForm
    /// In the order of decoding; the first is a key frame.
    let packets: [Timed]

    /// The time of the first frame that is shown.
    public var start: MediaTime { packets.map(\.time).min() ?? .zero }
    /// The time of the last frame that is shown.
    public var end: MediaTime { packets.map(\.time).max() ?? .zero }
    /// Bytes of all packets.
    public var bytes: Int { packets.reduce(0) { $0 + $1.packet.size } }
}

/// One packet, which shares its bytes with whoever else holds it.
final class StreamPacket: Sendable {
    let isKey: Bool
    let size: Int
    /// When it is shown, in ticks of its stream.
    let pts: Int64?

    // Sendable: nobody writes to the packet after `init`, and FFmpeg counts references atomically.
    nonisolated(unsafe) let raw: UnsafeMutablePointer<AVPacket>

    /// Another reference to a packet's bytes; nil without memory.
    init?(_ packet: UnsafeMutablePointer<AVPacket>) {
        guard let clone = av_packet_clone(packet) else { return nil }
        raw = clone
        isKey = clone.pointee.flags & AV_PKT_FLAG_KEY != 0
        size = Int(clone.pointee.size)
        pts =
            clone.pointee.pts != FF_NOPTS_VALUE
            ? clone.pointee.pts : clone.pointee.dts != FF_NOPTS_VALUE ? clone.pointee.dts : nil
    }

    deinit {
        var owned: UnsafeMutablePointer<AVPacket>? = raw
        av_packet_free(&owned)
    }
}

/// How a stream is coded and counts time.
final class StreamForm: Sendable {
    let timeBase: AVRational
    // Sendable: nobody writes to the parameters after `init`.
    nonisolated(unsafe) let parameters: UnsafeMutablePointer<AVCodecParameters>

    init?(_ stream: UnsafeMutablePointer<AVStream>) {
        guard let copy = avcodec_parameters_alloc() else { return nil }
        parameters = copy
        timeBase = stream.pointee.time_base
        guard avcodec_parameters_copy(copy, stream.pointee.codecpar) >= 0 else { return nil }
    }

    deinit {
        var owned: UnsafeMutablePointer<AVCodecParameters>? = parameters
        avcodec_parameters_free(&owned)
    }

    func microseconds(_ ticks: Int64) -> Int64 {
        av_rescale_q(ticks, timeBase, FF_TIME_BASE_Q)
    }
}
