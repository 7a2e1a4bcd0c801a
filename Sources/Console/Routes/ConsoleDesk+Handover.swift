internal import Alerts
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import Scene

extension ConsoleDesk {
    /// What a body of `POST /v1/claims` asks for.
    private struct Wish: Sendable {
        var consumer: String
        var limit: Int
        var lease: MediaSpan?
        var filter: ClaimFilter
        var patience: Duration
    }

    func claim(_ ask: Ask) async throws -> Response {
        try ask.noQuery()
        var body = try await ask.body()
        let consumer = try body.actor(ask.caller)
        let camera = try body.string("camera", allowed: Words.identifier, Words.isIdentifier)
        let filter = ClaimFilter(
            camera: camera.map { CameraID(rawValue: $0) },
            kinds: try body.choices("kinds", ZoneKind.self),
            severity: try body.choice("severity", Severity.self)
        )
        let wish = Wish(
            consumer: consumer,
            limit: Int(try body.number("limit", 1...100, isWhole: true) ?? 1),
            lease: try body.number("lease", 1...3600).map { MediaSpan.seconds($0) },
            filter: filter,
            patience: .seconds(try body.number("wait", 0...60) ?? 0)
        )
        try body.finish()
        let claims = try await claim(wish, channel: ask.channel)
        return handing(claims)
    }

    /// Claims, and waits where nothing is to be had, as long as somebody is there to take it.
    private func claim(_ wish: Wish, channel: any Channel) async throws -> [ClaimedAlert] {
        let deadline = ContinuousClock.now + wish.patience
        var slot: Slot?
        defer { withExtendedLifetime(slot) {} }
        while true {
            let store = store
            let (seen, claims) = try await work.run {
                let seen = store.change
                let claims = try store.claim(
                    by: wish.consumer,
                    limit: wish.limit,
                    lease: wish.lease,
                    filter: wish.filter,
                    now: Self.now
                )
                return (seen, claims)
            }
            let isOver = ContinuousClock.now >= deadline || !channel.isActive || watch.isStopped
            if !claims.isEmpty || isOver { return claims }
            if slot == nil { slot = try Slot(of: waitingClaims) }
            // A lease may lapse without anybody writing: look at least once a second.
            await watch.wait(past: seen, until: min(deadline, .now + .seconds(1))) {
                !channel.isActive
            }
        }
    }

    /// Hands claims over; where the client is gone meanwhile, they are given back at once.
    private func handing(_ claims: [ClaimedAlert]) -> Response {
        let response = Answer.json("claims", claims.map { $0.jsonLine() })
        guard !claims.isEmpty else { return response }
        var handed = response
        let whole = response.body
        handed.body = ResponseBody(contentLength: whole.contentLength) { [self] writer in
            do {
                try await whole.write(writer)
            } catch {
                await giveBack(claims)
                throw error
            }
        }
        return handed
    }

    private func giveBack(_ claims: [ClaimedAlert]) async {
        let store = store
        do {
            try await work.run {
                for claim in claims {
                    try store.release(
                        claim: claim.claimID,
                        by: claim.consumer,
                        reason: "the consumer was gone before it got the claim",
                        now: Self.now
                    )
                }
            }
        } catch {
            logger.warning("claims that nobody took are held until their leases end: \(error)")
        }
    }

    func acknowledge(_ ask: Ask) async throws -> Response {
        let (claim, alert) = try ask.claim()
        return try await change(ask, alert) { _, actor in
            { store in try store.acknowledge(claims: [claim], by: actor, now: Self.now) }
        }
    }

    func release(_ ask: Ask) async throws -> Response {
        let (claim, alert) = try ask.claim()
        return try await change(ask, alert) { body, actor in
            let reason = try body.words("reason")
            return { store in
                try store.release(claim: claim, by: actor, reason: reason, now: Self.now)
            }
        }
    }

    func extend(_ ask: Ask) async throws -> Response {
        let (claim, alert) = try ask.claim()
        return try await change(ask, alert) { body, actor in
            let lease = try body.number("lease", 1...3600).map { MediaSpan.seconds($0) }
            return { store in
                _ = try store.extend(claim: claim, by: actor, lease: lease, now: Self.now)
            }
        }
    }

    func arrive(_ ask: Ask) async throws -> Response {
        let alert = try ask.alert()
        return try await change(ask, alert) { _, actor in
            { store in try store.arrive(alert: alert, by: actor, now: Self.now) }
        }
    }

    func report(_ ask: Ask) async throws -> Response {
        let alert = try ask.alert()
        return try await change(ask, alert) { body, actor in
            guard let verdict = try body.choice("verdict", Verdict.self) else {
                throw Problem(
                    .badBody,
                    "the member verdict is missing",
                    parameter: "verdict",
                    allowed: Words.list(Verdict.self)
                )
            }
            let text = try body.words("text")
            return { store in
                try store.report(alert: alert, verdict, text: text, by: actor, now: Self.now)
            }
        }
    }

    func retry(_ ask: Ask) async throws -> Response {
        let alert = try ask.alert()
        return try await change(ask, alert) { _, actor in
            { store in try store.retry(alert: alert, by: actor, now: Self.now) }
        }
    }

    /// Reads the body, does what it asks for, and answers with how the alert stands then.
    private func change(
        _ ask: Ask,
        _ alert: String,
        _ read: (inout BodyReader, String) throws -> @Sendable (AlertStore) throws -> Void
    ) async throws -> Response {
        try ask.noQuery()
        var body = try await ask.body()
        let actor = try body.actor(ask.caller)
        let act = try read(&body, actor)
        try body.finish()
        let store = store
        return Answer.json(
            try await work.run {
                try act(store)
                guard let record = try store.record(alert: alert) else {
                    throw Problem(.notFound, "there is no alert \(alert), or it was removed")
                }
                return record.jsonLine()
            }
        )
    }
}

/// One of some slots, for as long as the value lives.
final class Slot: Sendable {
    private let slots: Slots

    init(of slots: Slots) throws(Problem) {
        try slots.enter()
        self.slots = slots
    }

    deinit {
        slots.leave()
    }
}
