/// Puts people, animals and things into a setting, as a seed decides.
struct ShoreCast {
    let setting: ShoreSetting
    private var random: Random
    /// Whether the seed is odd: what only half of the scenes have.
    private let isOdd: Bool
    private(set) var duration = 28
    private(set) var subjects: [ShoreScene.Subject] = []
    private(set) var actors: [any ShoreActor] = []
    private(set) var decoys: [String] = []

    private var shore: Shore { setting.shore }
    private var anchor: Float { setting.anchor }

    init(setting: ShoreSetting, random: Random, isOdd: Bool) {
        self.setting = setting
        self.random = random
        self.isOdd = isOdd
    }

    /// Casts a kind of scene, with what may be found at any water.
    mutating func fill(_ kind: ShoreKind) {
        switch kind {
        case .child: addVisitor(isChild: true)
        case .adult: addVisitor(isChild: false)
        case .angler: addAngler()
        case .swimmer: addSwimmer()
        case .boat: addBoat()
        case .ducks: addDucks(Int(random.number(3, 8)))
        case .glitter: duration = Int(random.number(20, 31))
        case .rain, .night:
            if isOdd {
                addVisitor(isChild: random.number(0, 1) < 0.3)
            } else {
                duration = Int(random.number(20, 31))
            }
        }
        if kind != .rain || random.number(0, 1) < 0.3 { addFlotsam() }
        if kind != .ducks, random.number(0, 1) < 0.25 { addDucks(Int(random.number(1, 4))) }
        if random.number(0, 1) < 0.45 { addPasserBehind() }
        if random.number(0, 1) < 0.4 { addPasserAcross() }
    }

    private mutating func grownUp() -> Person {
        var person = Person(random: &random)
        person.height = random.number(1.6, 1.85)
        return person
    }

    private mutating func child() -> Person {
        var person = Person(random: &random)
        let colors = [
            Vector(0.6, 0.08, 0.08), Vector(0.65, 0.5, 0.06), Vector(0.08, 0.25, 0.5),
            Vector(0.5, 0.12, 0.35), Vector(0.6, 0.58, 0.55), Vector(0.08, 0.35, 0.2),
        ]
        person.jacket = random.pick(colors)
        person.height = random.number(1, 1.3)
        person.headScale = random.number(1.2, 1.35)
        person.hasBareArms = random.number(0, 1) < 0.6
        person.hasBareLegs = random.number(0, 1) < 0.5
        return person
    }

    /// A way that comes along the bank, turns down to `goal`, stays, and goes on or not.
    private mutating func way(
        to goals: [(x: Float, out: Float)],
        pace: Float,
        stay: Float,
        leaves: Bool
    ) -> (route: Route, arrival: Float) {
        let side: Float = random.number(0, 1) < 0.5 ? -1 : 1
        let back = -setting.zoneBank - random.number(1, 2.2)
        let from = min(setting.viewSide * 1.15, 11)
        var places: [SIMD2<Float>] = []
        func add(_ x: Float, _ out: Float) {
            places.append(SIMD2(x, shore.edge(x) + out))
        }
        add(anchor + side * from, back - 0.3)
        add(anchor + side * from * 0.55, back)
        add(anchor + side * 1.2, back + 0.2)
        for goal in goals { add(goal.x, goal.out) }
        let turns = places.count
        if leaves {
            add(anchor - side * 1, back + 0.2)
            add(anchor - side * from, back)
        }
        var time = random.number(2, 4.5)
        var stops: [(Float, Float, Float)] = []
        var arrival: Float = 0
        for (index, place) in places.enumerated() {
            if index > 0 {
                let step = place - places[index - 1]
                let isWet = shore.depth(place.x, place.y) > 0.25
                let far = (step.x * step.x + step.y * step.y).squareRoot()
                time += far / (isWet ? min(pace, 0.7) : pace)
            }
            stops.append((time, place.x, place.y))
            if index == turns - 1 {
                arrival = time
                time += stay
                stops.append((time, place.x, place.y))
            }
        }
        if !leaves { stops.append((200, places[turns - 1].x, places[turns - 1].y)) }
        return (Route(stops), arrival)
    }

