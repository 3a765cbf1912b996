/// Does something unless it is cancelled in time.
struct Deadline: Sendable {
  private let task: Task<Void, Never>

  init(_ duration: Duration, _ body: @escaping @Sendable () -> Void) {
    task = Task {
      do {
        try await Task.sleep(for: duration)
        body()
      } catch {
        // Cancelled: what was awaited came in time.
      }
    }
  }

  func cancel() {
    task.cancel()
  }
}
