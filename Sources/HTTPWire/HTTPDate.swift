/// A moment as the field `Date` writes it: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7).
package struct HTTPDate: Sendable, Hashable {
  /// The 29 octets.
  package let bytes: [UInt8]

  /// - Parameter unixSeconds: seconds since 1970 UTC, 0….
  package init(unixSeconds: Int) {
    let days = unixSeconds / 86_400
    let second = unixSeconds % 86_400
    let (year, month, day) = Self.civil(days)
    var text = Array(Self.weekdays[(days + 4) % 7].utf8)
    text += ", ".utf8
    Self.append(day, 2, &text)
    text += " \(Self.months[month - 1]) ".utf8
    Self.append(year, 4, &text)
    for (separator, number) in [(" ", second / 3600), (":", second / 60 % 60), (":", second % 60)] {
      text += separator.utf8
      Self.append(number, 2, &text)
    }
    text += " GMT".utf8
    bytes = text
  }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func append(_ number: Int, _ digits: Int, _ text: inout [UInt8]) {
    let written = String(number).utf8
    text += repeatElement(UInt8(ascii: "0"), count: max(0, digits - written.count))
    text += written
  }

  // Years are counted from March, so that the leap day is the last of its year; 146,097 days are 400 years.
  private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}
