import HTTPWire

/// The routes' paths as a tree of segments, for finding a row without making a string of the path.
struct RouteTree: Sendable {
  /// The rows that end at one node of the tree.
  struct Methods: Sendable {
    fileprivate(set) var rows: [(method: Method, row: Int)] = []

    func row(for method: Method) -> Int? {
      for (candidate, row) in rows where candidate == method { return row }
      // RFC 9110 §9.3.2: HEAD is GET without the content.
      return method == .head ? row(for: .get) : nil
    }

    /// For `Allow`, in the order of ``Method``.
    var allowed: [Method] {
      Method.allCases.filter { $0 == .options || row(for: $0) != nil }
    }
  }

  struct Match {
    let methods: Methods
    let values: [String]
  }

  private struct Node: Sendable {
    var literals: [(bytes: [UInt8], node: Int)] = []
    var parameter: Int?
    var rest: Methods?
    var methods = Methods()
  }

  private var nodes = [Node()]

  init(_ patterns: [(Method, RoutePattern)]) {
    for (row, (method, pattern)) in patterns.enumerated() { insert(method, pattern, row: row) }
  }

  /// The node of a path that begins with `/`, and what the parameters on the way to it stand for. A parameter's segment is never
  /// empty. Nil also if a segment does not decode to UTF-8.
  func find(_ path: UnsafeBufferPointer<UInt8>) -> Match? {
    guard path.first == UInt8(ascii: "/") else { return nil }
    var ranges: [Range<Int>] = []
    guard let methods = find(path, from: 1, node: 0, &ranges) else { return nil }
    var values: [String] = []
    for range in ranges {
      guard let value = PercentEncoding.decode(UnsafeBufferPointer(rebasing: path[range])) else { return nil }
      values.append(value)
    }
    return Match(methods: methods, values: values)
  }

  private func find(
    _ path: UnsafeBufferPointer<UInt8>, from start: Int, node index: Int, _ ranges: inout [Range<Int>]
  ) -> Methods? {
    var end = start
    while end < path.count, path[end] != UInt8(ascii: "/") { end += 1 }
    let segment = UnsafeBufferPointer(rebasing: path[start..<end])
    for literal in nodes[index].literals where matches(segment, literal.bytes) {
      if let found = descend(path, end, literal.node, &ranges) { return found }
    }
    if start < end, let node = nodes[index].parameter {
      ranges.append(start..<end)
      if let found = descend(path, end, node, &ranges) { return found }
      ranges.removeLast()
    }
    if let rest = nodes[index].rest {
      ranges.append(start..<path.count)
      return rest
    }
    return nil
  }

  private func descend(
    _ path: UnsafeBufferPointer<UInt8>, _ end: Int, _ node: Int, _ ranges: inout [Range<Int>]
  ) -> Methods? {
    guard end == path.count else { return find(path, from: end + 1, node: node, &ranges) }
    let methods = nodes[node].methods
    return methods.rows.isEmpty ? nil : methods
  }

  private func matches(_ segment: UnsafeBufferPointer<UInt8>, _ literal: [UInt8]) -> Bool {
    if segment.contains(UInt8(ascii: "%")) {
      return PercentEncoding.decode(segment).map { $0.utf8.elementsEqual(literal) } ?? false
    }
    return segment.count == literal.count && segment.elementsEqual(literal)
  }

  private mutating func insert(_ method: Method, _ pattern: RoutePattern, row: Int) {
    var index = 0
    for segment in pattern.segments {
      switch segment {
      case .literal(let bytes):
        if let known = nodes[index].literals.first(where: { $0.bytes == bytes }) {
          index = known.node
        } else {
          nodes[index].literals.append((bytes, nodes.count))
          index = addNode()
        }
      case .parameter:
        if let known = nodes[index].parameter {
          index = known
        } else {
          nodes[index].parameter = nodes.count
          index = addNode()
        }
      case .rest:
        var methods = nodes[index].rest ?? Methods()
        precondition(!methods.rows.contains { $0.method == method }, "a route stands twice in the table")
        methods.rows.append((method, row))
        nodes[index].rest = methods
        return
      }
    }
    precondition(
      !nodes[index].methods.rows.contains { $0.method == method }, "a route stands twice in the table")
    nodes[index].methods.rows.append((method, row))
  }

  private mutating func addNode() -> Int {
    nodes.append(Node())
    return nodes.count - 1
  }
}