    private mutating func addVisitor(isChild: Bool) {
        let person = isChild ? child() : grownUp()
        let leaves = random.number(0, 1) < 0.5
        let stay = random.number(6, 11)
        let wade = random.number(0, 1)
        let out: Float
        if wade < 0.55 {
            out = random.number(-0.45, -0.1)
        } else {
            out = random.number(0.5, isChild ? 1 : 1.6)
        }
        let goal = (x: anchor + random.number(-0.8, 0.8), out: out)
        let pace = isChild ? random.number(0.9, 1.9) : random.number(1, 1.5)
        let (route, arrival) = way(to: [goal], pace: pace, stay: stay, leaves: leaves)
        let pastimes: [ShoreWalker.Pastime] = isChild ? [.play, .play, .squat] : [.stand, .squat]
        let walker = ShoreWalker(
            person: person,
            route: route,
            pastime: random.pick(pastimes),
            mood: random.number(0, 6)
        )
        duration = Int(arrival + stay) + (leaves ? 9 : 2)
        let who = isChild ? "a child" : "somebody"
        let what = out > 0 ? "wades in" : "stays at the water's edge"
        subjects.append(
            ShoreScene.Subject(
                body: .walker(walker),
                note: "\(who) comes and \(what)\(leaves ? ", then goes" : "")"
            )
        )
    }

    private mutating func addAngler() {
        let person = grownUp()
        let isInside = isOdd
        let out =
            isInside ? random.number(-0.5, -0.15) : -setting.zoneBank - random.number(0.9, 1.6)
        let goal = (x: anchor + random.number(-1.5, 1.5), out: out)
        let (route, arrival) = way(
            to: [goal],
            pace: random.number(1, 1.3),
            stay: 60,
            leaves: false
        )
        let hook = SIMD2(
            goal.x + random.number(-1.5, 1.5),
            shore.edge(goal.x) + random.number(2.5, 4)
        )
        let walker = ShoreWalker(
            person: person,
            route: route,
            pastime: .stand,
            mood: random.number(0, 6)
        )
        duration = 40
        subjects.append(
            ShoreScene.Subject(
                body: .angler(
                    Angler(
                        walker: walker,
                        arrives: arrival,
                        float: hook,
                        casts: [arrival + 1.6, arrival + random.number(10, 16)]
                    )
                ),
                note: isInside
                    ? "an angler stands at the water's edge"
                    : "an angler stands behind the zone, in a permitted place"
            )
        )
    }

    private mutating func addSwimmer() {
        var person = random.number(0, 1) < 0.4 ? child() : grownUp()
        person.hasBareArms = true
        person.hasBareLegs = true
        person.jacket = random.pick([person.skin, person.skin, person.jacket])
        let deep = person.height * 0.62 / shore.bedSlope
        let out = min(deep, setting.zoneWater * 0.5)
        let far = min(out + random.number(1.5, 3.5), setting.zoneWater * 0.7)
        let goals = [
            (x: anchor, out: Float(0.2)),
            (x: anchor + random.number(-0.7, 0.7), out: out),
            (x: anchor + random.number(-2, 2), out: far),
        ]
        let (route, arrival) = way(to: goals, pace: 1.3, stay: 60, leaves: false)
        let swum = SIMD2(goals[2].x - goals[1].x, far - out)
        let swims = arrival - (swum.x * swum.x + swum.y * swum.y).squareRoot() / 0.7
        let struggles = arrival + random.number(1, 4)
        let vanishes = struggles + random.number(2, 4)
        let walker = ShoreWalker(person: person, route: route, pastime: .stand, mood: 0)
        duration = min(45, Int(vanishes) + 9)
        subjects.append(
            ShoreScene.Subject(
                body: .swimmer(
                    Swimmer(
                        walker: walker,
                        swims: swims,
                        struggles: struggles,
                        vanishes: vanishes
                    )
                ),
                note: "somebody wades in, swims, goes under and does not come back"
            )
        )
    }

    private mutating func addBoat() {
        let side: Float = random.number(0, 1) < 0.5 ? -1 : 1
        let out = setting.zoneWater * random.number(0.45, 1.1)
        let reach = setting.viewSide * (1.25 + out / 30) + 4
        let pace = random.number(0.9, 1.7)
        let start = random.number(1, 5) - reach * 0.3 / pace
        let line = shore.waterline + out
        let middle = anchor * (1 + out / shore.waterline)
        let route = Route([
            (start, middle - side * reach, line),
            (start + reach / pace, middle, line + random.number(-1, 1)),
            (start + 2 * reach / pace, middle + side * reach, line + random.number(-1.5, 1.5)),
        ])
        let colors = [
            Vector(0.1, 0.2, 0.32), Vector(0.4, 0.08, 0.06), Vector(0.5, 0.5, 0.46),
            Vector(0.12, 0.25, 0.14), Vector(0.36, 0.25, 0.13),
        ]
        actors.append(RowingBoat(rower: grownUp(), color: random.pick(colors), route: route))
        duration = min(34, max(22, Int(start + 2 * reach / pace)))
        decoys.append("a rowing boat passes")
    }

