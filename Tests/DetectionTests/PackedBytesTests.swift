import Foundation
import Imaging
import Scene
import Testing

@testable import Detection

@Suite struct PackedBytesTests {
    static let samples: [[UInt8]] = [
        [], [7], [7, 7], [7, 7, 7], [1, 2, 3], [1, 1, 2, 2, 3, 3], [0, 0, 0, 1, 0, 0, 0],
        [UInt8](repeating: 9, count: 127), [UInt8](repeating: 9, count: 128),
        [UInt8](repeating: 9, count: 129), [UInt8](repeating: 9, count: 131),
        [UInt8](repeating: 0, count: 5000),
        (0..<128).map { UInt8($0) }, (0..<129).map { UInt8($0) }, (0..<600).map { UInt8($0 % 251) },
        [5] + [UInt8](repeating: 6, count: 300) + [7, 8],
        [UInt8](repeating: 4, count: 257) + [4, 5],
    ]

    @Test("Bytes come back as they were", arguments: samples)
    func roundTrip(bytes: [UInt8]) {
        #expect(PackedBytes.unpack(PackedBytes.pack(bytes)) == bytes)
    }

    @Test("Bytes of any mix of runs and singles come back as they were", arguments: 1...60)
    func random(seed: Int) {
        var bytes: [UInt8] = []
        for part in 0..<(seed % 25) {
            let length = 1 + Street.hash(seed, part, 1) % (part % 3 == 0 ? 400 : 4)
            let value = UInt8(Street.hash(seed, part, 2) % 3)
            bytes += [UInt8](repeating: value, count: length)
        }
        let packed = PackedBytes.pack(bytes)
        #expect(PackedBytes.unpack(packed) == bytes)
        #expect(packed.count <= bytes.count + bytes.count / 128 + 1)
    }

    @Test("Runs take two bytes for each 128, singles little more than themselves")
    func size() {
        #expect(PackedBytes.pack([UInt8](repeating: 0, count: 1280)).count == 20)
        #expect(PackedBytes.pack((0..<256).map { UInt8($0) }).count == 258)
        #expect(PackedBytes.pack([]).isEmpty)
    }

    @Test("The examples of the specification are read as it says")
    func specification() {
        let packed: [UInt8] = [
            0xFE, 0xAA, 0x02, 0x80, 0x00, 0x2A, 0xFD, 0xAA, 0x03, 0x80, 0x00, 0x2A, 0x22, 0xF7,
            0xAA,
        ]
        let bytes: [UInt8] =
            [0xAA, 0xAA, 0xAA, 0x80, 0x00, 0x2A, 0xAA, 0xAA, 0xAA, 0xAA, 0x80, 0x00, 0x2A, 0x22]
            + [UInt8](repeating: 0xAA, count: 10)
        #expect(PackedBytes.unpack(packed) == bytes)
        #expect(PackedBytes.unpack([128]) == [])
    }

    static let broken: [[UInt8]] = [[0], [3, 1, 2, 3], [127], [129], [255], [0, 5, 200]]

    @Test("Bytes that break off are told, not guessed", arguments: broken)
    func damaged(packed: [UInt8]) throws {
        #expect(PackedBytes.unpack(packed) == nil)
        let json = try JSONEncoder().encode([Data(packed)])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([PackedBytes].self, from: json)
        }
    }

    @Test("Planes of bytes and words come back as they were")
    func planes() throws {
        let bytes = Buffer<UInt8>(count: 300, filledWith: 0)
        let words = Buffer<UInt16>(count: 300, filledWith: 0)
        for index in 0..<300 {
            bytes.base[index] = UInt8(Street.hash(index / 4, 0, 1) % 256)
            words.base[index] = UInt16(Street.hash(index / 3, 0, 2) % 65_536)
        }
        let encoded = try JSONEncoder().encode([PackedPlane(bytes), PackedPlane(words)])
        let planes = try JSONDecoder().decode([PackedPlane].self, from: encoded)
        let (sameBytes, sameWords) = (
            Buffer<UInt8>(count: 300, filledWith: 1), Buffer<UInt16>(count: 300, filledWith: 1)
        )
        try planes[0].restore(to: sameBytes)
        try planes[1].restore(to: sameWords)
        #expect(sameBytes.values == bytes.values)
        #expect(sameWords.values == words.values)
    }

    @Test("A plane of another size is damaged", arguments: [1, 299, 301, 600])
    func sizes(count: Int) {
        let plane = PackedPlane(Buffer<UInt8>(count: 300, filledWith: 3))
        let error = #expect(throws: DetectorError.self) {
            try plane.restore(to: Buffer<UInt8>(count: count, filledWith: 0))
        }
        #expect(error?.code == .damaged)
        let words = PackedPlane(Buffer<UInt16>(count: 300, filledWith: 3))
        let other = #expect(throws: DetectorError.self) {
            try words.restore(to: Buffer<UInt16>(count: count, filledWith: 0))
        }
        #expect(other?.code == .damaged)
    }
}
