/// A `hello` of a widget, as ``PlainReader`` reads it. Nil for all else.
struct PlainHello {
  let hello: VisitorCommand.Hello

  private struct Members {
    var type: String?
    var site: String?
    var token: String?
    var after: Int64?
    /// Nil inside for a page that is said to be none.
    var page: VisitorCommand.Page??
    var language: String?
    var timeZone: String?
    var mode: VisitorCommand.Mode?
  }

  /// - Parameter bytes: valid UTF-8.
  init?(_ bytes: [UInt8]) {
    var found = Members()
    let isRead = bytes.withUnsafeBufferPointer { bytes in
      var reader = PlainReader(bytes)
      return reader.object { Self.read($1, &found, &$0) } && reader.isAtEnd
    }
    guard isRead, found.type != nil, let site = found.site, let token = found.token, let mode = found.mode
    else { return nil }
    hello = VisitorCommand.Hello(
      site: site, token: token, after: found.after ?? 0, page: found.page ?? nil,
      language: found.language ?? "", timeZone: found.timeZone ?? "", mode: mode)
  }

  /// False for what is not of this form, or comes twice.
  private static func read(_ name: String, _ found: inout Members, _ reader: inout PlainReader) -> Bool {
    switch name {
    case "type" where found.type == nil:
      found.type = reader.string()
      return found.type == "hello"
    case "site" where found.site == nil:
      found.site = reader.string()
      return found.site != nil
    case "token" where found.token == nil:
      found.token = reader.string()
      return found.token != nil
    case "after" where found.after == nil:
      found.after = reader.count()
      return found.after != nil
    case "page" where found.page == nil:
      found.page = page(&reader)
      return found.page != nil
    case "language" where found.language == nil:
      found.language = reader.string()
      return found.language != nil
    case "timeZone" where found.timeZone == nil:
      found.timeZone = reader.string()
      return found.timeZone != nil
    case "mode" where found.mode == nil:
      found.mode = reader.string().flatMap { VisitorCommand.Mode(rawValue: $0) }
      return found.mode != nil
    default:
      return false
    }
  }

  private static func page(_ reader: inout PlainReader) -> VisitorCommand.Page?? {
    if reader.null() { return .some(nil) }
    var url: String?
    var title: String?
    let isObject = reader.object { reader, name in
      switch name {
      case "url" where url == nil: url = reader.string()
      case "title" where title == nil: title = reader.string()
      default: return false
      }
      return true
    }
    guard isObject, let url, let title else { return nil }
    return VisitorCommand.Page(url: url, title: title)
  }
}
