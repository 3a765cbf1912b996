/// Why what someone entered is no value of a field.
package enum FieldFault: String, Error, Sendable, Hashable {
  /// No number, no date, no amount, or of another type altogether.
  case invalid
  case tooLong = "too-long"
  /// A choice, or the field itself, does not exist.
  case unknown

  /// As a field error's code.
  package var code: String {
    switch self {
    case .invalid: "fields.invalid"
    case .tooLong: "fields.too-long"
    case .unknown: "fields.unknown"
    }
  }
}
