import CLinux

/// The memory of this process.
package enum ProcessMemory {
  /// Gives back to the system what is free, and those parts of the program that are mapped: what is used again is mapped again, from the
  /// system's cache of the file. For when a program has started, since most of what that takes is not used afterwards. Takes about a
  /// millisecond.
  package static func giveBack() {
    clinux_give_back_memory()
  }
}
