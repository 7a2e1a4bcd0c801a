internal import Foundation
internal import GRDB
public import Scene
internal import Synchronization

/// The queue as the dispatch core uses it. Times are handed in as `now`; calls block on the disk.
extension AlertStore {
    /// What holds for the hand-over.
    public var policy: HandoverPolicy { keptPolicy.withLock { $0 } }

    /// Makes a policy hold, here and for whoever opens the queue from now on.
    ///
    /// - Throws: `AlertError` where the queue cannot be written.
    public func adopt(_ policy: HandoverPolicy, now: Instant) throws(AlertError) {
        try changing("cannot set the policy of \(path)", now: now) { work in
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            let text = String(decoding: try encoder.encode(policy), as: UTF8.self)
            let same = try work.row("SELECT value FROM setting WHERE name = 'policy'")
            guard same?["value"] != text else { return }
            try work.run(
                """
                INSERT INTO setting VALUES ('policy', ?)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value
                """,
                [text]
            )
        }
        keptPolicy.withLock { $0 = policy }
    }

    /// Gives the most urgent alerts to a consumer, which holds them until its lease ends.
    ///
    /// The most urgent come first, then those whose order is due first. No alert is ever held by
    /// two consumers.
    /// - Parameters:
    ///   - consumer: Names the consumer: 1 to 64 letters, digits and `.`, `_`, `-`, `@`, `:`.
    ///   - limit: At most this many, 1 to 1000.
    ///   - lease: How long they are held, 1 second to 1 hour; nil for what the policy says.
    ///   - filter: Which alerts it takes.
    ///   - now: The time.
    /// - Returns: The alerts; none where nothing waits.
    /// - Throws: `AlertError`; then nothing is claimed.
    public func claim(
        by consumer: String,
        limit: Int = 1,
        lease: MediaSpan? = nil,
        filter: ClaimFilter = ClaimFilter(),
        now: Instant
    ) throws(AlertError) -> [ClaimedAlert] {
        try Self.checkName(consumer)
        guard (1...1000).contains(limit) else {
            throw AlertError(.invalidData, "cannot claim \(limit) alerts; give 1 to 1000")
        }
        let lease = try Self.checked(lease ?? policy.lease)
        // Many ask and few get: who only looks does not hold up those who write.
        let isAnyDue = try rows(
            """
            SELECT 1 WHERE EXISTS (SELECT 1 FROM matter WHERE state = 'pending')
                OR EXISTS (SELECT 1 FROM claim WHERE endedAt IS NULL AND leaseUntil <= ?)
            """,
            [now.microseconds]
        )
        guard !isAnyDue.isEmpty else { return [] }
        return try changing("cannot claim from \(path)", now: now) { work in
            try work.claim(by: consumer, limit: limit, lease: lease, filter: filter)
        }
    }

    /// Tells that the orders have gone out: the alerts are not handed out again.
    ///
    /// - Parameters:
    ///   - claims: Names of claims; with one that is refused, none is acknowledged.
    ///   - consumer: Who holds them.
    ///   - now: The time.
    /// - Throws: `AlertError`: `missing` where there is no such claim, `conflict` where it is
    ///   another's or over. A repeat is harmless.
    public func acknowledge(
        claims: [String],
        by consumer: String,
        now: Instant
    ) throws(AlertError) {
        try Self.checkName(consumer)
        try changing("cannot acknowledge in \(path)", now: now) { work in
            for claim in claims { try work.acknowledge(claim, by: consumer) }
        }
    }

    /// Gives an alert back: another consumer may claim it at once.
    ///
    /// - Parameters:
    ///   - claim: Names the claim.
    ///   - consumer: Who holds it.
    ///   - reason: Why, in words; up to 4096 bytes.
    ///   - now: The time.
    /// - Throws: `AlertError` as `acknowledge(claims:by:now:)`.
    public func release(
        claim: String,
        by consumer: String,
        reason: String? = nil,
        now: Instant
    ) throws(AlertError) {
        try Self.checkName(consumer)
        try Self.checkText(reason)
        try changing("cannot release in \(path)", now: now) { work in
            try work.release(claim, by: consumer, reason: reason)
        }
    }

