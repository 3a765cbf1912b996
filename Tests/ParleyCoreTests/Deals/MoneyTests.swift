import Foundation
import ParleyCore
import Testing

@Suite("Money")
struct MoneyTests {
  @Test(
    "a currency knows how many decimals its minor unit has",
    arguments: [
      ("USD", 2), ("EUR", 2), ("JPY", 0), ("ISK", 0), ("KWD", 3), ("TND", 3), ("CLF", 4), ("UYW", 4),
      ("UYI", 0),
      ("MRU", 2), ("SLE", 2), ("XCG", 2), ("VED", 2),
    ])
  func exponents(code: String, exponent: Int) {
    #expect(Currency(code: code)?.exponent == exponent)
  }

  @Test(
    "what is not an active code is not a currency",
    arguments: [
      "", "usd", "Usd", "US", "USDT", "XXX", "XAU", "XTS", "BGN", "HRK", "ANG", "ZWL", "DEM", " USD", "€",
    ])
  func notCurrencies(code: String) {
    #expect(Currency(code: code) == nil)
  }

  @Test("of all that could be codes, those of ISO 4217 are: 165 that can hold an amount")
  func completeness() {
    let letters = (UInt8(ascii: "A")...UInt8(ascii: "Z")).map { String(UnicodeScalar($0)) }
    let codes = letters.flatMap { first in letters.flatMap { second in letters.map { first + second + $0 } } }
    let exponents = codes.compactMap { Currency(code: $0)?.exponent }
    #expect(Dictionary(grouping: exponents, by: \.self).mapValues(\.count) == [0: 17, 2: 139, 3: 7, 4: 2])
  }

  @Test(
    "money is never negative and never above its limit",
    arguments: [
      (-1, false), (0, true), (1, true), (Money.limit - 1, true), (Money.limit, true),
      (Money.limit + 1, false),
      (.min, false), (.max, false),
    ])
  func bounds(minorUnits: Int64, isMoney: Bool) throws {
    let dollar = try #require(Currency(code: "USD"))
    #expect((Money(minorUnits: minorUnits, currency: dollar) != nil) == isMoney)
  }

  @Test("money is written as minor units and a code, and read back")
  func json() throws {
    let dollar = try #require(Currency(code: "USD"))
    let money = try #require(Money(minorUnits: 125_000, currency: dollar))
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let json = try encoder.encode(money)
    #expect(String(decoding: json, as: UTF8.self) == #"{"currency":"USD","minor":125000}"#)
    #expect(try JSONDecoder().decode(Money.self, from: json) == money)
  }

  @Test(
    "impossible money cannot be read either",
    arguments: [
      #"{"minor":-1,"currency":"USD"}"#, #"{"minor":1,"currency":"XXX"}"#, #"{"minor":1.5,"currency":"USD"}"#,
      #"{"minor":"1","currency":"USD"}"#, #"{"minor":1000000000000001,"currency":"USD"}"#,
      #"{"currency":"USD"}"#,
    ])
  func impossibleJSON(json: String) {
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Money.self, from: Data(json.utf8)) }
  }
}
