/// When the log is folded into the file, and by whom: decided from what commits and folds tell, without a thread.
///
/// Never is a fold begun of a log that is in the file already: in SQLite before 3.51.3 that could meet with a commit that begins the log
/// anew, and pages of the new log were lost (https://sqlite.org/wal.html#walresetbug). While part of a log is not in the file, nobody
/// begins it anew; so a fold is only begun by a commit that has just written to the log, and one at a time.
struct CheckpointSchedule {
  enum Step: Equatable {
    case goOn
    /// The checkpointer is to fold, and then to tell how far it came.
    case fold
    /// The writer is to fold what is left, before its next commit, and then to tell whether that was all.
    case finish
  }

  private enum State {
    /// Nothing is to be done until the log has so many pages.
    case resting(until: Int)
    /// The checkpointer folds.
    case folding
    /// It has folded so many pages.
    case folded(pages: Int)
  }

  /// A page that many commits write, as the ends of indexes are, is folded in once: with eight times SQLite's own bound the file is written
  /// much less, for 32 MiB of log.
  static let bound = 8000
  private var state = State.resting(until: bound)

  /// A commit has written to the log, which has so many pages now.
  mutating func committed(pages: Int) -> Step {
    switch state {
    case .resting(let bound) where pages >= bound:
      state = .folding
      return .fold
    case .folded(let folded) where pages > folded:
      return .finish
    case .folded:
      // That commit has begun the log anew.
      state = .resting(until: Self.bound)
      return .goOn
    case .resting, .folding:
      return .goOn
    }
  }

  /// The checkpointer has ended, with so many pages in the file.
  mutating func folded(pages: Int) {
    state = .folded(pages: pages)
  }

  /// The writer has folded what was left of so many pages. Not all, where somebody reads an older state or the file cannot be written:
  /// then the log is as good, and grows.
  mutating func finished(pages: Int, isWhole: Bool) {
    state = .resting(until: isWhole ? Self.bound : pages + Self.bound)
  }
}
