/// How much of a request is taken. Each is checked against what was declared or has arrived, before anything more is kept.
package struct Limits: Sendable, Hashable {
  /// The octets of the request line without its CRLF. Beyond: 414.
  package var requestLineBytes: Int
  /// The octets of the whole head, from the method to the empty line. Beyond: 431.
  package var headBytes: Int
  /// The fields of a head, and of a trailer section. Beyond: 431.
  package var fieldCount: Int
  /// The octets of a body whose route names no limit of its own. Beyond: 413.
  package var bodyBytes: Int
  /// The octets of one chunk's size line without its CRLF, extensions and all. Beyond: 400.
  package var chunkLineBytes: Int
  /// The octets of a trailer section. Beyond: 431.
  package var trailerBytes: Int

  package init(
    requestLineBytes: Int = 8 * 1024, headBytes: Int = 16 * 1024, fieldCount: Int = 100,
    bodyBytes: Int = 64 * 1024,
    chunkLineBytes: Int = 256, trailerBytes: Int = 4 * 1024
  ) {
    self.requestLineBytes = requestLineBytes
    self.headBytes = headBytes
    self.fieldCount = fieldCount
    self.bodyBytes = bodyBytes
    self.chunkLineBytes = chunkLineBytes
    self.trailerBytes = trailerBytes
  }
}
