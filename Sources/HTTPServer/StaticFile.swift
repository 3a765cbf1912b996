import Glibc
import HTTPWire

/// Tells one state of a file from every other: each write, replacement or change of mode changes it.
struct FileIdentity: Hashable, Sendable {
  private let device: UInt
  private let inode: UInt
  private let size: Int
  private let modifiedSeconds: Int
  private let modifiedNanoseconds: Int
  private let changedSeconds: Int
  private let changedNanoseconds: Int

  init(_ status: stat) {
    device = UInt(status.st_dev)
    inode = UInt(status.st_ino)
    size = Int(status.st_size)
    modifiedSeconds = status.st_mtim.tv_sec
    modifiedNanoseconds = status.st_mtim.tv_nsec
    changedSeconds = status.st_ctim.tv_sec
    changedNanoseconds = status.st_ctim.tv_nsec
  }

  var text: String {
    [Int(inode), size, modifiedSeconds, modifiedNanoseconds].map { String($0, radix: 36) }.joined(
      separator: "-")
  }
}

/// A file that is ready to be answered with.
struct StaticFile: Sendable {
  let identity: FileIdentity
  let fields: Fields
  let body: Response.Body
  private let tag: String

  /// The entity tag is made of the content: it stays the same when a deployment writes the same file anew, and on another machine.
  /// For a file too long to be read at once it is made of what the file system says, which no two states share.
  init(_ path: String, _ identity: FileIdentity, _ body: Response.Body, _ common: Fields) {
    self.identity = identity
    self.body = body
    if case .bytes(let bytes) = body {
      tag = "\"" + Base64.encode(Array(SHA1.digest(bytes).prefix(15))) + "\""
    } else {
      tag = "\"" + identity.text + "\""
    }
    var fields = Fields([
      .contentType: MediaType.of(path), .eTag: FieldValue(legalizing: tag), .cacheControl: "no-cache",
    ])
    fields.append(contentsOf: common)
    self.fields = fields
  }

  /// Whether `If-None-Match` names this file. The comparison is weak, as RFC 9110 §13.1.2 wants it. No tag of ours holds a comma.
  func matches(_ tags: [String]) -> Bool {
    tags.contains { $0 == "*" || $0 == tag || $0.hasPrefix("W/") && $0.dropFirst(2) == tag }
  }
}
