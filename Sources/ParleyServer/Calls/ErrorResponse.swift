import HTTPServer
import HTTPWire
import ParleyCore

/// An error as HTTP answers it: the one place where errors get their status.
struct ErrorResponse: Sendable {
  let status: Status
  let body: ErrorBody

  init(_ status: Status, _ body: ErrorBody) {
    self.status = status
    self.body = body
  }

  init(_ error: CallError) {
    switch error {
    case .malformed: self.init(.badRequest, ErrorBody("request.malformed"))
    case .invalid(let fields): self.init(.unprocessableContent, ErrorBody("request.invalid", fields: fields))
    case .sessionRequired: self.init(.unauthorized, ErrorBody("session.required"))
    case .setupTokenWrong: self.init(.forbidden, ErrorBody("setup.token"))
    case .mediaTypeUnsupported: self.init(.unsupportedMediaType, ErrorBody("request.media-type"))
    case .originDenied: self.init(.forbidden, ErrorBody("origin.denied"))
    case .notFound: self.init(.notFound, ErrorBody("not.found"))
    }
  }

  init(_ error: ParleyError) {
    let status: Status =
      switch error {
      case .invalid, .idempotencyMismatch, .automationFaulty: .unprocessableContent
      case .notFound: .notFound
      case .merged: .gone
      case .permissionDenied: .forbidden
      case .sessionRequired, .credentials: .unauthorized
      case .throttled: .tooManyRequests
      case .setUpDone, .agentTaken, .ownerLast, .groupEveryone, .contactTaken, .accountTaken,
        .otherConversationOpen, .pipelineNotEmpty, .pipelineLast, .stageNotEmpty, .stageLast, .fieldInUse,
        .automationTooMany, .automationConflict, .runNotFailed:
        .conflict
      case .storageUnavailable: .serviceUnavailable
      case .defect: .internalServerError
      }
    self.init(status, ErrorBody(error))
  }

  init(_ refusal: Refusal) {
    switch refusal {
    case .notFound: self.init(refusal.status, ErrorBody("not.found"))
    case .methodNotAllowed: self.init(refusal.status, ErrorBody("method.denied"))
    case .malformed where refusal.status == .contentTooLarge:
      self.init(refusal.status, ErrorBody("body.too-large"))
    case .malformed: self.init(refusal.status, ErrorBody("request.malformed"))
    case .timedOut: self.init(refusal.status, ErrorBody("request.timeout"))
    case .upgradeRequired, .handshakeMalformed: self.init(refusal.status, ErrorBody("websocket.required"))
    case .overloaded: self.init(refusal.status, ErrorBody("server.overloaded"))
    }
  }

  var response: Response {
    do {
      var response = try Response.json(status, ["error": body])
      if let seconds = body.retryAfter { response.fields.append(.retryAfter, FieldValue(seconds)) }
      return response
    } catch {
      // A body of strings and numbers always encodes; if that ever changes the status still tells.
      return Response(status)
    }
  }
}
