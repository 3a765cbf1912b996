/// A value as SQLite stores it.
package enum Value: Sendable, Equatable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])
}

/// What may be bound to a parameter of a statement. The domain's own identifiers and states conform where their records
/// stand, so that a statement reads `tx.execute("… WHERE id = ?", id)`.
package protocol Bindable {
  var databaseValue: Value { get }
}

extension Value: Bindable {
  package var databaseValue: Value { self }
}

extension Int64: Bindable {
  package var databaseValue: Value { .integer(self) }
}

extension Int: Bindable {
  package var databaseValue: Value { .integer(Int64(self)) }
}

extension Bool: Bindable {
  /// 1 or 0: SQLite has no truth value of its own.
  package var databaseValue: Value { .integer(self ? 1 : 0) }
}

extension Double: Bindable {
  package var databaseValue: Value { .real(self) }
}

extension String: Bindable {
  package var databaseValue: Value { .text(self) }
}

extension [UInt8]: Bindable {
  package var databaseValue: Value { .blob(self) }
}

extension Optional: Bindable where Wrapped: Bindable {
  package var databaseValue: Value { self?.databaseValue ?? .null }
}

extension Bindable where Self: RawRepresentable, RawValue == String {
  package var databaseValue: Value { .text(rawValue) }
}
