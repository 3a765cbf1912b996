/// The files below one directory, as they are. Names that begin with a dot, links that lead outside, and anything but regular files
/// are not found.
package struct StaticFiles: Sendable {
  private let root: String

  /// - Parameter root: the directory.
  package init(root: String) throws(ServerError) { self.root = root }

  /// Answers GET or HEAD for the file at `path`, relative to the root, decoded: 200, 304, or nil if there is none.
  /// A path that ends with `/`, or is empty, means the `index.html` there.
  package func response(_ path: String, for request: Request) -> Response? { fatalError(root) }
}
