internal import Scene

extension ClaimedAlert {
    /// The claim and its event as it is handed out, as canonical JSON on one line.
    public func jsonLine() -> String {
        var json = CanonicalJSON()
        json.string("claim", claimID)
        json.string("consumer", consumer)
        json.string("leaseUntil", leaseUntil.rfc3339)
        json.integer("attempt", attempt)
        json.string("alertId", alertID)
        json.string("severity", severity.rawValue)
        json.raw("event", event.delivered)
        return json.finished
    }
}

extension HandoverRecord {
    /// How the alert stands as canonical JSON on one line.
    public func jsonLine() -> String {
        var json = CanonicalJSON()
        json.string("alertId", alertID)
        json.string("state", state.rawValue)
        json.string("severity", severity.rawValue)
        json.string("dispatchBy", dispatchBy.rfc3339)
        json.string("arriveBy", arriveBy.rfc3339)
        json.string("reportBy", reportBy.rfc3339)
        json.string("expiresAt", expiresAt.rfc3339)
        json.integer("escalation", escalation)
        json.integer("covers", covers)
        json.string("coveredBy", ifPresent: coveredBy)
        if let claim {
            json.object("claim") { json in
                json.string("id", claim.id)
                json.string("consumer", claim.consumer)
                json.string("leaseUntil", claim.leaseUntil.rfc3339)
            }
        }
        if let report {
            json.object("report") { json in
                json.string("verdict", report.verdict.rawValue)
                json.string("text", ifPresent: report.text)
                json.string("by", report.by)
                json.string("at", report.at.rfc3339)
            }
        }
        json.array("transitions", transitions) { json, transition in transition.write(&json) }
        return json.finished
    }
}

extension Transition {
    /// What happened as canonical JSON on one line.
    public func jsonLine() -> String {
        var json = CanonicalJSON()
        write(&json)
        return json.finished
    }

    fileprivate func write(_ json: inout CanonicalJSON) {
        json.integer("number", Int(number))
        json.string("alertId", alertID)
        json.string("what", kind.rawValue)
        json.string("at", at.rfc3339)
        json.string("by", by)
        json.string("detail", ifPresent: detail)
    }
}

extension QueueViolation {
    /// What is wrong as canonical JSON on one line.
    public func jsonLine() -> String {
        var json = CanonicalJSON()
        json.string("rule", rule.rawValue)
        json.string("message", message)
        json.string("advice", advice)
        return json.finished
    }
}

extension LogCursor {
    /// Where the reader stands as canonical JSON on one line.
    public func jsonLine() -> String {
        var json = CanonicalJSON()
        json.string("name", name)
        json.string("kind", kind.rawValue)
        json.integer("sequence", Int(sequence))
        json.string("movedAt", movedAt.rfc3339)
        json.integer("behind", behind)
        return json.finished
    }
}

extension QueueStatistics {
    /// All figures as canonical JSON on one line.
    public func jsonLine() -> String {
        var json = CanonicalJSON()
        json.object("states") { json in
            for state in HandoverState.allCases { json.integer(state.rawValue, states[state] ?? 0) }
        }
        json.array("deadlines", deadlines) { json, deadline in
            json.string("name", deadline.name)
            json.integer("kept", deadline.kept)
            json.integer("missed", deadline.missed)
            if let share = deadline.share { json.number("share", share, decimals: 4) }
        }
        json.array("stages", stages) { json, stage in
            json.string("name", stage.name)
            json.integer("count", stage.count)
            json.number("p50", stage.p50, decimals: 3)
            json.number("p90", stage.p90, decimals: 3)
            json.number("p99", stage.p99, decimals: 3)
            json.number("maximum", stage.maximum, decimals: 3)
        }
        json.array("precision", precisions) { json, part in
            json.string("by", part.by)
            json.string("value", part.value)
            for verdict in Verdict.allCases {
                json.integer(verdict.rawValue, part.verdicts[verdict] ?? 0)
            }
            if let precision = part.precision {
                json.number("precision", precision, decimals: 4)
            }
        }
        json.object("counters") { json in
            for counter in QueueCounter.allCases {
                json.integer(counter.rawValue, counters[counter] ?? 0)
            }
        }
        json.array("evictions", evictions) { json, eviction in
            json.string("reason", eviction.reason)
            json.string("kind", eviction.kind)
            json.string("severity", eviction.severity.rawValue)
            json.string("state", eviction.state.rawValue)
            json.integer("matters", eviction.matters)
            json.integer("events", eviction.events)
            json.integer("unread", eviction.unread)
            json.string("lastAt", eviction.lastAt.rfc3339)
        }
        json.integer("end", Int(end))
        json.integer("events", events)
        return json.finished
    }
}