    private mutating func addDucks(_ count: Int) {
        let out = random.number(1.5, setting.zoneWater * 0.7)
        let x = anchor + random.number(-0.4, 0.4) * setting.viewSide
        let speed = random.number(-0.25, 0.25)
        actors.append(
            DuckFlock(
                count: count,
                center: SIMD2(x, shore.edge(x) + out + 1.2),
                reach: SIMD2(random.number(1.2, 3), random.number(0.7, 1.4)),
                speed: SIMD2(speed, 0),
                mood: random.number(0, 6)
            )
        )
        decoys.append("\(count) ducks swim to and fro")
    }

    private mutating func afloat(within span: Float) -> SIMD2<Float> {
        let x = anchor + random.number(-0.5, 0.5) * span
        return SIMD2(x, shore.waterline + random.number(0.6, setting.zoneWater))
    }

    private mutating func addFlotsam() {
        var pieces: [Flotsam.Piece] = []
        let span = setting.viewSide * 3.4 + 16
        let leaves = [Vector(0.4, 0.26, 0.06), Vector(0.2, 0.22, 0.05), Vector(0.3, 0.12, 0.04)]
        for _ in 0..<Int(random.number(0, 16)) {
            pieces.append(
                Flotsam.Piece(
                    kind: .leaf,
                    start: afloat(within: span),
                    turn: random.number(0, 6),
                    size: random.number(0.05, 0.11),
                    color: random.pick(leaves)
                )
            )
        }
        let rubbish = [
            Vector(0.7, 0.7, 0.7), Vector(0.1, 0.3, 0.15), Vector(0.14, 0.1, 0.06),
            Vector(0.5, 0.2, 0.06),
        ]
        for _ in 0..<Int(random.number(0, 3.5)) {
            let kind = random.pick([Flotsam.Kind.bottle, .bag, .branch, .crate])
            pieces.append(
                Flotsam.Piece(
                    kind: kind,
                    start: afloat(within: span),
                    turn: random.number(0, 6),
                    size: random.number(0.12, 0.26),
                    color: kind == .branch ? rubbish[2] : random.pick(rubbish)
                )
            )
        }
        guard !pieces.isEmpty else { return }
        actors.append(Flotsam(pieces: pieces, drift: setting.look.drift, span: span))
        decoys.append("\(pieces.count) leaves and things drift by")
    }

    private mutating func addPasserBehind() {
        let side: Float = random.number(0, 1) < 0.5 ? -1 : 1
        let out = -setting.zoneBank - random.number(1.4, 2.6)
        let reach = min(setting.viewSide * 1.3 + 2, 16)
        let start = random.number(1, 12)
        let stops = (0...24).map { step -> (Float, Float, Float) in
            let x = anchor - side * reach + side * reach * Float(step) / 12
            return (start + reach * Float(step) / 12 / 1.3, x, shore.edge(x) + out)
        }
        let walker = ShoreWalker(
            person: grownUp(),
            route: Route(stops),
            pastime: .stand,
            mood: 0
        )
        subjects.append(
            ShoreScene.Subject(body: .walker(walker), note: "somebody walks by behind the zone")
        )
    }

    private mutating func addPasserAcross() {
        let side: Float = random.number(0, 1) < 0.5 ? -1 : 1
        let reach: Float = 26
        let start = random.number(-10, 4)
        let out = shore.width + random.number(2.5, 3.6)
        let stops = [Float(-1), 0, 1].map { share -> (Float, Float, Float) in
            let x = anchor * (1 + shore.width / shore.waterline) + side * reach * share
            return (start + reach * (share + 1) / 1.3, x, shore.edge(x) + out)
        }
        actors.append(
            ShoreWalker(person: grownUp(), route: Route(stops), pastime: .stand, mood: 0)
        )
        decoys.append("somebody walks on the other side")
    }
}
