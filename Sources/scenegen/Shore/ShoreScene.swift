/// A scene at the water: where it plays, who is there, and what is true of it.
struct ShoreScene: Sendable {
    /// Somebody whom the truth speaks of.
    struct Subject: Sendable {
        enum Body: Sendable {
            case walker(ShoreWalker)
            case swimmer(Swimmer)
            case angler(Angler)
        }

        var body: Body
        var note: String
    }

    let setting: ShoreSetting
    let duration: Int
    var subjects: [Subject] = []
    var actors: [any ShoreActor] = []
    /// What moves and must not alert, as text.
    var decoys: [String] = []
    /// Decides what grows and stands on the land.
    let growth: Random
    let seed: UInt64

    /// What stands still.
    func land() -> Shore.Land {
        var random = growth
        var land = setting.shore.land(random: &random)
        land.things.append(setting.posts())
        return land
    }

    /// What moves at a time.
    func moment(at time: Float) -> Moment {
        var moment = Moment()
        for actor in actors { actor.show(at: time, on: setting.shore, in: &moment) }
        for subject in subjects {
            subject.actor.show(at: time, on: setting.shore, in: &moment)
        }
        return moment
    }

    /// What is true of the scene.
    var truth: Truth {
        let zone = Truth.Zone(
            id: "water",
            name: "Bank and water",
            kind: "water_danger",
            polygon: setting.zone,
            dwell: 2,
            waterline: setting.waterline,
            water: setting.placeInWater
        )
        var truth = Truth(zones: [zone])
        for subject in subjects {
            if let event = event(of: subject, in: zone) {
                // Who only brushes the zone may alert or not.
                if event.end - event.start > zone.dwell + 0.5 {
                    truth.events.append(event)
                } else {
                    truth.ignore.append(event)
                }
            } else {
                truth.decoys.append(note(subject.note))
            }
        }
        truth.decoys += decoys.map(note)
        return truth
    }

    private func note(_ text: String) -> Truth.Entry {
        Truth.Entry(
            start: 0,
            end: Double(duration),
            box: SIMD4(0, 0, Float(setting.camera.width), Float(setting.camera.height)),
            boxTime: 0,
            note: text
        )
    }

    /// From the first to the last moment at which the subject's foot, or what is seen lowest of a
    /// swimmer, is in the zone; to the clip's end for somebody who stays or goes under.
    private func event(of subject: Subject, in zone: Truth.Zone) -> Truth.Entry? {
        let times = (0..<(duration * 20)).map { Float($0) / 20 }
        guard let start = times.first(where: { isInside(subject, zone, at: $0) }) else {
            return nil
        }
        var end = times.last { isInside(subject, zone, at: $0) } ?? start
        if subject.vanishes != nil || end > Float(duration) - 0.1 { end = Float(duration) }
        // Where the subject is within a second of when an alert is due: then places are compared.
        let boxTime = min(start + Float(zone.dwell), end)
        let moments = [Float(-1), -0.5, 0, 0.5, 1].map { min(max(start, boxTime + $0), end) }
        let boxes = moments.compactMap { self.box(of: subject, at: $0) }
        guard var box = boxes.first else { return nil }
        for other in boxes {
            box = SIMD4(
                min(box.x, other.x),
                min(box.y, other.y),
                max(box.z, other.z),
                max(box.w, other.w)
            )
        }
        return Truth.Entry(
            zone: zone.id,
            kind: zone.kind,
            start: Double(start),
            end: Double(end),
            box: SIMD4(box.x, box.y, box.z - box.x, box.w - box.y),
            boxTime: Double(boxTime),
            vanishes: subject.vanishes.map(Double.init),
            note: subject.note
        )
    }

    /// Whether the subject touches the ground or the water in a zone.
    func isInside(_ subject: Subject, _ zone: Truth.Zone, at time: Float) -> Bool {
        guard let foot = foot(of: subject, at: time) else { return false }
        let at = setting.camera.pixel(of: foot)
        return zone.contains(at.x, at.y)
    }

    /// Where the subject touches the ground or comes out of the water.
    func foot(of subject: Subject, at time: Float) -> Vector? {
        guard subject.mesh(at: time, on: setting.shore) != nil,
            let foot = subject.walker.foot(at: time, on: setting.shore)
        else { return nil }
        return Vector(foot.x, foot.y, max(foot.z, setting.shore.level))
    }

    /// Left, top, right and bottom of what is seen of the subject above the water.
    func box(of subject: Subject, at time: Float) -> SIMD4<Float>? {
        guard var mesh = subject.mesh(at: time, on: setting.shore) else { return nil }
        for index in mesh.vertices.indices {
            let z = mesh.vertices[index].position.z
            mesh.vertices[index].position.z = max(z, setting.shore.level)
        }
        return setting.camera.box(of: mesh)
    }
}

extension ShoreScene.Subject {
    var actor: any ShoreActor {
        switch body {
        case .walker(let walker): walker
        case .swimmer(let swimmer): swimmer
        case .angler(let angler): angler
        }
    }

    var walker: ShoreWalker {
        switch body {
        case .walker(let walker): walker
        case .swimmer(let swimmer): swimmer.walker
        case .angler(let angler): angler.walker
        }
    }

    /// When the subject has gone under for good.
    var vanishes: Float? {
        guard case .swimmer(let swimmer) = body else { return nil }
        return swimmer.vanishes
    }

    func mesh(at time: Float, on shore: Shore) -> Mesh? {
        switch body {
        case .walker(let walker): walker.mesh(at: time, on: shore)
        case .swimmer(let swimmer): swimmer.mesh(at: time, on: shore)
        case .angler(let angler): angler.mesh(at: time, on: shore)
        }
    }
}
