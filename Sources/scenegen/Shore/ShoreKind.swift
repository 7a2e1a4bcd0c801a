/// The kinds of scenes at the water.
enum ShoreKind: String, CaseIterable, Sendable {
    case child
    case adult
    case angler
    case swimmer
    case boat
    case ducks
    case glitter
    case rain
    case night

    /// The scene of a seed.
    func scene(seed: UInt64) -> ShoreScene {
        let number = (Self.allCases.firstIndex(of: self) ?? 0) + 101
        var random = Random(seed: seed).split(number)
        let light = pickLight(&random)
        let isStill = random.number(0, 1) < (self == .ducks ? 0.6 : 0.35)
        let setting = ShoreSetting(light: light, isStill: isStill, random: &random)
        var cast = ShoreCast(setting: setting, random: random, isOdd: seed % 2 == 1)
        cast.fill(self)
        return ShoreScene(
            setting: setting,
            duration: cast.duration,
            subjects: cast.subjects,
            actors: cast.actors,
            decoys: cast.decoys,
            growth: random.split(7),
            seed: seed
        )
    }

    private func pickLight(_ random: inout Random) -> ShoreLight.Kind {
        switch self {
        case .glitter: .lowSun
        case .rain: .rain
        case .night: .night
        default:
            random.pick([.sunny, .sunny, .sunny, .overcast, .overcast, .lowSun])
        }
    }
}
