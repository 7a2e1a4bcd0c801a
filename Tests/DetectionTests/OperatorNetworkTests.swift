import Foundation
import Imaging
import Inference
import Scene
import Testing

@testable import Detection

/// Networks whose answers are known: they find red (class 0) and blue (class 1) squares.
@Suite struct OperatorNetworkTests {
    typealias Decoder = ModelSettings.Decoder

    static func settings(
        _ decoder: Decoder,
        side: Int = 64,
        labels: [ObjectClass: [Int]] = [.vehicle: [0], .boat: [1]],
        order: ModelSettings.ChannelOrder = .rgb
    ) -> ModelSettings {
        ModelSettings(
            width: side,
            height: side,
            channelOrder: order,
            decoder: decoder,
            labels: labels
        )
    }

    static func model(
        _ name: String,
        _ settings: ModelSettings
    ) throws -> LearnedModel {
        let path = Bundle.module.bundleURL.appending(path: "Networks/\(name).onnx").path
        return try LearnedModel(Model(contentsOf: path), settings: settings, identity: name)
    }

    /// Black with a red and a blue square of 8 by 8.
    static let picture: Picture = {
        var picture = Picture(width: 64, height: 64, isFullRange: true)
        for y in 24..<32 {
            for x in 24..<32 { picture.paint(x, y, 76, 85, 255) }
            for x in 48..<56 { picture.paint(x, y, 29, 255, 107) }
        }
        return picture
    }()

    @Test(
        "What a detector finds in a whole picture is told by class and place",
        arguments: [Decoder.yolox, .nanodet]
    )
    func sights(decoder: Decoder) throws {
        let model = try Self.model(decoder.rawValue, Self.settings(decoder))
        let sights = try Self.picture.withView { try model.sights(in: $0) }
        let sure = sights.filter { $0.score > 0.6 }.sorted { $0.box.x < $1.box.x }
        #expect(sure.map(\.kind) == [.vehicle, .boat])
        for (sight, x) in zip(sure, [24.0, 48]) {
            let box = NormalizedBox(x: x / 64, y: 24 / 64, width: 8 / 64, height: 8 / 64)
            #expect(sight.box.intersectionOverUnion(box) > 0.999)
        }
    }

    @Test(
        "What a detector finds elsewhere than the object says nothing of the object",
        arguments: [Decoder.yolox, .nanodet]
    )
    func looks(decoder: Decoder) throws {
        let scorer = try Self.model(decoder.rawValue, Self.settings(decoder)).scorer()
        func scores(ofBoxAt x: Double) -> LearnedScores {
            let box = NormalizedBox(x: x / 64, y: 24 / 64, width: 8 / 64, height: 8 / 64)
            return Self.picture.withView { view in
                let region = PictureRegion(around: (0, 0, 1, 1), (1, 1), margin: 1)
                return scorer.look(
                    at: CropView(
                        picture: view,
                        box: box,
                        background: (view, nil),
                        regions: (region, region)
                    )
                ).scores
            }
        }
        #expect(scores(ofBoxAt: 24).leader == .vehicle)
        #expect(scores(ofBoxAt: 24)[.vehicle] > 0.6)
        #expect(scores(ofBoxAt: 48).leader == .boat)
        #expect(scores(ofBoxAt: 36)[.vehicle] < 0.4)
        #expect(scores(ofBoxAt: 4)[.vehicle] == 0)
    }

    @Test("A classifier's shares are taken as they are, in the order of colours that it wants")
    func classifier() throws {
        var red = Picture(width: 32, height: 32, isFullRange: true)
        for y in 0..<32 { for x in 0..<32 { red.paint(x, y, 76, 85, 255) } }
        for (order, kind) in [
            (ModelSettings.ChannelOrder.rgb, LearnedScores.Kind.vehicle), (.bgr, .boat),
        ] {
            let model = try Self.model("classifier", Self.settings(.classifier, order: order))
            let sights = try red.withView { try model.sights(in: $0) }
            #expect(sights.first?.kind == kind)
            #expect(sights.first?.score ?? 0 > 0.95)
        }
    }

    @Test(
        "A network whose answer the decoder cannot read, or the labels do not fit, is refused",
        arguments: [
            ("nanodet", settings(.yolox), "[1, 85, 34]"),
            ("yolox", settings(.nanodet), "[1, 84, 7]"),
            ("yolox", settings(.classifier), "[1, classes]"),
            ("classifier", settings(.yolox), "decoder yolox"),
            ("yolox", settings(.yolox, labels: [.person: [0, 2]]), "2 classes apart"),
            ("nanodet", settings(.nanodet, labels: [.person: [2]]), "mend labels"),
            ("classifier", settings(.classifier, labels: [.boat: [79]]), "class 79"),
        ]
    )
    func refusals(name: String, settings: ModelSettings, hint: String) {
        let error = #expect(throws: InferenceError.self) {
            try Self.model(name, settings)
        }
        #expect(error?.message.contains(hint) == true, "\(error?.message ?? "nothing")")
    }
}

extension Picture {
    fileprivate mutating func paint(_ x: Int, _ y: Int, _ luma: UInt8, _ u: UInt8, _ v: UInt8) {
        self.luma[x, y] = luma
        blue[x / 2, y / 2] = u
        red[x / 2, y / 2] = v
    }
}
