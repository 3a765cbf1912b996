/// Adds up what the database keeps by day: period by period, currency by currency.
struct ForecastTally {
  private struct Sums {
    var open = Forecast.Sum.nothing
    /// Value times probability in percent: hundredths of a minor unit, so that nothing is rounded before the end.
    var weightedHundredths: Int128 = 0
    var won = Forecast.Sum.nothing
    var forecast = Forecast.Sum.nothing

    var isNothing: Bool { open.count == 0 && won.count == 0 && forecast.count == 0 }

    static func += (sums: inout Sums, more: Sums) {
      sums.open += more.open
      sums.weightedHundredths += more.weightedHundredths
      sums.won += more.won
      sums.forecast += more.forecast
    }
  }

  private let periods: [Period]
  private let firstDay: Int
  /// The period of each day.
  private var places: [Int] = []
  /// Of each currency, by period.
  private var sums: [String: [Sums]] = [:]

  /// - Parameter periods: in order, without a gap.
  init(_ periods: [Period]) {
    self.periods = periods
    firstDay = periods.first?.from.dayNumber ?? 0
    for (place, period) in periods.enumerated() {
      places += repeatElement(place, count: period.to.dayNumber - period.from.dayNumber + 1)
    }
  }

  mutating func add(_ expected: ReportRecords.Expected) {
    add(expected.day, expected.currency) { sums in
      sums.forecast += expected.all
      sums.open += expected.open
      sums.weightedHundredths += expected.weightedHundredths.minorUnits
    }
  }

  mutating func add(_ won: ReportRecords.Won) {
    add(won.day, won.currency) { $0.won += won.sum }
  }

  private mutating func add(_ day: Int, _ currency: String, _ change: (inout Sums) -> Void) {
    change(
      &sums[currency, default: Array(repeating: Sums(), count: periods.count)][places[day - firstDay]])
  }

  /// Those that hold anything, by period, then by currency's code.
  var buckets: [Forecast.Bucket] {
    let currencies = sums.sorted { $0.key < $1.key }
    return periods.enumerated().flatMap { place, period in
      currencies.compactMap { currency, sums in
        sums[place].isNothing ? nil : Self.bucket(of: period, currency, sums[place])
      }
    }
  }

  /// Of all periods together.
  var totals: [Forecast.Bucket] {
    guard let first = periods.first, let last = periods.last else { return [] }
    return sums.sorted { $0.key < $1.key }.map { currency, sums in
      Self.bucket(
        of: Period(from: first.from, to: last.to), currency, sums.reduce(into: Sums()) { $0 += $1 })
    }
  }

  private static func bucket(of period: Period, _ currency: String, _ sums: Sums) -> Forecast.Bucket {
    // Half a minor unit is rounded up.
    let weighted = MinorSum((sums.weightedHundredths + 50) / 100)
    return Forecast.Bucket(
      from: period.from, to: period.to, currency: currency, open: sums.open,
      weighted: Forecast.Weighted(minor: weighted), won: sums.won, forecast: sums.forecast)
  }
}
