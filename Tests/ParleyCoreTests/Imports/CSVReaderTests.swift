import Testing

@testable import ParleyCore

@Suite("Reading separated values")
struct CSVReaderTests {
  typealias Record = CSVReader.Record

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    var separator: Character = ","
    let records: [Record]
    var testDescription: String { name }
  }

  static func record(_ line: Int, _ cells: [String], _ fault: CSVReader.Fault? = nil) -> Record {
    Record(line: line, cells: cells, fault: fault)
  }

  static let cases = [
    Case(
      name: "lines that end with CRLF", text: "a,b\r\nc,d\r\n",
      records: [record(1, ["a", "b"]), record(2, ["c", "d"])]),
    Case(
      name: "lines that end with LF, the last without", text: "a,b\nc,d",
      records: [record(1, ["a", "b"]), record(2, ["c", "d"])]),
    Case(name: "lines that end with CR", text: "a\rb\r", records: [record(1, ["a"]), record(2, ["b"])]),
    Case(
      name: "empty lines are no records, and count", text: "a\n\n\r\nb\n",
      records: [record(1, ["a"]), record(4, ["b"])]),
    Case(
      name: "cells that are empty", text: ",\n,,\n",
      records: [record(1, ["", ""]), record(2, ["", "", ""])]),
    Case(name: "quotes within quotes", text: "\"a \"\"b\"\"\",c\n", records: [record(1, ["a \"b\"", "c"])]),
    Case(name: "separators within quotes", text: "\"a,b\",c\n", records: [record(1, ["a,b", "c"])]),
    Case(
      name: "line ends within quotes count as lines", text: "\"a\r\nb\n\rc\",d\ne\n",
      records: [record(1, ["a\nb\n\nc", "d"]), record(5, ["e"])]),
    Case(
      name: "an empty quoted cell is a record", text: "\"\"\nx\n",
      records: [record(1, [""]), record(2, ["x"])]),
    Case(
      name: "a quotation mark within a plain cell is itself", text: "5\" disk,a\n",
      records: [record(1, ["5\" disk", "a"])]),
    Case(
      name: "blanks behind a quotation are let go", text: "\"a\"  ,b\n", records: [record(1, ["a", "b"])]),
    Case(
      name: "text behind a quotation is a fault of that record only", text: "\"a\"b,c\nd,e\n",
      records: [record(1, ["a", "c"], .misquoted), record(2, ["d", "e"])]),
    Case(
      name: "a quotation that is never closed", text: "a\n\"b,c\n",
      records: [record(1, ["a"]), record(2, ["b,c\n"], .unclosed)]),
    Case(name: "semicolons", text: "a;b,c\n", separator: ";", records: [record(1, ["a", "b,c"])]),
    Case(
      name: "tabs, and characters of several octets", text: "é\t€\t😀\n", separator: "\t",
      records: [record(1, ["é", "€", "😀"])]),
  ]

  static func read(_ pieces: [[UInt8]], _ separator: Character = ",", _ limits: CSVReader.Limits = .init())
    -> [Record]
  {
    var reader = CSVReader(separator: separator.asciiValue!, limits: limits)
    var records: [Record] = []
    for piece in pieces { reader.read(piece) { records.append($0) } }
    reader.finish { records.append($0) }
    return records
  }

  @Test("a table is read as it is meant", arguments: cases)
  func reads(_ one: Case) {
    #expect(Self.read([Array(one.text.utf8)], one.separator) == one.records)
  }

  @Test("a table split at any octet, and into single octets, reads the same", arguments: cases)
  func splits(_ one: Case) {
    let bytes = Array(one.text.utf8)
    for index in 0...bytes.count {
      #expect(Self.read([Array(bytes[..<index]), Array(bytes[index...])], one.separator) == one.records)
    }
    #expect(Self.read(bytes.map { [$0] }, one.separator) == one.records)
  }

  @Test(
    "a record is kept up to its limit, one below it and one above",
    arguments: [(9, false), (10, false), (11, true)])
  func longRecords(_ count: Int, _ isTooLong: Bool) {
    var limits = CSVReader.Limits()
    limits.recordBytes = 10
    let records = Self.read([Array((String(repeating: "x", count: count) + "\nb\n").utf8)], ",", limits)
    #expect(records.map(\.fault) == [isTooLong ? .tooLong : nil, nil])
    #expect(records[0].cells == [String(repeating: "x", count: min(count, 10))])
    #expect(records[1] == Self.record(2, ["b"]))
  }

  @Test("a record has no more cells than the limit", arguments: [(2, false), (3, false), (4, true)])
  func manyCells(_ count: Int, _ isTooMany: Bool) {
    var limits = CSVReader.Limits()
    limits.cells = 3
    let text = Array(repeating: "x", count: count).joined(separator: ",") + "\n"
    let records = Self.read([Array(text.utf8)], ",", limits)
    #expect(records.map(\.fault) == [isTooMany ? .tooManyCells : nil])
    #expect(records[0].cells.count == min(count, 3))
  }

  @Test(
    "the separator is found",
    arguments: [
      ("a,b,c\n1,2,3\n", ","), ("a;b;c\n1,5;2;3\n2,5;1;\n", ";"), ("a\tb\n1,2\t3\n", "\t"),
      ("a|b\n1|2\n", "|"),
      ("name\nAda\n", ","), ("\"a;b\",c\n\"d;e\",f\n", ","), ("a;b", ";"), ("sep=;\na,b;c\n", ";"), ("", ","),
    ] as [(String, Character)])
  func separators(_ text: String, _ separator: Character) {
    #expect(CSVDialect(beginning: Array(text.utf8)).separator == separator.asciiValue)
  }

  @Test("what a writer writes, a reader reads")
  func roundTrip() {
    let rows = [
      ["plain", "with, comma", "with \"quotes\"", "two\nlines"], ["", " ", "é", "=1+1"],
      ["'=1", "''@x", "-5", "'quoted'"],
    ]
    var writer = CSVWriter(header: ["a", "b", "c", "d"])
    for row in rows { writer.append(row) }
    let records = Self.read([writer.bytes]).dropFirst().map { $0.cells.map(CSVFormula.unguarded) }
    #expect(records == rows)
    #expect(String(decoding: writer.bytes, as: UTF8.self).contains("'=1+1"))
  }
}

