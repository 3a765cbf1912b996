extension Schemas {
  /// The shapes of imports, by the names that Import.md gives them.
  static let imports: [(name: String, schema: JSONSchema)] = [
    ("Import", one), ("ImportSettings", settings), ("ImportCounts", counts), ("ImportPreview", preview),
    ("ImportFaultyRow", faultyRow),
  ]

  private static let one = JSONSchema.object([
    "id": .integer, "kind": kind,
    "state": .oneOf(strings: [
      "uploading", "reading", "mapping", "checking", "checked", "running", "done", "undoing", "undone",
      "cancelled", "failed",
    ]),
    "fileName": .string, "size": .integer, "received": .integer,
    "encoding": .nullable(.oneOf(strings: ["utf-8", "utf-16le", "utf-16be", "windows-1252"])),
    "separator": .nullable(.string), "columns": .array(.string), "rows": .integer, "processed": .integer,
    "settings": .nullable(.named("ImportSettings")), "plan": .nullable(.named("ImportCounts")),
    "result": .nullable(.named("ImportCounts")), "code": .nullable(.string), "agent": .nullable(reference),
    "createdAt": .moment, "endedAt": .nullable(.moment),
  ])

  static let kind = JSONSchema.oneOf(strings: ["contacts", "accounts", "deals"])

  private static let settings = JSONSchema.object([
    "columns": .array(.nullable(.string)), "existing": .oneOf(strings: ["update", "skip"]),
    "createsMissing": .boolean, "tag": .string, "dateOrder": .oneOf(strings: ["ymd", "dmy", "mdy"]),
    "decimalMark": .oneOf(strings: ["point", "comma"]), "pipelineID": .nullable(.integer),
    "currency": .nullable(.string), "runsAutomations": .boolean,
  ])

  private static let counts = JSONSchema.object([
    "created": .integer, "updated": .integer, "skipped": .integer, "bad": .integer, "accounts": .integer,
    "contacts": .integer, "kept": .integer,
  ])

  private static let preview = JSONSchema.object([
    "import": .named("Import"), "sample": .array(.object(["line": .integer, "cells": .array(.string)])),
    "fields": .array(.object(["field": .string, "name": .nullable(.string)])),
  ])

  private static let faultyRow = JSONSchema.object([
    "number": .integer, "line": .integer,
    "faults": .array(.object(["column": .nullable(.integer), "code": .string, "value": .string])),
  ])
}
