/// Octets that were received and not yet read. They lie in the loop's scratch buffer, which belongs to the next who receives once
/// this connection waits for anything: before that, ``keep(from:)`` copies what is left.
struct Input {
  /// What lies in the scratch buffer, if ``kept`` is empty.
  private var scratch = 0..<0
  private var kept: [UInt8] = []
  private var keptOffset = 0

  init() {}

  /// The first `count` octets of the scratch buffer.
  init(received count: Int) {
    scratch = 0..<count
  }

  var isEmpty: Bool { scratch.isEmpty && keptOffset == kept.count }

  /// Lends the octets to `body`, which moves the offset past what it read.
  mutating func read<Result, Failure>(
    from buffer: UnsafeMutableBufferPointer<UInt8>,
    _ body: (inout MutableSpan<UInt8>, inout Int) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    if kept.isEmpty {
      var offset = scratch.lowerBound
      defer { scratch = offset..<scratch.upperBound }
      var span = MutableSpan(
        _unsafeElements: UnsafeMutableBufferPointer(rebasing: buffer[..<scratch.upperBound]))
      return try body(&span, &offset)
    }
    var offset = keptOffset
    let result: Result
    do {
      var span = kept.mutableSpan
      result = try body(&span, &offset)
    }
    keptOffset = offset
    if offset == kept.count { self = Input() }
    return result
  }

  /// Copies what is left out of the scratch buffer.
  mutating func keep(from buffer: UnsafeMutableBufferPointer<UInt8>) {
    guard !scratch.isEmpty else { return }
    kept = Array(buffer[scratch])
    keptOffset = 0
    scratch = 0..<0
  }
}
