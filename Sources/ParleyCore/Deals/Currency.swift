/// A currency of ISO 4217: its alphabetic code and how many decimals its minor unit has. Only active codes can be built.
package struct Currency: Sendable, Hashable {
  /// Three capital letters.
  package let code: String
  /// One major unit is 10 to this power minor units: 0, 2, 3 or 4.
  package let exponent: Int

  /// The active currency of this code, or `nil`. Codes are case-sensitive, as the standard writes them.
  package init?(code: String) {
    guard let exponent = Self.exponents[code] else { return nil }
    self.code = code
    self.exponent = exponent
  }
}

extension Currency: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let currency = Currency(code: try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an active ISO 4217 code")
    }
    self = currency
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(code)
  }
}

extension Currency {
  /// Source: ISO 4217 list one, published 2026-01-01 (the maintenance agency, SIX: `list-one.xml`). Funds codes with
  /// a minor unit are in it; codes without one (metals, test, "no currency") cannot hold an amount and are not.
  private static let exponents: [String: Int] = {
    let codesByExponent = [
      0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
      2: """
      AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY
      COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS
      INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR
      MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP
      STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG
      """,
      3: "BHD IQD JOD KWD LYD OMR TND",
      4: "CLF UYW",
    ]
    var exponents: [String: Int] = [:]
    for (exponent, codes) in codesByExponent {
      for code in codes.split(whereSeparator: \.isWhitespace) { exponents[String(code)] = exponent }
    }
    return exponents
  }()
}
