/// An HTTP answer as a client sees it.
struct Answer: Sendable {
  let status: Int
  let fields: [(name: String, value: String)]
  let body: [UInt8]

  init(head: String, body: [UInt8]) {
    let lines = head.split(separator: "\r\n")
    status = Int(lines[0].split(separator: " ")[1]) ?? 0
    fields = lines.dropFirst().compactMap { line in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      return (
        String(line[..<colon]).lowercased(), String(line[line.index(after: colon)...].drop { $0 == " " })
      )
    }
    self.body = body
  }

  subscript(_ name: String) -> String? {
    fields.first { $0.name == name.lowercased() }?.value
  }

  var text: String { String(decoding: body, as: UTF8.self) }

  var json: JSONValue {
    get throws { try JSONValue(body) }
  }

  /// The error's code, or "" for an answer that is none.
  var code: String {
    get throws { try json["error"]["code"].string ?? "" }
  }
}
