/// The items of a query string, as forms encode them: `name=value` joined by `&`, `+` for a space, percent-encoded UTF-8.
package struct Query: Sendable, Hashable {
  package let items: [Item]

  package struct Item: Sendable, Hashable {
    package let name: String
    package let value: String
  }

  /// Reads an encoded query. An item that does not decode to UTF-8 is dropped, since no parameter can mean it.
  package init(_ encoded: ArraySlice<UInt8>) {
    items = encoded.split(separator: UInt8(ascii: "&")).compactMap { item in
      let equals = item.firstIndex(of: UInt8(ascii: "="))
      guard let name = PercentEncoding.decode(item[..<(equals ?? item.endIndex)], plusIsSpace: true),
        let value = PercentEncoding.decode(
          equals.map { item[($0 + 1)...] } ?? item[item.endIndex...], plusIsSpace: true)
      else { return nil }
      return Item(name: name, value: value)
    }
  }

  package init(_ encoded: String) {
    self.init(Array(encoded.utf8)[...])
  }

  /// The value of the first item so named.
  package subscript(_ name: String) -> String? {
    items.first { $0.name == name }?.value
  }
}
