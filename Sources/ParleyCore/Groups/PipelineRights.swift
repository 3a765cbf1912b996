/// What someone may do with the deals of a pipeline. Whoever may do anything may see them.
package struct PipelineRights: OptionSet, Sendable, Hashable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  package static let see = PipelineRights(rawValue: 1)
  package static let add = PipelineRights(rawValue: 2)
  /// Also its notes, its tasks and its people; and to take a deal to another pipeline, where one may add.
  package static let edit = PipelineRights(rawValue: 4)
  package static let delete = PipelineRights(rawValue: 8)
  /// To give a deal another owner.
  package static let reassign = PipelineRights(rawValue: 16)

  package static let all: PipelineRights = [.see, .add, .edit, .delete, .reassign]

  /// In the order in which they are written down.
  fileprivate static let names: [(right: PipelineRights, name: String)] = [
    (.see, "see"), (.add, "add"), (.edit, "edit"), (.delete, "delete"), (.reassign, "reassign"),
  ]
}

extension PipelineRights: Codable {
  /// An array of their names.
  package init(from decoder: any Decoder) throws {
    var array = try decoder.unkeyedContainer()
    self = []
    while !array.isAtEnd {
      let name = try array.decode(String.self)
      guard let known = Self.names.first(where: { $0.name == name }) else {
        throw DecodingError.dataCorruptedError(in: array, debugDescription: "no right")
      }
      insert(known.right)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var array = encoder.unkeyedContainer()
    for (right, name) in Self.names where contains(right) { try array.encode(name) }
  }
}
