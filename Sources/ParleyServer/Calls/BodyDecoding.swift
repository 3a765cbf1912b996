import Foundation

/// Reads the JSON body of a request.
enum BodyDecoding {
  /// - Throws: `CallError.malformed` for what is no JSON; `CallError.invalid`, naming the member at fault by its path
  ///   (`value.minor`), for JSON of another shape than `Body`.
  static func decode<Body: Decodable>(_ type: Body.Type, from bytes: [UInt8]) throws(CallError) -> Body {
    do {
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch let error as DecodingError {
      throw callError(for: error)
    } catch {
      throw .malformed
    }
  }

  private static func callError(for error: DecodingError) -> CallError {
    switch error {
    case .keyNotFound(let key, let context):
      return .invalid(fields: [name(of: context.codingPath + [key]): "field.required"])
    case .valueNotFound(_, let context):
      return .invalid(fields: [name(of: context.codingPath): "field.required"])
    case .typeMismatch(_, let context):
      return .invalid(fields: [name(of: context.codingPath): "field.invalid"])
    case .dataCorrupted(let context):
      // Without a path it is the text that is at fault; with one, a value that its type refused.
      return context.codingPath.isEmpty
        ? .malformed : .invalid(fields: [name(of: context.codingPath): "field.invalid"])
    @unknown default:
      return .malformed
    }
  }

  private static func name(of path: [any CodingKey]) -> String {
    path.isEmpty ? "body" : path.map(\.stringValue).joined(separator: ".")
  }
}

/// A member of a PATCH body: left out, or given, perhaps as null.
enum Change<Value: Decodable & Sendable>: Sendable {
  case unchanged
  case set(Value?)
}

extension KeyedDecodingContainer {
  /// Tells a member that is left out from one that is null.
  func change<Value>(_ type: Value.Type, forKey key: Key) throws -> Change<Value> {
    guard contains(key) else { return .unchanged }
    return .set(try decodeIfPresent(type, forKey: key))
  }
}
