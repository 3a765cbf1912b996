/// Makes the names of requests: 13 digits of base 32, of a mixed counter, so that neighbours in time look different in a log.
struct RequestIDs: Sendable {
  private static let digits = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

  private var counter = UInt64.random(in: .min ... .max)

  /// Short enough for a string that needs no memory of its own.
  mutating func next() -> String {
    counter &+= 0x9E37_79B9_7F4A_7C15
    var bits = mix(counter)
    return String(unsafeUninitializedCapacity: 13) { text in
      for index in 0..<13 {
        text[index] = Self.digits[Int(bits & 31)]
        bits >>= 5
      }
      return 13
    }
  }

  // SplitMix64 (Steele, Lea and Flood, 2014): a bijection, so that no two counts get one name.
  private func mix(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