    /// Holds an alert longer.
    ///
    /// - Parameters:
    ///   - claim: Names the claim.
    ///   - consumer: Who holds it.
    ///   - lease: How long from now on; nil for what the policy says. A lease is never shortened.
    ///   - now: The time.
    /// - Returns: Until when it is held.
    /// - Throws: `AlertError` as `acknowledge(claims:by:now:)`.
    public func extend(
        claim: String,
        by consumer: String,
        lease: MediaSpan? = nil,
        now: Instant
    ) throws(AlertError) -> Instant {
        try Self.checkName(consumer)
        let lease = try Self.checked(lease ?? policy.lease)
        return try changing("cannot extend a claim in \(path)", now: now) { work in
            try work.extend(claim, by: consumer, lease: lease)
        }
    }

    /// Tells that somebody is on the spot; whoever holds the alert has given the order by that.
    ///
    /// - Parameters:
    ///   - alert: The alert's whole id.
    ///   - actor: Who says so.
    ///   - now: The time.
    /// - Throws: `AlertError`: `missing`, or `conflict` where the alert was not acknowledged.
    public func arrive(
        alert: String,
        by actor: String,
        now: Instant
    ) throws(AlertError) {
        try Self.checkName(actor)
        try changing("cannot note the arrival in \(path)", now: now) { work in
            try work.arrive(alert, by: actor)
        }
    }

    /// Keeps what an alert came to, whatever state it is in, unless somebody else holds it.
    ///
    /// - Parameters:
    ///   - alert: The alert's whole id.
    ///   - verdict: What was found. A later one takes the place of an earlier one.
    ///   - text: In words; up to 4096 bytes.
    ///   - actor: Who says so.
    ///   - now: The time.
    /// - Throws: `AlertError`: `missing`, or `conflict` where another consumer holds it.
    public func report(
        alert: String,
        _ verdict: Verdict,
        text: String? = nil,
        by actor: String,
        now: Instant
    ) throws(AlertError) {
        try Self.checkName(actor)
        try Self.checkText(text)
        try changing("cannot keep the report in \(path)", now: now) { work in
            try work.report(alert, verdict, text: text, by: actor)
        }
    }

    /// Puts what is dead, expired or covered back into the queue.
    ///
    /// - Parameters:
    ///   - alert: The alert's whole id.
    ///   - actor: Who says so.
    ///   - now: The time.
    /// - Throws: `AlertError`: `missing`, or `conflict` where it is none of these.
    public func retry(alert: String, by actor: String, now: Instant) throws(AlertError) {
        try Self.checkName(actor)
        try changing("cannot put back into \(path)", now: now) { work in
            try work.retry(alert, by: actor)
        }
    }

    /// Does what is due: call it about once a second where events come from.
    ///
    /// - Parameters:
    ///   - now: The time.
    ///   - durable: When events were on the disk, which is known only after their commit; for
    ///     whoever measures delays.
    /// - Returns: What was done; events that the queue told itself are in the log already.
    /// - Throws: `AlertError`; then nothing was done, and the next turn does it.
    public func tick(
        now: Instant,
        durable: [DurableTime] = []
    ) throws(AlertError) -> QueueTick {
        try changing("cannot keep the clock of \(path)", now: now) { work in
            for time in durable {
                try work.run(
                    "UPDATE event SET durableAt = ? WHERE source = ? AND id = ?",
                    [time.at.microseconds, time.source, time.id]
                )
            }
            return try work.tick()
        }
    }

    static func checkName(_ name: String) throws(AlertError) {
        let signs = Set(".-_@:".utf8)
        let isPlain = name.utf8.allSatisfy { byte in
            let character = Character(UnicodeScalar(byte))
            return byte < 128 && (character.isLetter || character.isNumber || signs.contains(byte))
        }
        guard isPlain, (1...64).contains(name.utf8.count) else {
            throw AlertError(
                .invalidData,
                "\"\(name.prefix(80))\" is no name; give 1 to 64 letters a-z, digits and . _ - @ :"
            )
        }
    }

    private static func checkText(_ text: String?) throws(AlertError) {
        guard let count = text?.utf8.count, count > 4096 else { return }
        throw AlertError(.invalidData, "the text has \(count) bytes; give at most 4096")
    }

    private static func checked(_ lease: MediaSpan) throws(AlertError) -> MediaSpan {
        guard lease >= .seconds(1), lease <= .seconds(3600) else {
            throw AlertError(
                .invalidData,
                "a lease of \(lease.seconds) s is out of range; give 1 s to 3600 s"
            )
        }
        return lease
    }
}
