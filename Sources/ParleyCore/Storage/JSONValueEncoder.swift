/// The place of one value in a ``JSONOutput``, as the value is given it to encode itself.
struct JSONValueEncoder: Encoder {
  let output: JSONOutput
  /// How many brackets were open before the value.
  let depth: Int

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    // A value may ask twice for its one container.
    if output.depth == depth { output.open(UInt8(ascii: "{"), UInt8(ascii: "}")) }
    return KeyedEncodingContainer(JSONMembers(output: output, depth: depth + 1))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    if output.depth == depth { output.open(UInt8(ascii: "["), UInt8(ascii: "]")) }
    return JSONElements(output: output, depth: depth + 1)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    JSONElements(output: output, depth: nil)
  }
}

/// The members of an object.
struct JSONMembers<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let output: JSONOutput
  let depth: Int

  var codingPath: [any CodingKey] { [] }

  /// Closes what a member before this one left open, which only a nested container does.
  private func begin(_ key: some CodingKey) -> JSONOutput {
    output.close(to: depth)
    output.append(key: key.stringValue)
    return output
  }

  func encodeNil(forKey key: Key) { begin(key).appendNull() }
  func encode(_ value: Bool, forKey key: Key) { begin(key).append(value) }
  func encode(_ value: String, forKey key: Key) { begin(key).append(value) }
  func encode(_ value: Double, forKey key: Key) throws { try begin(key).append(value) }
  func encode(_ value: Float, forKey key: Key) throws { try begin(key).append(Double(value)) }
  func encode(_ value: Int, forKey key: Key) { begin(key).append(Int64(value)) }
  func encode(_ value: Int8, forKey key: Key) { begin(key).append(Int64(value)) }
  func encode(_ value: Int16, forKey key: Key) { begin(key).append(Int64(value)) }
  func encode(_ value: Int32, forKey key: Key) { begin(key).append(Int64(value)) }
  func encode(_ value: Int64, forKey key: Key) { begin(key).append(value) }
  func encode(_ value: UInt, forKey key: Key) { begin(key).append(UInt64(value)) }
  func encode(_ value: UInt8, forKey key: Key) { begin(key).append(UInt64(value)) }
  func encode(_ value: UInt16, forKey key: Key) { begin(key).append(UInt64(value)) }
  func encode(_ value: UInt32, forKey key: Key) { begin(key).append(UInt64(value)) }
  func encode(_ value: UInt64, forKey key: Key) { begin(key).append(value) }
  func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws { try begin(key).append(value) }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    superEncoder(forKey: key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    superEncoder(forKey: key).unkeyedContainer()
  }

  func superEncoder() -> any Encoder {
    JSONValueEncoder(output: begin(SuperKey.super), depth: depth)
  }

  func superEncoder(forKey key: Key) -> any Encoder {
    JSONValueEncoder(output: begin(key), depth: depth)
  }

  private enum SuperKey: CodingKey {
    case `super`
  }
}

/// The elements of an array, or the one value that is no object and no array.
struct JSONElements: UnkeyedEncodingContainer, SingleValueEncodingContainer {
  let output: JSONOutput
  /// Nil for one value.
  let depth: Int?
  private(set) var count = 0

  init(output: JSONOutput, depth: Int?) {
    self.output = output
    self.depth = depth
  }

  var codingPath: [any CodingKey] { [] }

  private mutating func begin() -> JSONOutput {
    guard let depth else { return output }
    output.close(to: depth)
    output.separate()
    count += 1
    return output
  }

  mutating func encodeNil() { begin().appendNull() }
  mutating func encode(_ value: Bool) { begin().append(value) }
  mutating func encode(_ value: String) { begin().append(value) }
  mutating func encode(_ value: Double) throws { try begin().append(value) }
  mutating func encode(_ value: Float) throws { try begin().append(Double(value)) }
  mutating func encode(_ value: Int) { begin().append(Int64(value)) }
  mutating func encode(_ value: Int8) { begin().append(Int64(value)) }
  mutating func encode(_ value: Int16) { begin().append(Int64(value)) }
  mutating func encode(_ value: Int32) { begin().append(Int64(value)) }
  mutating func encode(_ value: Int64) { begin().append(value) }
  mutating func encode(_ value: UInt) { begin().append(UInt64(value)) }
  mutating func encode(_ value: UInt8) { begin().append(UInt64(value)) }
  mutating func encode(_ value: UInt16) { begin().append(UInt64(value)) }
  mutating func encode(_ value: UInt32) { begin().append(UInt64(value)) }
  mutating func encode(_ value: UInt64) { begin().append(value) }
  mutating func encode<Value: Encodable>(_ value: Value) throws { try begin().append(value) }

  mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type)
    -> KeyedEncodingContainer<Nested>
  {
    superEncoder().container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    superEncoder().unkeyedContainer()
  }

  mutating func superEncoder() -> any Encoder {
    let output = begin()
    return JSONValueEncoder(output: output, depth: output.depth)
  }
}
