extension Schemas {
  static let merges: [(name: String, schema: JSONSchema)] = [
    ("MergeRequest", .object(["with": .integer, "take": .array(.string)])),
    ("MergedFact", .object(["field": .string, "title": .nullable(.string), "text": .string])),
    (
      "Merge",
      .object([
        "id": .integer,
        "record": .object(["id": .integer, "name": .string, "facts": .array(.named("MergedFact"))]),
        "replaced": .array(.named("MergedFact")), "agent": .nullable(reference), "createdAt": .moment,
      ])
    ),
    ("MergeHistory", .object(["merges": .array(.named("Merge")), "aliases": .array(.string)])),
  ]
}

extension JSONSchema {
  static func duplicates(_ record: String) -> JSONSchema {
    .object([
      "duplicates": .array(
        .object([
          "record": .named(record),
          "reasons": .array(.oneOf(strings: ["name", "phone", "email", "url"])),
        ]))
    ])
  }
}
