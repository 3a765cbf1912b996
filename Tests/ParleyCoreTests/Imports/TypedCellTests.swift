import Testing

@testable import ParleyCore

@Suite("The cells of a table")
struct TypedCellTests {
  struct Amount: Sendable, CustomTestStringConvertible {
    let text: String
    var mark = ImportSettings.DecimalMark.point
    var currency = "USD"
    /// Nil for none.
    let minor: Int64?
    var becomes: String?
    var testDescription: String { "\(text) (\(mark), \(currency))" }
  }

  static let amounts = [
    Amount(text: "1234.5", minor: 123_450), Amount(text: "1,234.50", minor: 123_450),
    Amount(text: "1 234,50", mark: .comma, currency: "EUR", minor: 123_450),
    Amount(text: "1\u{202f}234,50 €", mark: .comma, currency: "EUR", minor: 123_450),
    Amount(text: "1\u{a0}234,5", mark: .comma, currency: "EUR", minor: 123_450),
    Amount(text: "1.234,50", mark: .comma, currency: "EUR", minor: 123_450),
    Amount(text: "€12", minor: 1200, becomes: "EUR"), Amount(text: "EUR 12", minor: 1200, becomes: "EUR"),
    Amount(text: "12 jpy", minor: 12, becomes: "JPY"), Amount(text: "$1'234", minor: 123_400),
    Amount(text: "12,00,000", currency: "INR", minor: 120_000_000), Amount(text: ".5", minor: 50),
    Amount(text: "0", minor: 0), Amount(text: "7", currency: "JPY", minor: 7),
    Amount(text: "7.00", currency: "JPY", minor: 7), Amount(text: "7.5", currency: "JPY", minor: nil),
    Amount(text: "1.234", currency: "KWD", minor: 1234), Amount(text: "1.2345", currency: "KWD", minor: nil),
    Amount(text: "1,234", mark: .comma, currency: "KWD", minor: 1234),
    Amount(text: "1.5", currency: "KWD", minor: 1500),
    Amount(text: "10000000000000.00", minor: 1_000_000_000_000_000),
    Amount(text: "10000000000000.01", minor: nil), Amount(text: "99999999999999999999", minor: nil),
    Amount(text: "9223372036854775807", currency: "JPY", minor: nil), Amount(text: "1.239", minor: nil),
    Amount(text: "1.230", minor: 123), Amount(text: "-5", minor: nil), Amount(text: "(5)", minor: nil),
    Amount(text: "1,5", minor: nil), Amount(text: "1.5", mark: .comma, minor: nil),
    Amount(text: "1,23,45", minor: nil),
    Amount(text: "12 €uros", minor: nil), Amount(text: "abc", minor: nil), Amount(text: "€", minor: nil),
    Amount(text: "1.2.3", minor: nil), Amount(text: "٣", minor: nil),
  ]

  @Test("an amount is read exactly, or not at all", arguments: amounts)
  func amount(_ one: Amount) throws {
    let usual = try #require(Currency(code: one.currency))
    let money = TypedCell.amount(one.text, one.mark)?.money(in: usual)
    #expect(money?.minorUnits == one.minor)
    if one.minor != nil { #expect(money?.currency.code == one.becomes ?? one.currency) }
  }

  @Test(
    "a date is read in the chosen order, one with its year first always",
    arguments: [
      ("2026-11-30", .monthDayYear, "2026-11-30"), ("2026-11-30T10:00:00Z", .yearMonthDay, "2026-11-30"),
      ("30/11/2026", .dayMonthYear, "2026-11-30"), ("11/30/2026", .monthDayYear, "2026-11-30"),
      ("30/11/2026", .monthDayYear, nil), ("3.4.26", .dayMonthYear, "2026-04-03"),
      ("3/4/26 09:30", .monthDayYear, "2026-03-04"), ("29/02/2026", .dayMonthYear, nil),
      ("29/02/2028", .dayMonthYear, "2028-02-29"), ("30/11/226", .dayMonthYear, nil),
      ("", .yearMonthDay, nil),
      ("30-11", .dayMonthYear, nil), ("30//2026", .dayMonthYear, nil), ("tomorrow", .yearMonthDay, nil),
    ] as [(String, ImportSettings.DateOrder, String?)])
  func date(_ text: String, _ order: ImportSettings.DateOrder, _ expected: String?) {
    #expect(TypedCell.date(text, order)?.description == expected)
  }

  @Test(
    "a header is known in English and French, however it is written",
    arguments: [
      ("E-mail", .contacts, "email"), ("ADRESSE E-MAIL", .contacts, "email"),
      ("first_name", .contacts, "firstName"),
      ("Prénom", .contacts, "firstName"), ("prenom", .contacts, "firstName"), ("Nom", .contacts, "lastName"),
      ("Nom", .accounts, "name"), ("Société", .contacts, "account"), ("Étape", .deals, "stage"),
      ("Montant", .deals, "value"), ("Date de clôture", .deals, "forecastedCloseOn"),
      ("Shoe size", .contacts, nil),
    ] as [(String, ImportKind, String?)])
  func header(_ text: String, _ kind: ImportKind, _ expected: String?) {
    #expect(ImportField.guesses(text, for: kind, among: []).first?.name == expected)
  }

  @Test("what an export calls a column, an import knows", arguments: ImportKind.allCases)
  func headers(_ kind: ImportKind) {
    for language in ExportLanguage.allCases {
      for field in ImportField.exported(of: kind) {
        #expect(
          ImportField.guesses(field.header(of: kind, in: language), for: kind, among: []).first == field)
      }
    }
  }
}
