extension Schemas {
  /// The shapes of fields of one's own, by the names that Fields.md gives them.
  static let fields: [(name: String, schema: JSONSchema)] = [
    ("Field", field), ("FieldDraft", fieldDraft), ("FieldValues", values), ("FieldEntries", entries),
  ]

  static let recordKind = JSONSchema.oneOf(strings: ["deal", "contact", "account"])

  private static let valueType = JSONSchema.oneOf(strings: [
    "text", "long-text", "number", "currency", "date", "choice", "choices", "checkbox",
  ])

  private static let field = JSONSchema.object([
    "id": .integer, "kind": recordKind, "name": .string, "type": valueType, "choices": .array(reference),
    "position": .integer,
  ])

  private static let fieldDraft = JSONSchema.object([
    "kind": .optional(recordKind), "type": .optional(valueType), "name": .optional(.string),
    "choices": .optional(
      .array(.object(["id": .optional(.nullable(.integer)), "name": .optional(.string)]))),
    "removeValues": .optional(.boolean),
  ])

  /// A text, a number, a date; an amount; a choice; several; what is checked.
  private static let value = JSONSchema.anyOf([
    .string, .named("Money"), .integer, .array(.integer), .boolean,
  ])

  /// By the ids of the fields.
  private static let values = JSONSchema.map(value)
  private static let entries = JSONSchema.map(.nullable(value))
}
