import HTTPServer
import HTTPWire
import ParleyCore

/// Tables on their way in.
struct ImportRoutes: Sendable {
  let parley: Parley

  private struct Draft: Decodable {
    let kind: ImportKind
    let fileName: String
    let size: Int64
  }

  /// The errors of an import that is not where it would have to be.
  private static let misplaced = ["import.state"]

  var operations: [Operation] {
    [
      Operation(
        .get, "/api/imports", "The imports, newest first: for an owner everyone's, else one's own.",
        query: [.beforeID, .limit(upTo: 100, default: 25)],
        answer: .ok(.object(["imports": .array(.named("Import")), "next": .nullable(.integer)]))
      ) { call, by in
        try .json(
          .ok,
          try await parley.imports(
            before: try call.integer("before"), limit: try call.limit(upTo: 100, default: 25), by: by.agent))
      },
      Operation(
        .post, "/api/imports", "Begin an import. Its file is sent next, in parts.",
        body: .object(["kind": Schemas.kind, "fileName": .string, "size": .integer]),
        answer: .created(.named("Import")),
        errors: ["import.invalid", "import.too-many", "idempotency.mismatch"], needsIdempotencyKey: true
      ) { call, by in
        let key = try call.idempotencyKey()
        let draft: Draft = try call.body()
        return try .json(
          .created,
          try await parley.beginImport(
            draft.kind, fileName: draft.fileName, size: draft.size, idempotencyKey: key, by: by.agent))
      },
      Operation(
        .get, "/api/imports/{id}", "An import, its first rows, and what its columns may be.",
        answer: .ok(.named("ImportPreview"))
      ) { call, by in
        try .json(.ok, try await parley.importPreview(try call.id(), by: by.agent))
      },
      Operation(
        .put, "/api/imports/{id}/parts", "Send the next part of its file, at most 512 KiB.",
        query: [.init(name: "start", schema: .integer, summary: "How many octets come before it. Required.")],
        bodyLimit: Import.partLimit, takesOctets: true, answer: .ok(.named("Import")),
        errors: ["import.part.misplaced"]
      ) { call, by in
        guard let start = try call.integer("start") else {
          throw CallError.invalid(fields: ["start": "field.required"])
        }
        return try .json(
          .ok,
          try await parley.receivePart(call.request.body, at: start, of: try call.id(), by: by.agent))
      },
      Operation(
        .post, "/api/imports/{id}/check",
        "Say what the columns are, and check every row. Nothing is changed.",
        body: .named("ImportSettings"), answer: .ok(.named("Import")),
        errors: ["import.invalid"] + Self.misplaced
      ) { call, by in
        try .json(.ok, try await parley.checkImport(try call.id(), try call.body(), by: by.agent))
      },
      Operation(
        .post, "/api/imports/{id}/run", "Store the rows that are not at fault.",
        answer: .ok(.named("Import")),
        errors: ["import.nothing"] + Self.misplaced
      ) { call, by in
        try .json(.ok, try await parley.runImport(try call.id(), by: by.agent))
      },
      Operation(
        .post, "/api/imports/{id}/cancel", "Give it up, and take back what it has done.",
        answer: .ok(.named("Import")), errors: Self.misplaced
      ) { call, by in
        try .json(.ok, try await parley.cancelImport(try call.id(), by: by.agent))
      },
      Operation(
        .post, "/api/imports/{id}/undo", "Take back what it made and changed, within 30 days.",
        answer: .ok(.named("Import")), errors: ["import.undo.too-late"] + Self.misplaced
      ) { call, by in
        try .json(.ok, try await parley.undoImport(try call.id(), by: by.agent))
      },
      Operation(
        .get, "/api/imports/{id}/faults", "The rows at fault, in the file's order.",
        query: [
          .init(name: "after", schema: .integer, summary: "The `next` of the page before."),
          .limit(upTo: 100, default: 50),
        ],
        answer: .ok(.object(["rows": .array(.named("ImportFaultyRow")), "next": .nullable(.integer)]))
      ) { call, by in
        try .json(
          .ok,
          try await parley.importFaults(
            of: try call.id(), after: try call.integer("after").map { Int($0) },
            limit: try call.limit(upTo: 100, default: 50), by: by.agent))
      },
      Operation(
        .get, "/api/imports/{id}/faults.csv",
        "The rows at fault as they stand in the file, each with its reasons.",
        query: [.language], answer: .text
      ) { call, by in
        let id = try call.id()
        let one = try await parley.importPreview(id, by: by.agent).import
        let faults = ImportFaultFile(one, try call.choice("language", default: ExportLanguage.english))
        return .csv(named: one.fileName.split(separator: ".").first.map { "\($0)-errors" } ?? "errors") {
          try await faults.next(of: parley, by: by.agent)
        }
      },
    ]
  }
}
