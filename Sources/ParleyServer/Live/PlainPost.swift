/// A `message.post` of these strings, as ``PlainReader`` reads it. Nil for all else.
struct PlainPost {
  let clientID: String
  let text: String

  /// - Parameter bytes: valid UTF-8.
  init?(_ bytes: [UInt8]) {
    var type: String?
    var clientID: String?
    var text: String?
    let isRead = bytes.withUnsafeBufferPointer { bytes in
      var reader = PlainReader(bytes)
      let isObject = reader.object { reader, name in
        switch name {
        case "type" where type == nil: type = reader.string()
        case "clientID" where clientID == nil: clientID = reader.string()
        case "text" where text == nil: text = reader.string()
        default: return false
        }
        return type == nil || type == "message.post"
      }
      return isObject && reader.isAtEnd
    }
    guard isRead, type != nil, let clientID, let text else { return nil }
    self.clientID = clientID
    self.text = text
  }
}
