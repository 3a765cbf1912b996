import Glibc

/// How many files, and so connections, this process may have open.
enum FileLimit {
  /// Raises the limit to what the system allows at most.
  ///
  /// - Returns: the limit from here on.
  static func raise() -> Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
    let before = limit
    limit.rlim_cur = limit.rlim_max
    guard setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
      return Int(clamping: before.rlim_cur)
    }
    return Int(clamping: limit.rlim_cur)
  }
}
