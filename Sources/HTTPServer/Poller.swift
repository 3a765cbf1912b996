import CLinux
import Glibc

/// The kernel's list of what is ready (epoll), and a way to wake up who waits for it (eventfd).
package struct Poller: ~Copyable, Sendable {
  /// What can be ready at a descriptor.
  package struct Readiness: OptionSet, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
      self.rawValue = rawValue
    }

    package static let readable = Readiness(rawValue: UInt32(EPOLLIN.rawValue))
    package static let writable = Readiness(rawValue: UInt32(EPOLLOUT.rawValue))
    /// The peer will send no more, or the connection is broken.
    package static let ended = Readiness(
      rawValue: UInt32(EPOLLRDHUP.rawValue) | UInt32(EPOLLHUP.rawValue) | UInt32(EPOLLERR.rawValue))
  }

  private let descriptor: Int32
  private let wake: Int32

  package init() throws(ServerError) {
    (descriptor, wake) = try Self.open()
  }

  private static func open() throws(ServerError) -> (descriptor: Int32, wake: Int32) {
    let descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
    guard descriptor >= 0 else { throw .system(call: "epoll_create1", errno: errno) }
    let wake = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
    guard wake >= 0, add(wake, EPOLLIN.rawValue, to: descriptor) else {
      let failure = errno
      if wake >= 0 { Glibc.close(wake) }
      Glibc.close(descriptor)
      throw .system(call: "eventfd", errno: failure)
    }
    return (descriptor, wake)
  }

  deinit {
    Glibc.close(wake)
    Glibc.close(descriptor)
  }

  /// Watches a connection: each change is told once (edge-triggered), so that nothing need be asked for again.
  package func watchConnection(_ socket: Int32) -> Bool {
    Self.add(
      socket, EPOLLIN.rawValue | EPOLLOUT.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue, to: descriptor)
  }

  /// Watches a listening socket: told as long as connections wait.
  func watchListener(_ socket: Int32) -> Bool {
    Self.add(socket, EPOLLIN.rawValue, to: descriptor)
  }

  /// Tells no more of a descriptor that stays open.
  func forget(_ descriptor: Int32) {
    epoll_ctl(self.descriptor, EPOLL_CTL_DEL, descriptor, nil)
  }

  /// Waits until something is ready, someone calls ``wakeUp()``, or `milliseconds` are over (−1: for ever), and tells what is ready.
  package func wait(milliseconds: Int32, _ body: (Int32, Readiness) -> Void) {
    withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: 256) { events in
      let count = epoll_wait(descriptor, events.baseAddress, Int32(events.count), milliseconds)
      // An interrupted wait (EINTR) is one in which nothing was ready.
      guard count > 0 else { return }
      for event in events[..<Int(count)] {
        let ready = event.data.fd
        if ready == wake {
          var counter: UInt64 = 0
          read(wake, &counter, 8)
        } else {
          body(ready, Readiness(rawValue: event.events))
        }
      }
    }
  }

  /// Ends a wait of another thread, or the next one.
  func wakeUp() {
    var one: UInt64 = 1
    write(wake, &one, 8)
  }

  private static func add(_ watched: Int32, _ events: UInt32, to descriptor: Int32) -> Bool {
    var event = epoll_event(events: events, data: epoll_data_t(fd: watched))
    return epoll_ctl(descriptor, EPOLL_CTL_ADD, watched, &event) == 0
  }
}