@Suite("The characters of a file")
struct TextEncodingTests {
  static let text = "Élodie;€ 5;😀;naïve\r\n"

  static func utf16(_ isLittle: Bool, mark: Bool) -> [UInt8] {
    ((mark ? "\u{feff}" : "") + text).utf16.flatMap { unit in
      isLittle ? [UInt8(unit & 255), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 255)]
    }
  }

  static let files: [(octets: [UInt8], encoding: TextEncoding, text: String)] = [
    (Array(text.utf8), .utf8, text), ([0xef, 0xbb, 0xbf] + Array(text.utf8), .utf8, text),
    (utf16(true, mark: true), .utf16LittleEndian, text), (utf16(false, mark: true), .utf16BigEndian, text),
    (utf16(true, mark: false), .utf16LittleEndian, text), (utf16(false, mark: false), .utf16BigEndian, text),
    ([0xc9, 0x6c, 0x6f, 0x64, 0x69, 0x65, 0x3b, 0x80, 0x20, 0x35, 0x9c], .windows1252, "Élodie;€ 5œ"),
    ([0xef, 0xbb], .utf8, String(decoding: [0xef, 0xbb] as [UInt8], as: UTF8.self)), ([], .utf8, ""),
  ]

  @Test("the encoding is found and read, split at any octet", arguments: 0..<files.count)
  func decodes(_ index: Int) {
    let (octets, encoding, text) = Self.files[index]
    for split in 0...octets.count {
      var detection = TextEncoding.Detection()
      detection.read(Array(octets[..<split]))
      detection.read(Array(octets[split...]))
      #expect(detection.encoding == encoding)
      var decoder = TextEncoding.Decoder(encoding)
      var decoded = decoder.decode(Array(octets[..<split]))
      decoded += decoder.decode(Array(octets[split...]))
      decoded += decoder.finish()
      #expect(String(decoding: decoded, as: UTF8.self) == text)
    }
  }
}
