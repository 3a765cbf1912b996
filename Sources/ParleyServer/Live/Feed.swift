import HTTPServer
import HTTPWire
import Synchronization

/// What one socket hears of the hub: nothing twice and nothing lost, from the moment it was subscribed.
///
/// Subscribe first, read the past second: what is published in between waits here, and what the past already held is dropped
/// by its number.
final class Feed: Sendable {
  private enum Phase {
    case catchingUp(waiting: [Numbered])
    /// Holds the last number that was passed on.
    case live(Int64)
    case ended
  }

  private struct Numbered {
    let number: Int64?
    let message: EncodedMessage
  }

  /// More than this while the past is being read, and the socket is lagging.
  private static let waitingLimit = 1024

  let outbox: Outbox
  private let repeats: Bool
  private let phase = Mutex(Phase.catchingUp(waiting: []))

  /// - Parameter repeats: whether a number that was passed on already may come again once the feed is live. So it does for a visitor
  ///   who sent a message twice: the second is answered by the first, and their pages know its number.
  init(outbox: Outbox, repeats: Bool) {
    self.outbox = outbox
    self.repeats = repeats
  }

  /// Passes a message on, or keeps it until the past has been read. Called on the writer's thread or any other; never waits.
  ///
  /// - Parameter number: its place in the order that clients resume by; nil for what is not stored.
  func offer(_ message: EncodedMessage, number: Int64? = nil) {
    phase.withLock { phase in
      switch phase {
      case .catchingUp(var waiting):
        guard waiting.count < Feed.waitingLimit else {
          outbox.close(.lagging)
          phase = .ended
          return
        }
        phase = .ended  // Gives up the array, so that appending does not copy it.
        waiting.append(Numbered(number: number, message: message))
        phase = .catchingUp(waiting: waiting)
      case .live(let last):
        if let number {
          guard repeats || number > last else { return }
          phase = .live(max(number, last))
        }
        outbox.offer(message)
      case .ended:
        return
      }
    }
  }

  /// The past has been sent up to `number`: `ready` is said, then goes out what waited, then everything as it comes.
  func goLive(after number: Int64, saying ready: EncodedMessage) {
    phase.withLock { phase in
      guard case .catchingUp(let waiting) = phase else { return }
      outbox.offer(ready)
      var last = number
      for item in waiting {
        if let number = item.number {
          guard number > last else { continue }
          last = number
        }
        outbox.offer(item.message)
      }
      phase = .live(last)
    }
  }

  /// Nothing more is passed on.
  func end() {
    phase.withLock { $0 = .ended }
  }

  /// Closes the socket once what was passed on has been sent; also one that is still catching up.
  func end(saying last: EncodedMessage, _ code: CloseCode) {
    phase.withLock { phase in
      outbox.offer(last)
      outbox.close(code)
      phase = .ended
    }
  }
}
