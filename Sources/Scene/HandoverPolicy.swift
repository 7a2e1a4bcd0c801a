/// How alerts are handed to those who send somebody: deadlines, leases, bounds, and what is held
/// back in a storm.
public struct HandoverPolicy: Hashable, Sendable, Codable {
    /// Time from finding to the order, 1 minute unless the site says otherwise.
    public var dispatchWithin: MediaSpan
    /// Time from the order to somebody on the spot, 5 minutes.
    public var arriveWithin: MediaSpan
    /// Time from the arrival to the report, 3 minutes.
    public var reportWithin: MediaSpan
    /// How often an alert that nobody takes gets louder, 3 times; 0 for never.
    public var escalations: Int
    /// An alert that was not taken this long after it was kept is no longer handed out, 24 hours.
    public var expireAfter: MediaSpan
    /// How long a claim holds unless the consumer asks for another time, 1 minute.
    public var lease: MediaSpan
    /// Claims of an alert before it is put aside as a dead letter, 5.
    public var tries: Int
    /// Bytes of events that are kept, 1 GiB.
    public var maximumBytes: Int64
    /// Age from which events are removed whatever became of them, 90 days.
    public var maximumAge: MediaSpan
    /// What is held back in a storm; nil for nothing.
    public var storms: StormPolicy?

    /// A policy; what is not given is usual.
    public init(
        dispatchWithin: MediaSpan = .seconds(60),
        arriveWithin: MediaSpan = .seconds(300),
        reportWithin: MediaSpan = .seconds(180),
        escalations: Int = 3,
        expireAfter: MediaSpan = .seconds(86_400),
        lease: MediaSpan = .seconds(60),
        tries: Int = 5,
        maximumBytes: Int64 = 1 << 30,
        maximumAge: MediaSpan = .seconds(90 * 86_400),
        storms: StormPolicy? = nil
    ) {
        self.dispatchWithin = dispatchWithin
        self.arriveWithin = arriveWithin
        self.reportWithin = reportWithin
        self.escalations = escalations
        self.expireAfter = expireAfter
        self.lease = lease
        self.tries = tries
        self.maximumBytes = maximumBytes
        self.maximumAge = maximumAge
        self.storms = storms
    }
}

/// When an alert is not handed out by itself because another one stands for it.
public struct StormPolicy: Hashable, Sendable, Codable {
    /// An alert of the same camera, zone and kind that opens this soon after the last one closed is
    /// covered by that one, 1 minute; zero for never.
    public var coolDown: MediaSpan
    /// Alerts of one kind that other cameras of the same place open this soon after the first are
    /// covered by it, 2 minutes; zero for never.
    public var mergeWithin: MediaSpan
    /// Alerts of one zone that are handed out within an hour; a summary stands for the rest, 20.
    public var ceiling: Int

    /// A policy; what is not given is usual.
    public init(
        coolDown: MediaSpan = .seconds(60),
        mergeWithin: MediaSpan = .seconds(120),
        ceiling: Int = 20
    ) {
        self.coolDown = coolDown
        self.mergeWithin = mergeWithin
        self.ceiling = ceiling
    }
}
