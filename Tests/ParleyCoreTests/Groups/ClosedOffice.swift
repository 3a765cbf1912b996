import SQLite

@testable import ParleyCore

/// A workspace with a pipeline that is closed to everyone and opened to two groups, and one agent of each kind.
struct ClosedOffice {
  enum Kind: String, CaseIterable, Sendable {
    /// By role.
    case owner
    /// Of a group that may everything in the pipeline.
    case member
    /// Of a group that may see it.
    case reader
    /// Of no group; sees the other pipeline as everyone does.
    case outsider

    var sees: Bool { self != .outsider }
    var writes: Bool { self == .owner || self == .member }
  }

  let office: Office
  let closed: Pipeline
  let conversationID: Int64
  let deal: Deal
  /// Of the same contact and account, where everyone sees it.
  let openDeal: Deal
  let note: Note
  let task: AssignedTask
  let members: AgentGroup
  let readers: AgentGroup
  private let agents: [Kind: AgentIdentity]

  var parley: Parley { office.parley }

  init() async throws {
    let office = try await Office()
    self.office = office
    let (member, reader) = try await office.parley.write { transaction, _ in
      (try Office.agent("Mia", .agent, in: transaction), try Office.agent("Rita", .agent, in: transaction))
    }
    agents = [.owner: office.maya, .member: member, .reader: reader, .outsider: office.tom]
    closed = try await office.parley.addPipeline(
      PipelineDraft(name: "Board", currency: "GBP"), by: office.maya)
    let everyone = try await Self.everyone(office)
    _ = try await office.parley.setRights([], of: everyone.id, in: closed.id, by: office.maya)
    let members = try await office.parley.addGroup(
      GroupDraft(name: "Members", members: [member.id]), by: office.maya)
    self.members = try await office.parley.setRights(.all, of: members.id, in: closed.id, by: office.maya)
    let readers = try await office.parley.addGroup(
      GroupDraft(name: "Readers", members: [reader.id]), by: office.maya)
    self.readers = try await office.parley.setRights(.see, of: readers.id, in: closed.id, by: office.maya)
    let conversation = try await office.conversation(name: "Nora", email: "nora@harbour.example").conversation
    conversationID = conversation.id
    openDeal = try await office.add(office.draft(title: "Open")).deal
    var draft = office.draft(title: "Confidential", conversationID: conversation.id)
    draft.pipelineID = closed.id
    draft.stageID = closed.stages[0].id
    let added = try await office.add(draft).deal
    _ = try await office.parley.editDeal(added.id, DealChange(tags: ["secret"]), by: office.maya)
    note = try await office.parley.addNote("Hush", on: RecordID(.deal, added.id), by: office.maya)
    task = try await office.parley.addTask(
      TaskDraft(title: "Whisper", kind: "call", assigneeID: reader.id), to: RecordID(.deal, added.id),
      by: office.maya)
    deal = try await office.parley.deal(added.id, by: office.maya)
  }

  static func everyone(_ office: Office) async throws -> AgentGroup {
    guard let everyone = try await office.parley.groups(by: office.maya).first else {
      throw ParleyError.notFound
    }
    return everyone
  }

  func agent(_ kind: Kind) -> AgentIdentity {
    agents[kind] ?? office.tom
  }

  func export(_ list: ExportedList, by agent: AgentIdentity) async throws -> String {
    let export = try await parley.export(list, in: .english, by: agent)
    var bytes: [UInt8] = []
    while let piece = try await export.next() { bytes += piece }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether an agent's page would have heard an event as it happened.
  func hears(_ event: Event, _ kind: Kind) -> Bool {
    let id = agent(kind).id
    return switch event.audience {
    case .agents: true
    case .agent(let other): other == id
    case .pipeline, .outside: event.listeners.contains(id)
    case .visitor, .session: false
    }
  }

  /// What an agent is told of what has happened since a number, by a replay.
  func replayed(_ kind: Kind, after sequence: Int64) async throws -> [String] {
    guard
      case .events(let events, _, isComplete: true) = try await parley.events(
        after: sequence, for: agent(kind))
    else { return [] }
    return events.map { String(decoding: $0.json, as: UTF8.self) }
  }
}
