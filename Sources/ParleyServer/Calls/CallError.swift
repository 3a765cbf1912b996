/// Why a request was turned away before any use case was asked.
enum CallError: Error, Equatable {
  /// The body is no JSON, or no JSON at all was announced.
  case malformed
  /// Parameters or members at fault, by name: `field.required` or `field.invalid`.
  case invalid(fields: [String: String])
  case sessionRequired
  case originDenied
  /// An unsafe request whose content is not announced as JSON.
  case mediaTypeUnsupported
  /// The one-time token of the first start is another.
  case setupTokenWrong
  /// No record or page by that name; also for an id that is no number.
  case notFound
}
