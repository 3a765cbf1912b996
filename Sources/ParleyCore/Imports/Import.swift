/// What a table brings in.
package enum ImportKind: String, Sendable, Hashable, Codable, CaseIterable {
  case contacts, accounts, deals

  /// What each of its rows becomes.
  var record: RecordKind {
    switch self {
    case .contacts: .contact
    case .accounts: .account
    case .deals: .deal
    }
  }
}

/// A table on its way in: from the first octet of its file to the report of what came of it, or until it was taken back.
package struct Import: Sendable, Hashable, Codable, Identifiable {
  package enum State: String, Sendable, Hashable, Codable {
    /// Its file is being sent.
    case uploading
    /// The file is being divided into rows.
    case reading
    /// It waits for someone to say what the columns are.
    case mapping
    /// Each row is held against what is stored; nothing is changed.
    case checking
    /// It waits for someone to say that it may begin.
    case checked
    case running
    case done
    /// What it did is being taken back.
    case undoing
    case undone
    /// Given up before anything was changed.
    case cancelled
    /// The file could not be read: `code` says why.
    case failed

    /// Whether the server works on it.
    var isAtWork: Bool {
      switch self {
      case .reading, .checking, .running, .undoing: true
      case .uploading, .mapping, .checked, .done, .undone, .cancelled, .failed: false
      }
    }

    /// Whether someone may still give it up without anything to be taken back.
    var isUnbegun: Bool {
      switch self {
      case .uploading, .reading, .mapping, .checking, .checked: true
      case .running, .done, .undoing, .undone, .cancelled, .failed: false
      }
    }
  }

  package var id: Int64
  package var kind: ImportKind
  package var state: State
  /// As the one who imports calls it.
  package var fileName: String
  /// In octets; of them `received` have come.
  package var size: Int64
  package var received: Int64
  @Nullable package var encoding: TextEncoding?
  /// One character.
  @Nullable package var separator: String?
  /// The cells of the table's first line.
  package var columns: [String]
  /// How many there are behind it, and up to which the work at hand has come.
  package var rows: Int
  package var processed: Int
  /// What the columns are and what is to be done; a guess until someone has said it.
  @Nullable package var settings: ImportSettings?
  /// What the check found that it would do.
  @Nullable package var plan: ImportCounts?
  /// What it did.
  @Nullable package var result: ImportCounts?
  /// Why it failed, or why it was taken back by itself.
  @Nullable package var code: String?
  @Nullable package var agent: AgentReference?
  package var createdAt: Int64
  @Nullable package var endedAt: Int64?

  /// Octets of a file, rows of a table, octets of one part of an upload.
  package static let sizeLimit: Int64 = 50 * 1024 * 1024
  package static let rowsLimit = 200_000
  package static let partLimit = 512 * 1024
  static let fileNameLimit = 200
  /// How many imports an agent may have that have not ended.
  static let openLimit = 20
}

/// Rows by what becomes of them, and what is made beside them.
package struct ImportCounts: Sendable, Hashable, Codable {
  package var created = 0
  package var updated = 0
  package var skipped = 0
  /// At fault: they are left out.
  package var bad = 0
  /// Made because a row names them.
  package var accounts = 0
  package var contacts = 0
  /// What was not taken back since someone has changed or used it.
  package var kept = 0
}

/// An import with what one needs to say what its columns are.
package struct ImportPreview: Sendable, Hashable, Codable {
  package var `import`: Import
  /// The first of them.
  package var sample: [ImportSample]
  /// What a column may be.
  package var fields: [ImportFieldName]
}

/// A row as it stands in the file.
package struct ImportSample: Sendable, Hashable, Codable {
  package var line: Int
  package var cells: [String]
}

/// What a column may be; a field of one's own has its name, the others are named by the page.
package struct ImportFieldName: Sendable, Hashable, Codable {
  package var field: String
  @Nullable package var name: String?
}

/// A page of imports, newest first.
package struct ImportList: Sendable, Hashable, Codable {
  package var imports: [Import]
  @Nullable package var next: Int64?
}

/// What is wrong with a row.
package struct ImportFault: Sendable, Hashable, Codable {
  /// From 0; nil for the row as a whole.
  @Nullable package var column: Int?
  /// `import.cell.…`, `import.row.…`, or a field error of the record.
  package var code: String
  /// What the cell holds, at most its first hundred characters.
  package var value: String
}

package struct ImportFaultyRow: Sendable, Hashable, Codable {
  /// From 1, the header not counted.
  package var number: Int
  /// In the file, from 1.
  package var line: Int
  package var faults: [ImportFault]
}

/// A page of the rows at fault, in the file's order.
package struct ImportFaultList: Sendable, Hashable, Codable {
  package var rows: [ImportFaultyRow]
  /// The number behind which the next page begins; nil at the end.
  @Nullable package var next: Int?
}
