import Pipeline
import Scene
import Testing

@Suite
struct AnalysisGateTests {
    private func taken(_ times: [Double], rate: Double) -> [Double] {
        var gate = AnalysisGate(rate: rate)
        return times.filter { gate.admits(MediaTime(seconds: $0)) }
    }

    @Test("Of 25 frames a second, 5 are analysed, the first at once")
    func fivePerSecond() {
        let frames = (0..<25).map { Double($0) / 25 }
        #expect(taken(frames, rate: 5) == [0, 0.2, 0.4, 0.6, 0.8])
    }

    @Test("The grid does not move with the frames that were taken")
    func fixedGrid() {
        #expect(taken([0, 0.39, 0.41, 0.59, 0.6, 0.61], rate: 5) == [0, 0.39, 0.41, 0.6])
    }

    @Test("Which frames are analysed later does not depend on what came before a gap")
    func afterGap() {
        let early = taken([0, 0.15, 9.9, 10.05, 10.1, 10.2], rate: 5).filter { $0 > 10 }
        let late = taken([9.9, 10.05, 10.1, 10.2], rate: 5).filter { $0 > 10 }
        #expect(early == late)
    }

    @Test("A frame that its container rounded down by a millisecond is not lost")
    func rounding() {
        #expect(taken([0, 0.1995, 0.3, 0.4], rate: 5) == [0, 0.1995, 0.4])
    }

    @Test("A frame that is not later than the one before is passed over")
    func backward() {
        #expect(taken([1, 0.5, 1, 1.1, 1.2], rate: 5) == [1, 1.2])
    }
}
