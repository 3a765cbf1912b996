/// A field's value: no control character but the tab, no blank at its ends (RFC 9110 §5.5), so that text from elsewhere can never
/// end a line and begin another field.
package struct FieldValue: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
  package let description: String

  /// Makes a legal value of any text: control characters become spaces, blanks at the ends go.
  package init(legalizing text: some StringProtocol) {
    var bytes = Array(text.utf8)
    for index in bytes.indices where !ASCII.isFieldValue(bytes[index]) { bytes[index] = ASCII.space }
    description = bytes.withUnsafeBufferPointer { String(decoding: $0.trimmed(), as: UTF8.self) }
  }

  package init(_ number: Int) {
    description = String(number)
  }

  /// A value in source code; a wrong one is a mistake of the programmer.
  package init(stringLiteral text: String) {
    description = text
    assert(FieldValue(legalizing: description).description == description, "a field's value is legal")
  }
}
