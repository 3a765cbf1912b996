import HTTPServer
import HTTPWire
import ParleyCore

/// One request to an operation, with its parameters read as what they should be.
struct Call: Sendable {
  let request: Request
  let parameters: PathParameters

  /// An id in the path.
  ///
  /// - Throws: `CallError.notFound` when it is no positive number: no record has such an id.
  func id(_ name: String = "id") throws(CallError) -> Int64 {
    guard let text = parameters[name], let id = Int64(text), id > 0 else { throw .notFound }
    return id
  }

  /// An integer of the query, or nil when it is not given.
  func integer(_ name: String, in range: ClosedRange<Int64> = 0...Int64.max) throws(CallError) -> Int64? {
    guard let text = request.query[name] else { return nil }
    guard let value = Int64(text), range.contains(value) else {
      throw .invalid(fields: [name: "field.invalid"])
    }
    return value
  }

  /// A calendar date of the query, or nil when it is not given.
  func date(_ name: String) throws(CallError) -> CalendarDate? {
    guard let text = request.query[name] else { return nil }
    guard let date = CalendarDate(text) else { throw .invalid(fields: [name: "field.invalid"]) }
    return date
  }

  /// The query's `limit`, within what the operation allows.
  func limit(upTo most: Int, default usual: Int) throws(CallError) -> Int {
    Int(try integer("limit", in: 1...Int64(most)) ?? Int64(usual))
  }

  /// One of some words of the query, or the given one when none is given.
  func choice<Choice: RawRepresentable<String>>(
    _ name: String, default usual: Choice
  ) throws(CallError) -> Choice {
    try choice(name) ?? usual
  }

  /// One of some words of the query, or nil when none is given.
  func choice<Choice: RawRepresentable<String>>(_ name: String) throws(CallError) -> Choice? {
    guard let text = request.query[name] else { return nil }
    guard let choice = Choice(rawValue: text) else { throw .invalid(fields: [name: "field.invalid"]) }
    return choice
  }

  /// What the client named its creating request by.
  func idempotencyKey() throws(CallError) -> IdempotencyKey {
    guard let text = request.fields["Idempotency-Key"] else {
      throw .invalid(fields: ["Idempotency-Key": "field.required"])
    }
    guard let key = IdempotencyKey(text) else {
      throw .invalid(fields: ["Idempotency-Key": "field.invalid"])
    }
    return key
  }

  func text(_ name: String) -> String {
    request.query[name] ?? ""
  }

  func body<Body: Decodable>(_ type: Body.Type = Body.self) throws(CallError) -> Body {
    try BodyDecoding.decode(type, from: request.body)
  }
}
