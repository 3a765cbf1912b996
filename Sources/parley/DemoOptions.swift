import HTTPServer
import ParleyServer

/// The options of `parley demo`, understood.
struct DemoOptions: Sendable {
  let serve: ServeOptions
  let website: Endpoint
  let websiteAddress: IPAddress
  /// Nil to look in the usual places.
  let fixtures: String?

  init(_ invocation: Invocation) throws(UsageError) {
    serve = try ServeOptions(invocation, defaultLogFormat: .text, defaultLogLevel: .warning)
    (website, websiteAddress) =
      try invocation.value(.website, ServeOptions.endpoint) ?? ServeOptions.localEndpoint(port: 8081)
    fixtures = invocation[.fixtures]
  }
}
