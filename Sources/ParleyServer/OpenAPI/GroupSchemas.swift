extension Schemas {
  /// The shapes of groups and their rights, by the names that Groups.md gives them.
  static let groups: [(name: String, schema: JSONSchema)] = [("Group", group), ("GroupDraft", groupDraft)]

  private static let group = JSONSchema.object([
    "id": .integer, "name": .string, "isEveryone": .boolean, "members": .array(.integer),
    "grants": .array(.object(["pipelineID": .integer, "rights": rights])),
  ])

  private static let groupDraft = JSONSchema.object([
    "name": .optional(.string), "members": .optional(.array(.integer)),
  ])
}
