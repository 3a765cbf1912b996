import CLinux
import Glibc
import HTTPWire
import Synchronization

/// The listening socket: takes connections in on one loop, and deals them out to all loops in turn.
final class Listener: Sendable {
  private static let pause = Duration.milliseconds(100)

  let descriptor: Int32
  let port: UInt16
  private let state: Mutex<State>

  private struct State {
    /// Kept open to be given up when the process has no descriptor left: only so can a waiting connection be refused.
    var reserve: Int32
    var nextLoop = 0
    var isOpen = true
  }

  private let loops: [EventLoop]
  private let service: Service

  init(address: IPAddress, port: UInt16, loops: [EventLoop], service: Service) throws(ServerError) {
    self.loops = loops
    self.service = service
    descriptor = try Self.listen(address, port)
    self.port = SocketAddress.local(of: descriptor).port
    state = Mutex(State(reserve: open("/dev/null", O_RDONLY | O_CLOEXEC)))
  }

  deinit { close() }

  private static func listen(_ address: IPAddress, _ port: UInt16) throws(ServerError) -> Int32 {
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(address.family, type, 0)
    guard descriptor >= 0 else { throw .system(call: "socket", errno: errno) }
    do throws(ServerError) {
      // So that a restart need not wait for the connections of the last run to be forgotten.
      setOption(descriptor, SOL_SOCKET, SO_REUSEADDR)
      var socketAddress = SocketAddress(address, port: port)
      guard socketAddress.bind(descriptor) else { throw ServerError(bind: errno) }
      // The kernel caps the backlog.
      guard Glibc.listen(descriptor, 4096) == 0 else { throw ServerError(bind: errno) }
      return descriptor
    } catch {
      Glibc.close(descriptor)
      throw error
    }
  }

  /// Takes in what waits. Called by the first loop.
  func acceptConnections() {
    for _ in 0..<64 {
      var address = SocketAddress()
      let accepted = address.accept(descriptor)
      guard accepted < 0 else {
        admit(accepted, address.address)
        continue
      }
      switch errno {
      case EMFILE, ENFILE:
        switch refuseOne() {
        case .refused: continue
        case .nobodyWaits: return
        case .impossible: return pause()
        }
      // accept(2): the connection is gone already, or its network is; the next may be well.
      case EINTR, ECONNABORTED, EPROTO, ENETDOWN, ENETUNREACH, EHOSTDOWN, EHOSTUNREACH, ENOPROTOOPT, ENONET:
        continue
      default: return
      }
    }
  }

  /// Stops listening.
  func close() {
    state.withLock { state in
      guard state.isOpen else { return }
      state.isOpen = false
      Glibc.close(descriptor)
      if state.reserve >= 0 { Glibc.close(state.reserve) }
    }
  }

  private func admit(_ accepted: Int32, _ address: IPAddress) {
    guard service.admit() else {
      refuse(accepted)
      return
    }
    // Without this, two writes for one answer wait for each other's acknowledgement.
    Self.setOption(accepted, Int32(IPPROTO_TCP), TCP_NODELAY)
    let loop = state.withLock { state in
      defer { state.nextLoop = (state.nextLoop + 1) % loops.count }
      return loops[state.nextLoop]
    }
    let service = service
    loop.execute {
      let socket = Socket(accepted, on: loop)
      guard !loop.state.isDraining, loop.watchConnection(socket) else {
        Glibc.close(accepted)
        service.connectionEnded()
        return
      }
      Connection(socket, peer: address, service: service).assumeIsolated { $0.start() }
    }
  }

  /// One answer, if the kernel takes it at once, and the end.
  private func refuse(_ accepted: Int32) {
    let response = service.router.response(to: .overloaded)
    var bytes: [UInt8] = []
    var content: [UInt8] = []
    if case .bytes(let given) = response.body { content = given }
    service.encoder.appendHead(
      response.status, response.fields, content: .length(content.count), connection: .close,
      date: HTTPDate(unixSeconds: time(nil)), to: &bytes)
    bytes += content
    send(accepted, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    Glibc.close(accepted)
    service.observer?.requestRefused(.overloaded)
  }

  private enum Refused {
    case refused
    case nobodyWaits
    /// Somebody else in this process was quicker to take the descriptor that was given up.
    case impossible
  }

  private func refuseOne() -> Refused {
    let outcome = state.withLock { state -> Refused in
      if state.reserve >= 0 { Glibc.close(state.reserve) }
      var address = SocketAddress()
      let accepted = address.accept(descriptor)
      let failure = errno
      if accepted >= 0 { Glibc.close(accepted) }
      state.reserve = open("/dev/null", O_RDONLY | O_CLOEXEC)
      if accepted >= 0 { return .refused }
      return failure == EMFILE || failure == ENFILE ? .impossible : .nobodyWaits
    }
    if outcome == .refused { service.observer?.requestRefused(.overloaded) }
    return outcome
  }

  /// Lets connections wait for a moment: the kernel would tell of them again and again.
  private func pause() {
    loops[0].forgetListener(self)
    Task {
      // Nobody cancels this.
      try? await Task.sleep(for: Self.pause)
      loops[0].execute { [self] in
        guard state.withLock({ $0.isOpen }), !loops[0].watchListener(self) else { return }
        pause()
      }
    }
  }

  private static func setOption(_ descriptor: Int32, _ level: Int32, _ option: Int32) {
    var one: Int32 = 1
    setsockopt(descriptor, level, option, &one, socklen_t(MemoryLayout<Int32>.size))
  }
}

extension ServerError {
  /// What an `errno` of `bind` or `listen` means.
  fileprivate init(bind errno: Int32) {
    switch errno {
    case EADDRINUSE: self = .addressInUse
    case EADDRNOTAVAIL: self = .addressNotAvailable
    case EACCES, EPERM: self = .permissionDenied
    default: self = .system(call: "bind", errno: errno)
    }
  }
}
