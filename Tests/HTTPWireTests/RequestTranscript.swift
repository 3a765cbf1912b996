import HTTPWire

/// What a parser makes of octets, in the words of the fixtures.
struct RequestTranscript {
  private(set) var lines: [String] = []
  private var body: [UInt8] = []
  private let fields: [String]

  /// - Parameter fields: an outcome, whose fields are the only ones told.
  init(_ pieces: [[UInt8]], limits: Limits = Limits(), fields: [String] = []) {
    self.fields = fields
    var parser = RequestParser(limits: limits)
    do throws(ParseError) {
      for piece in pieces {
        var offset = 0
        while let part = try parser.next(in: piece.span, at: &offset) { add(part, of: piece) }
        precondition(offset == piece.count, "nil means that all was read")
      }
      endBody()
    } catch {
      endBody()
      lines.append("error \(error) \(error.status.code)")
    }
  }

  /// An outcome with its octets made legible in one way.
  static func canonical(_ line: String) -> String {
    line.hasPrefix("error ") || line == "end" ? line : escape(WireCase.unescape(line[...]))
  }

  private mutating func add(_ part: RequestParser.Part, of piece: [UInt8]) {
    switch part {
    case .head(let head): add(head)
    case .body(let range): body += piece[range]
    case .end(let trailers):
      endBody()
      lines += trailers.all.map { "trailer \($0.name): \($0.value)" }
      lines.append("end")
    }
  }

  private mutating func add(_ head: RequestHead) {
    let query = head.queryText.isEmpty ? "" : "?" + head.queryText
    var line = "request \(head.method.rawValue) \(head.path)\(query)"
    if head.version == .http10 { line += " http10" }
    if !head.keepsAlive { line += " close" }
    if head.expectsContinue { line += " continue" }
    if let authority = head.authority { line += " authority=\(authority)" }
    lines.append(line)
    for wanted in fields where wanted.hasPrefix("field ") {
      let name = wanted.dropFirst(6).prefix { $0 != ":" }
      guard let value = FieldName(name).flatMap({ head.fields[$0] }) else { continue }
      lines.append(Self.escape(Array("field \(name): \(value)".utf8)))
    }
  }

  private mutating func endBody() {
    guard !body.isEmpty else { return }
    lines.append(Self.escape(Array("body ".utf8) + body))
    body = []
  }

  private static func escape(_ octets: [UInt8]) -> String {
    let legible = octets.flatMap { octet in
      (0x20...0x7E).contains(octet) ? [octet] : Array("\\x\(String(octet, radix: 16))".utf8)
    }
    return String(decoding: legible, as: UTF8.self)
  }
}
