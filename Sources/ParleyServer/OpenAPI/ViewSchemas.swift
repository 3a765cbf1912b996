extension Schemas {
  static let views: [(name: String, schema: JSONSchema)] = [
    (
      "View",
      .object([
        "id": .integer, "kind": viewKind, "name": .string, "query": .string, "columns": .array(.string),
        "isShared": .boolean, "isDefault": .boolean, "agent": reference,
      ])
    ),
    (
      "ViewDraft",
      .object([
        "kind": .optional(viewKind), "name": .optional(.string), "query": .optional(.string),
        "columns": .optional(.array(.string)), "isShared": .optional(.boolean),
        "isDefault": .optional(.boolean),
      ])
    ),
  ]

  private static let viewKind = JSONSchema.oneOf(strings: ["deals", "contacts", "accounts"])
}
