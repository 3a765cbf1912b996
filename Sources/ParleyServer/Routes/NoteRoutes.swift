import HTTPServer
import HTTPWire
import ParleyCore

/// What the team wrote down about deals, contacts and accounts.
struct NoteRoutes: Sendable {
  let parley: Parley

  private struct Text: Decodable {
    let text: String
  }

  private static let body = JSONSchema.object(["text": .string])

  var operations: [Operation] {
    RecordPath.all.flatMap(on) + [
      Operation(
        .patch, "/api/notes/{id}", "Change a note; for its author and for owners.", body: NoteRoutes.body,
        answer: .ok(.named("Note")), errors: ["note.invalid", "permission.denied"]
      ) { call, by in
        let body: Text = try call.body()
        return try .json(.ok, try await parley.editNote(try call.id(), body.text, by: by.agent))
      },
      Operation(
        .delete, "/api/notes/{id}", "Remove a note; for its author and for owners.", answer: .noContent,
        errors: ["permission.denied"]
      ) { call, by in
        try await parley.removeNote(try call.id(), by: by.agent)
        return Response(.noContent)
      },
    ]
  }

  private func on(_ record: RecordPath) -> [Operation] {
    [
      Operation(
        .get, "\(record.path)/notes", "A record's notes, newest first.",
        query: [RecordPath.before, .limit(upTo: 100, default: 25)],
        answer: .ok(.object(["notes": .array(.named("Note")), "next": .nullable(.integer)]))
      ) { call, by in
        try .json(
          .ok,
          try await parley.notes(
            on: try record.id(call), before: try call.integer("before"),
            limit: try call.limit(upTo: 100, default: 25), by: by.agent))
      },
      Operation(
        .post, "\(record.path)/notes", "Write something down about a record.", body: NoteRoutes.body,
        answer: .created(.named("Note")), errors: ["note.invalid"]
      ) { call, by in
        let body: Text = try call.body()
        return try .json(
          .created, try await parley.addNote(body.text, on: try record.id(call), by: by.agent))
      },
    ]
  }
}

/// The records that notes and tasks are about, by their paths.
struct RecordPath: Sendable {
  let path: String
  let kind: RecordKind

  static let all = [
    RecordPath(path: "/api/deals/{id}", kind: .deal), RecordPath(path: "/api/contacts/{id}", kind: .contact),
    RecordPath(path: "/api/accounts/{id}", kind: .account),
  ]

  static let before = Operation.Parameter(
    name: "before", schema: .integer, summary: "The `next` of the page before.")

  func id(_ call: Call) throws(CallError) -> RecordID {
    RecordID(kind, try call.id())
  }
}
