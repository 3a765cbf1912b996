import HTTPServer
import HTTPWire

/// One operation of the HTTP interface, told once: the router's row and the description at `/api/openapi.json` are both made of it.
struct Operation: Sendable {
  struct Parameter: Sendable {
    let name: String
    let schema: JSONSchema
    let summary: String
  }

  struct Answer: Sendable {
    let status: Status
    /// Nil for an answer without content, or whose content is not JSON.
    let schema: JSONSchema?

    static func ok(_ schema: JSONSchema) -> Answer { Answer(status: .ok, schema: schema) }
    static func created(_ schema: JSONSchema) -> Answer { Answer(status: .created, schema: schema) }
    /// Not JSON.
    static let text = Answer(status: .ok, schema: nil)
    static let noContent = Answer(status: .noContent, schema: nil)
    static let switching = Answer(status: .switchingProtocols, schema: nil)
  }

  enum Handling: Sendable {
    /// For anyone.
    case open(@Sendable (Call) async throws -> Response)
    /// For anyone, who are told whether they have signed in.
    case anyone(@Sendable (Call, Caller?) async throws -> Response)
    /// For agents who have signed in; others get 401.
    case signedIn(@Sendable (Call, Caller) async throws -> Response)
  }

  let method: Method
  let path: String
  let summary: String
  let query: [Parameter]
  let body: JSONSchema?
  let bodyLimit: Int
  /// Whether its content is octets as they are, of any media type.
  let takesOctets: Bool
  let answer: Answer
  /// The codes of the errors that are this operation's own.
  let errors: [String]
  /// Whether it creates something, and must bear an `Idempotency-Key` under which it may be sent again.
  let needsIdempotencyKey: Bool
  let handling: Handling

  init(
    _ method: Method, _ path: String, _ summary: String, query: [Parameter] = [], body: JSONSchema? = nil,
    bodyLimit: Int = 64 * 1024, answer: Answer, errors: [String] = [], needsIdempotencyKey: Bool = false,
    open handle: @escaping @Sendable (Call) async throws -> Response
  ) {
    self.init(
      method, path, summary, query, body, bodyLimit, false, answer, errors, needsIdempotencyKey, .open(handle)
    )
  }

  init(
    _ method: Method, _ path: String, _ summary: String, query: [Parameter] = [], body: JSONSchema? = nil,
    bodyLimit: Int = 64 * 1024, takesOctets: Bool = false, answer: Answer, errors: [String] = [],
    needsIdempotencyKey: Bool = false,
    signedIn handle: @escaping @Sendable (Call, Caller) async throws -> Response
  ) {
    self.init(
      method, path, summary, query, body, bodyLimit, takesOctets, answer, errors, needsIdempotencyKey,
      .signedIn(handle))
  }

  init(
    _ method: Method, _ path: String, _ summary: String, answer: Answer,
    anyone handle: @escaping @Sendable (Call, Caller?) async throws -> Response
  ) {
    self.init(method, path, summary, [], nil, 64 * 1024, false, answer, [], false, .anyone(handle))
  }

  private init(
    _ method: Method, _ path: String, _ summary: String, _ query: [Parameter], _ body: JSONSchema?,
    _ bodyLimit: Int, _ takesOctets: Bool, _ answer: Answer, _ errors: [String], _ needsIdempotencyKey: Bool,
    _ handling: Handling
  ) {
    self.method = method
    self.path = path
    self.summary = summary
    self.query = query
    self.body = body
    self.bodyLimit = bodyLimit
    self.takesOctets = takesOctets
    self.answer = answer
    self.errors = errors
    self.needsIdempotencyKey = needsIdempotencyKey
    self.handling = handling
  }
}

extension Operation.Parameter {
  static let search = Operation.Parameter(
    name: "search", schema: .string, summary: "The beginnings of words.")

  static func limit(upTo most: Int, default usual: Int) -> Operation.Parameter {
    Operation.Parameter(name: "limit", schema: .integer, summary: "1…\(most), \(usual) if left out.")
  }
}
