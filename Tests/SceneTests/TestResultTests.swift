import Foundation
import Scene
import Testing

@Suite struct TestResultTests {
    @Test("A number is held against its limit, and both are told")
    func limits() {
        let young = TestResult.atLeast("dwell", "stood for", 4.0625, 10, unit: " s")
        #expect(!young.isHeld)
        #expect(young.measured == "4.063 s" && young.demanded == "at least 10 s")
        #expect(young.value == 4.063 && young.limit == 10)
        #expect(TestResult.atLeast("a", "b", 10, 10).isHeld)
        #expect(TestResult.atMost("a", "b", 10, 10).isHeld)
        #expect(!TestResult.above("a", "b", 10, 10).isHeld)
    }

    @Test(
        "Numbers are written short",
        arguments: [
            (1.0, "1"), (-0.25, "-0.25"), (0.12345, "0.123"), (0, "0"), (100, "100"),
            (.infinity, "inf"), (.nan, "nan"),
        ]
    )
    func plain(value: Double, text: String) {
        #expect(TestResult.plain(value) == text)
    }

    @Test("For programs it is written with held, value and limit")
    func json() throws {
        let test = TestResult("a", "b", isHeld: true, measured: "c", demanded: "d")
            .with(value: 0.1234567, limit: 2)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(
            String(decoding: try encoder.encode(test), as: UTF8.self)
                == #"{"demanded":"d","held":true,"label":"b","limit":2,"measured":"c","#
                + #""name":"a","value":0.123}"#
        )
    }
}
