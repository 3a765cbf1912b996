import SQLite

extension Parley {
  /// Looks over a whole database, a copy or one that is being served: its pages, its references, and that what is kept twice for
  /// speed (counts, sums, search indexes, last numbers) agrees. Reads everything and writes nothing. Blocks.
  ///
  /// - Throws: `newerVersion` and `olderVersion` for a database of another version of the program, whose invariants are others.
  package static func check(_ path: String) throws(OpeningError) -> DataCheck {
    do {
      return try Database.inspect(path) { snapshot in
        let version = try SchemaRecords.version(in: snapshot)
        let supported = Schema.migrations.count
        guard version <= supported else {
          throw OpeningError.newerVersion(found: version, supported: supported)
        }
        guard version == supported else {
          throw OpeningError.olderVersion(found: version, supported: supported)
        }
        var faults = try InvariantRecords.pageFaults(in: snapshot)
        // On damaged pages nothing else can be relied on.
        if faults.isEmpty {
          faults = try InvariantRecords.referenceFaults(in: snapshot)
          for invariant in InvariantRecords.all {
            let count = try invariant.violations(in: snapshot)
            if count > 0 { faults.append(DataFault(check: invariant.name, detail: "\(count)")) }
          }
        }
        let counts = try InvariantRecords.counts(in: snapshot)
        return DataCheck(
          conversations: counts.conversations, messages: counts.messages, deals: counts.deals, faults: faults)
      }
    } catch let error as OpeningError {
      throw error
    } catch let error as DatabaseError {
      throw OpeningError(error)
    } catch {
      throw .failed(reason: "\(type(of: error))")
    }
  }
}
