import Foundation

extension TimeZone {
  /// The moment so many days later at the same time of day; where the clocks skip that time, the first moment after.
  ///
  /// - Parameter moment: milliseconds since 1970 UTC, as is what it answers.
  func moment(_ moment: Int64, addingDays days: Int) -> Int64 {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = self
    let date = Date(timeIntervalSince1970: Double(moment) / 1000)
    guard let later = calendar.date(byAdding: .day, value: days, to: date) else {
      return moment + Int64(days) * 86_400_000
    }
    return Int64((later.timeIntervalSince1970 * 1000).rounded())
  }
}
