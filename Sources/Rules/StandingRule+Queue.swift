internal import Scene

extension StandingRule {
    /// How long a line takes to set off: what stood in one is given that time to follow.
    static let settingOff = MediaSpan.seconds(10)

    /// Learns from what drives through the zone, where that decides anything.
    mutating func watchTraffic(_ moment: Moment) {
        guard queueMode == .automatic else { return }
        lane.watch(moment, polygon: rule.polygon)
    }

    /// Takes note of what stands in a line of stopped vehicles, once its dwell time is nearly over.
    mutating func findQueues(_ moment: Moment) {
        guard queueMode != .off else { return }
        let ways = lane.ways
        guard queueMode == .on || ways != nil else { return }
        let due = places.indices.filter { index in
            let place = places[index]
            return place.incident == nil && place.missingSince == nil
                && moment.time - place.object.since + Self.settingOff >= rule.dwell
        }
        guard !due.isEmpty else { return }
        let line = VehicleLine(moment, minimumConfidence: Self.minimumConfidence)
        for index in due where line.contains(places[index].object, along: ways) {
            places[index].queuedAt = moment.time
        }
    }

    /// Whether an object whose dwell time is over still waits in a line, or for the line to set
    /// off.
    func isHeld(_ place: Place, since startedAt: MediaTime, at time: MediaTime) -> Bool {
        guard queueMode != .off, let queuedAt = place.queuedAt else { return false }
        return time - queuedAt < Self.settingOff
            && time - startedAt < rule.dwell + rule.queue.patience
    }

    /// How lines are treated, `off` where the kind knows none.
    var queueMode: QueueHandling.Mode {
        QueueHandling.concerns(rule.kind) ? rule.queue.mode : .off
    }
}
