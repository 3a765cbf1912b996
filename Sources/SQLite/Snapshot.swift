/// A consistent view of the database, lent to a synchronous closure: nothing that others commit meanwhile shows in it.
package struct Snapshot: ~Copyable {
  let connection: Connection

  /// All rows, each turned into a value while the statement stands on it. Bound the number with `LIMIT`.
  package func rows<T>(
    _ sql: String, _ values: any Bindable..., map: (borrowing Row) throws -> T
  ) throws -> [T] {
    try rows(sql, binding: values, map: map)
  }

  /// The same for a statement that is put together, with its values in the same order.
  package func rows<T>(
    _ sql: String, binding values: [any Bindable], map: (borrowing Row) throws -> T
  ) throws -> [T] {
    let statement = try start(sql, values)
    defer { statement.reset() }
    var result: [T] = []
    while try statement.step() {
      result.append(try map(Row(handle: statement.handle)))
    }
    return result
  }

  /// The first row's value, or nil when there is none.
  package func first<T>(
    _ sql: String, _ values: any Bindable..., map: (borrowing Row) throws -> T
  ) throws -> T? {
    let statement = try start(sql, values)
    defer { statement.reset() }
    return try statement.step() ? try map(Row(handle: statement.handle)) : nil
  }

  /// Row after row until the body answers false: for work that stops early.
  package func each(
    _ sql: String, _ values: any Bindable..., body: (borrowing Row) throws -> Bool
  ) throws {
    try each(sql, binding: values, body: body)
  }

  /// The same for a statement that is put together, with its values in the same order.
  package func each(
    _ sql: String, binding values: [any Bindable], body: (borrowing Row) throws -> Bool
  ) throws {
    let statement = try start(sql, values)
    defer { statement.reset() }
    while try statement.step(), try body(Row(handle: statement.handle)) {}
  }

  /// The writer's own view goes through here too, so a statement that writes is refused by its nature.
  private func start(_ sql: String, _ values: [any Bindable]) throws(DatabaseError) -> Statement {
    let statement = try connection.start(sql, values)
    guard statement.isReadOnly else {
      statement.reset()
      throw .readOnly
    }
    return statement
  }
}
