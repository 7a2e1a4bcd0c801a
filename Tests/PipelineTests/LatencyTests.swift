import Testing

@testable import Pipeline

@Suite struct LatencyTests {
    @Test("Median and percentile are right to a tenth, the longest is exact")
    func quantiles() throws {
        var histogram = LatencyHistogram()
        for value in 1...1000 { histogram.add(.milliseconds(value)) }
        #expect(histogram.count == 1000)
        let median = try #require(histogram.quantile(0.5)) / .milliseconds(1)
        #expect(median >= 500 && median <= 550)
        let most = try #require(histogram.quantile(0.99)) / .milliseconds(1)
        #expect(most >= 990 && most <= 1000)
        #expect(histogram.longest == .milliseconds(1000))
        #expect(histogram.quantile(0).map { $0 <= .milliseconds(1) } == true)
    }

    @Test("Times beyond all steps, and none at all, are told as what they are")
    func extremes() {
        var histogram = LatencyHistogram()
        #expect(histogram.quantile(0.5) == nil)
        #expect(histogram.text == nil)
        histogram.add(.seconds(100_000))
        #expect(histogram.longest == .seconds(100_000))
        #expect(histogram.text?.hasSuffix("longest 100000000 ms, of 1") == true)
        histogram.add(.zero)
        #expect(histogram.quantile(0.5) == .milliseconds(1))
    }
}
