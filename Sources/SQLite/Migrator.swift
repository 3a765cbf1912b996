/// Brings a database to the newest schema. `user_version` says how many migrations it has had.
enum Migrator {
  /// Applies what is missing, each migration in one transaction with its new `user_version`: a failure leaves the database
  /// as the migration before it left it.
  static func migrate(_ connection: Connection, to migrations: [String]) throws(DatabaseError) {
    let found = try version(of: connection)
    guard found <= migrations.count else {
      throw .newerSchema(found: found, supported: migrations.count)
    }
    for (index, migration) in migrations.enumerated().dropFirst(found) {
      try connection.run("BEGIN IMMEDIATE")
      do throws(DatabaseError) {
        try connection.run(migration)
        try connection.run("PRAGMA user_version = \(index + 1); COMMIT;")
      } catch {
        // SQLite may have ended the transaction itself; when it has not, a failing ROLLBACK must not hide the cause.
        if connection.isInTransaction { _ = Result(catching: { try connection.run("ROLLBACK") }) }
        throw error
      }
    }
  }

  /// Lets pass only what has had all migrations, and no others.
  static func check(_ connection: Connection, against migrations: [String]) throws(DatabaseError) {
    let found = try version(of: connection)
    guard found <= migrations.count else {
      throw .newerSchema(found: found, supported: migrations.count)
    }
    // Its owner is an older version of the program; only an owner may migrate.
    guard found == migrations.count else { throw .inUse }
  }

  private static func version(of connection: Connection) throws(DatabaseError) -> Int {
    let statement = try connection.start("PRAGMA user_version", [])
    defer { statement.reset() }
    return try statement.step() ? Row(handle: statement.handle).int(0) : 0
  }
}
