import Foundation
import HTTPServer
import HTTPWire

/// The description of the HTTP interface in OpenAPI 3.1, made of the operations themselves.
struct OpenAPIDescription: Encodable {
  struct Info: Encodable {
    let title = "Parley"
    let version: String
    let summary = "A unified inbox with deals."
  }

  struct PathItem: Encodable {
    var operations: [String: OperationObject] = [:]

    func encode(to encoder: any Encoder) throws {
      try operations.encode(to: encoder)
    }
  }

  struct OperationObject: Encodable {
    let summary: String
    let parameters: [ParameterObject]?
    let requestBody: Content?
    let responses: [String: Content]
    let security: [[String: [String]]]
  }

  struct ParameterObject: Encodable {
    let name: String
    let `in`: String
    let required: Bool
    let description: String?
    let schema: JSONSchema
  }

  struct Content: Encodable {
    let description: String
    var required: Bool?
    var content: [String: MediaType]?
  }

  struct MediaType: Encodable {
    let schema: JSONSchema
  }

  struct Components: Encodable {
    let schemas: [String: JSONSchema]
    let securitySchemes = ["session": SecurityScheme()]
  }

  struct SecurityScheme: Encodable {
    let type = "apiKey"
    let `in` = "cookie"
    let name = SessionCookie.name
  }

  let openapi = "3.1.0"
  let info: Info
  let paths: [String: PathItem]
  let components: Components

  init(version: String, operations: [Operation]) {
    info = Info(version: version)
    var paths: [String: PathItem] = [:]
    for operation in operations {
      paths[operation.path, default: PathItem()].operations[operation.method.rawValue.lowercased()] =
        OperationObject(operation)
    }
    self.paths = paths
    components = Components(
      schemas: Dictionary(uniqueKeysWithValues: Schemas.all.map { ($0.name, $0.schema) }))
  }

  func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return [UInt8](try encoder.encode(self))
  }
}

extension OpenAPIDescription.OperationObject {
  init(_ operation: Operation) {
    summary = operation.summary
    let named = operation.path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
      OpenAPIDescription.ParameterObject(
        name: String($0.dropFirst().dropLast()), in: "path", required: true, description: nil,
        schema: .integer)
    }
    let query = operation.query.map {
      OpenAPIDescription.ParameterObject(
        name: $0.name, in: "query", required: false, description: $0.summary, schema: $0.schema)
    }
    let key = OpenAPIDescription.ParameterObject(
      name: "Idempotency-Key", in: "header", required: true,
      description: "8–64 of [A-Za-z0-9_-]; a request resent under it gets the first one's answer.",
      schema: .string)
    let parameters = named + query + (operation.needsIdempotencyKey ? [key] : [])
    self.parameters = parameters.isEmpty ? nil : parameters
    let octets = OpenAPIDescription.Content(
      description: "", required: true, content: ["application/octet-stream": .init(schema: .string)])
    let json = operation.body.map {
      OpenAPIDescription.Content(
        description: "", required: true, content: ["application/json": .init(schema: $0)])
    }
    requestBody = operation.takesOctets ? octets : json
    let error = OpenAPIDescription.Content(
      description: (["An error."] + operation.errors.map { "`\($0)`" }).joined(separator: " "),
      content: ["application/json": .init(schema: .named("Error"))])
    let answer = OpenAPIDescription.Content(
      description: "\(operation.answer.status.reason)",
      content: operation.answer.schema.map { ["application/json": .init(schema: $0)] })
    responses = [String(operation.answer.status.code): answer, "default": error]
    switch operation.handling {
    case .open: security = []
    case .anyone: security = [[:], ["session": []]]
    case .signedIn: security = [["session": []]]
    }
  }
}
