import HTTPServer
import HTTPWire
import ParleyCore

/// Turns operations into the router's rows: what every request must pass before its use case is asked, and how every error is
/// answered.
struct Dispatcher: Sendable {
  let parley: Parley
  let ownOrigin: OwnOrigin
  let log: Log

  func route(_ operation: Operation) -> Route {
    Route(operation.method, operation.path, bodyLimit: operation.bodyLimit) { request, parameters in
      await answer(operation, Call(request: request, parameters: parameters))
    }
  }

  private func answer(_ operation: Operation, _ call: Call) async -> Response {
    do {
      try admit(operation, call.request)
      switch operation.handling {
      case .open(let handle):
        return try await handle(call)
      case .anyone(let handle):
        return try await handle(call, try await caller(call.request))
      case .signedIn(let handle):
        guard let caller = try await caller(call.request) else { throw CallError.sessionRequired }
        return try await handle(call, caller)
      }
    } catch let error as CallError {
      return ErrorResponse(error).response
    } catch let error as ParleyError {
      log.failure(error, during: "request", requestID: call.request.id)
      return ErrorResponse(error).response
    } catch {
      let defect = ParleyError.thrown(error)
      log.failure(defect, during: "request", requestID: call.request.id)
      return ErrorResponse(defect).response
    }
  }

  /// Cross-site requests are refused by their `Origin`, and cannot announce JSON without asking first.
  private func admit(_ operation: Operation, _ request: Request) throws(CallError) {
    switch operation.method {
    case .get, .head, .options:
      return
    case .post, .put, .patch, .delete:
      guard ownOrigin.allows(request) else { throw .originDenied }
      guard operation.body != nil else { return }
      let mediaType = request.fields[.contentType]?.prefix { $0 != ";" && $0 != " " } ?? ""
      guard mediaType.lowercased() == "application/json" else { throw .mediaTypeUnsupported }
    }
  }

  /// Whose session stands; nil where none does.
  private func caller(_ request: Request) async throws(ParleyError) -> Caller? {
    guard let text = request.cookie(SessionCookie.name), let token = SecretToken(text) else { return nil }
    do throws(ParleyError) {
      return Caller(session: try await parley.session(token), token: token)
    } catch .sessionRequired {
      return nil
    }
  }
}

/// The agent who asks, by a session that stands.
struct Caller: Sendable {
  let session: Session
  /// For asking again whether it still does.
  let token: SecretToken

  var agent: AgentIdentity { session.agent }
}
