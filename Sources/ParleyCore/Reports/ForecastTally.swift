/// Adds up what the database grouped: a period, or a whole range, currency by currency.
struct ForecastTally {
  private struct Sums {
    var open = Forecast.Sum(count: 0, minor: MinorSum())
    /// Value times probability in percent: hundredths of a minor unit, so that nothing is rounded before the end.
    var weightedHundredths: Int128 = 0
    var won = Forecast.Sum(count: 0, minor: MinorSum())
    var forecast = Forecast.Sum(count: 0, minor: MinorSum())
  }

  private var sums: [String: Sums] = [:]

  mutating func add(_ group: ReportRecords.Expected) {
    var sums = sums[group.currency] ?? Sums()
    sums.forecast.count += group.count
    sums.forecast.minor += group.sum
    if group.isOpen {
      sums.open.count += group.count
      sums.open.minor += group.sum
      sums.weightedHundredths += group.sum.minorUnits * Int128(group.probability)
    }
    self.sums[group.currency] = sums
  }

  mutating func add(_ group: ReportRecords.Won) {
    var sums = sums[group.currency] ?? Sums()
    sums.won.count += group.count
    sums.won.minor += group.sum
    self.sums[group.currency] = sums
  }

  /// By currency's code.
  func buckets(of period: Period) -> [Forecast.Bucket] {
    sums.sorted { $0.key < $1.key }.map { currency, sums in
      Forecast.Bucket(
        from: period.from, to: period.to, currency: currency, open: sums.open,
        weighted: Forecast.Weighted(minor: Self.rounded(hundredths: sums.weightedHundredths)),
        won: sums.won, forecast: sums.forecast)
    }
  }

  /// Half a minor unit is rounded up.
  private static func rounded(hundredths: Int128) -> MinorSum {
    MinorSum((hundredths + 50) / 100)
  }
}
