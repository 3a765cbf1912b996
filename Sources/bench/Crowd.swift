import HTTPServer

/// Visitors who are there at the same time.
enum Crowd {
  /// How many connect at once: more wait in the kernel's queue, and are refused when that is full.
  private static let window = 256

  /// Opens the sockets of so many visitors, and returns when each was told where their conversation stands.
  static func open(_ count: Int, _ arguments: Arguments, on loop: ClientLoop) -> [Visitor] {
    let port = arguments.port
    let site = arguments.text("site")
    var visitors: [Visitor] = []
    visitors.reserveCapacity(count)
    var ready = 0
    loop.run("opening the visitors' sockets", within: .seconds(120)) {
      while visitors.count < count, visitors.count - ready < window {
        let visitor = Visitor(visitors.count, port: port, site: site, on: loop)
        visitor.becameReady = { _ in ready += 1 }
        visitors.append(visitor)
      }
      return ready == count
    }
    return visitors
  }
}
