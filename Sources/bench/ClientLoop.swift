import Glibc
import HTTPServer

/// One thread's connections to a server, on the server's own poller. Everything happens on the thread that calls ``run(_:)``.
final class ClientLoop {
  /// Where received octets lie until the next receive.
  let scratch = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 256 * 1024)
  /// The moment at which the last wait ended.
  private(set) var now = Moment.now()
  private let poller: Poller
  private var connections: [ClientConnection?] = []

  init() throws(ServerError) {
    poller = try Poller()
    scratch.initialize(repeating: 0)
  }

  /// Serves the connections until `isDone`, which is asked after each wait; at the latest each millisecond.
  func run(_ isDone: () -> Bool) {
    repeat {
      poller.wait(milliseconds: 1) { descriptor, readiness in
        connections[Int(descriptor)]?.becameReady(readiness)
      }
      now = Moment.now()
    } while !isDone()
  }

  /// Serves the connections until `isDone`, and fails where that takes longer than it may.
  func run(_ what: String, within limit: Duration, _ isDone: () -> Bool) {
    let deadline = Moment.now() + limit
    run {
      if now > deadline { fail("\(what) took longer than \(limit)") }
      return isDone()
    }
  }

  func add(_ connection: ClientConnection) {
    let index = Int(connection.descriptor)
    if index >= connections.count {
      connections.append(contentsOf: repeatElement(nil, count: index + 64 - connections.count))
    }
    connections[index] = connection
    guard poller.watchConnection(connection.descriptor) else { fail("the poller takes no more connections") }
  }

  func remove(_ connection: ClientConnection) {
    connections[Int(connection.descriptor)] = nil
  }
}
