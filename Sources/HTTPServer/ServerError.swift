/// Why a server cannot start.
package enum ServerError: Error, Hashable, Sendable {
  /// Another program listens at this port.
  case addressInUse
  /// This machine has no such address.
  case addressNotAvailable
  /// Ports below 1024 need a privilege.
  case permissionDenied
  /// Any other failure of the named call, with its `errno`.
  case system(call: String, errno: Int32)
}
