import CSQLite
import Glibc

/// SQLite's usual access to files, but for the log: what is written there one behind the other is given to the kernel together.
///
/// SQLite writes each page of the log by two calls, a page's head and the page, which took a third of the processor's time of a commit.
/// It asks of a write no more than that a read by the same connection finds it, and that a sync brings it to the disk: both give away
/// first what was gathered. Others learn of a page in the log only after that sync, from memory that is shared.
enum GatheringLog {
  /// To be named when a connection that writes is opened. Nil, for the usual access, if SQLite did not take this one.
  static let name: String? = register("gathering")

  // Written once, by the initialiser, before anything reads it; SQLite keeps its own for the life of the process as well.
  fileprivate nonisolated(unsafe) static let usual: UnsafeMutablePointer<sqlite3_vfs>? = sqlite3_vfs_find(nil)
  // The same: written once, and only read by SQLite.
  fileprivate nonisolated(unsafe) static let methods: UnsafePointer<sqlite3_io_methods> = {
    let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
    methods.initialize(to: LogFile.methods)
    return UnsafePointer(methods)
  }()

  private static func register(_ name: String) -> String? {
    guard let usual, let kept = strdup(name) else { return nil }
    let gathering = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
    gathering.initialize(to: usual.pointee)
    gathering.pointee.zName = UnsafePointer(kept)
    gathering.pointee.szOsFile += Int32(MemoryLayout<LogFile>.stride)
    gathering.pointee.xOpen = { _, path, file, flags, given in
      guard let usual = GatheringLog.usual, let file else { return SQLITE_ERROR }
      guard flags & SQLITE_OPEN_WAL != 0 else {
        return usual.pointee.xOpen(usual, path, file, flags, given)
      }
      let log = UnsafeMutableRawPointer(file).initializeMemory(as: LogFile.self, to: LogFile())
      let code = usual.pointee.xOpen(usual, path, LogFile.real(file), flags, given)
      // Who failed to open is not closed, as SQLite has it.
      if LogFile.real(file).pointee.pMethods != nil { log.pointee.file.pMethods = GatheringLog.methods }
      return code
    }
    return sqlite3_vfs_register(gathering, 0) == SQLITE_OK ? name : nil
  }
}

/// What stands before the real file in the memory that SQLite gives for an open log. One connection's, and used by its thread only.
private struct LogFile {
  /// First, since SQLite takes the whole for this.
  var file = sqlite3_file(pMethods: nil)
  var gathered: UnsafeMutableRawPointer?
  /// Where in the log that begins, and how much it is.
  var start: sqlite3_int64 = 0
  var count = 0

  /// SQLite's usual access takes no more than 128 KiB by one call.
  static let mostGathered = 0x1fff0

  static func real(_ file: UnsafeMutablePointer<sqlite3_file>) -> UnsafeMutablePointer<sqlite3_file> {
    (UnsafeMutableRawPointer(file) + MemoryLayout<LogFile>.stride).assumingMemoryBound(to: sqlite3_file.self)
  }

  /// Gives to the kernel what was gathered.
  private static func give(_ file: UnsafeMutablePointer<sqlite3_file>) -> Int32 {
    let log = UnsafeMutableRawPointer(file).assumingMemoryBound(to: LogFile.self)
    let count = log.pointee.count
    guard count > 0 else { return SQLITE_OK }
    // Also where that fails: then SQLite takes the whole transaction back, and writes the next one to the same place.
    log.pointee.count = 0
    let real = real(file)
    return real.pointee.pMethods.pointee.xWrite(real, log.pointee.gathered, Int32(count), log.pointee.start)
  }

  private static func gather(
    _ file: UnsafeMutablePointer<sqlite3_file>, _ bytes: UnsafeRawPointer, _ count: Int,
    at start: sqlite3_int64
  ) -> Int32 {
    let log = UnsafeMutableRawPointer(file).assumingMemoryBound(to: LogFile.self)
    if start != log.pointee.start + sqlite3_int64(log.pointee.count)
      || log.pointee.count + count > mostGathered
    {
      let code = give(file)
      guard code == SQLITE_OK else { return code }
    }
    guard count <= mostGathered, let gathered = log.pointee.gathered ?? malloc(mostGathered) else {
      let real = real(file)
      return real.pointee.pMethods.pointee.xWrite(real, bytes, Int32(count), start)
    }
    log.pointee.gathered = gathered
    if log.pointee.count == 0 { log.pointee.start = start }
    (gathered + log.pointee.count).copyMemory(from: bytes, byteCount: count)
    log.pointee.count += count
    return SQLITE_OK
  }

  /// Runs the usual access, once what was gathered is given away.
  private static func after(
    _ file: UnsafeMutablePointer<sqlite3_file>?,
    _ body: (UnsafeMutablePointer<sqlite3_file>, sqlite3_io_methods) -> Int32
  ) -> Int32 {
    guard let file else { return SQLITE_MISUSE }
    let code = give(file)
    guard code == SQLITE_OK else { return code }
    return usually(file, body)
  }

  private static func usually(
    _ file: UnsafeMutablePointer<sqlite3_file>?,
    _ body: (UnsafeMutablePointer<sqlite3_file>, sqlite3_io_methods) -> Int32
  ) -> Int32 {
    guard let file else { return SQLITE_MISUSE }
    let real = real(file)
    return body(real, real.pointee.pMethods.pointee)
  }

  static var methods: sqlite3_io_methods {
    var methods = sqlite3_io_methods()
    methods.iVersion = 1
    methods.xClose = { file in
      guard let file else { return SQLITE_MISUSE }
      let given = LogFile.give(file)
      let closed = LogFile.usually(file) { $1.xClose($0) }
      free(UnsafeMutableRawPointer(file).assumingMemoryBound(to: LogFile.self).pointee.gathered)
      return given == SQLITE_OK ? closed : given
    }
    methods.xRead = { file, bytes, count, start in LogFile.after(file) { $1.xRead($0, bytes, count, start) } }
    methods.xWrite = { file, bytes, count, start in
      guard let file, let bytes else { return SQLITE_MISUSE }
      return LogFile.gather(file, bytes, Int(count), at: start)
    }
    methods.xTruncate = { file, size in LogFile.after(file) { $1.xTruncate($0, size) } }
    methods.xSync = { file, flags in LogFile.after(file) { $1.xSync($0, flags) } }
    methods.xFileSize = { file, size in LogFile.after(file) { $1.xFileSize($0, size) } }
    methods.xLock = { file, lock in LogFile.usually(file) { $1.xLock($0, lock) } }
    methods.xUnlock = { file, lock in LogFile.usually(file) { $1.xUnlock($0, lock) } }
    methods.xCheckReservedLock = { file, answer in LogFile.usually(file) { $1.xCheckReservedLock($0, answer) }
    }
    methods.xFileControl = { file, operation, argument in
      LogFile.usually(file) { $1.xFileControl($0, operation, argument) }
    }
    methods.xSectorSize = { file in LogFile.usually(file) { $1.xSectorSize($0) } }
    methods.xDeviceCharacteristics = { file in LogFile.usually(file) { $1.xDeviceCharacteristics($0) } }
    return methods
  }
}
