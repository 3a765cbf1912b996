import SQLite
import Testing

@testable import ParleyCore

@Suite("What one may not see is not told, neither as it happens nor later")
struct HearingTests {
  /// Of the closed pipeline's deal; each with the type that tells of it.
  static let happenings: [(type: String, act: @Sendable (ClosedOffice) async throws -> Void)] = [
    (
      "deal.added",
      { scene in
        var draft = scene.office.draft(contact: .existing(scene.deal.contact?.id ?? 0))
        draft.pipelineID = scene.closed.id
        draft.stageID = nil
        try await scene.office.add(draft)
      }
    ),
    (
      "deal.changed",
      {
        _ = try await $0.parley.editDeal($0.deal.id, DealChange(title: "New"), by: $0.office.maya)
      }
    ),
    (
      "totals.changed",
      {
        _ = try await $0.parley.editDeal(
          $0.deal.id, DealChange(value: .init(minor: 1, currency: nil)), by: $0.office.maya)
      }
    ),
    ("deal.removed", { try await $0.parley.removeDeal($0.deal.id, by: $0.office.maya) }),
    (
      "record.changed",
      {
        _ = try await $0.parley.addNote("Psst", on: RecordID(.deal, $0.deal.id), by: $0.office.maya)
      }
    ),
    (
      "record.changed",
      {
        _ = try await $0.parley.editTask($0.task.id, TaskDraft(done: true), by: $0.office.maya)
      }
    ),
    (
      "deal.changed",
      { scene in
        let other = try await scene.office.conversation().conversation
        _ = try await scene.parley.linkConversation(other.id, to: scene.deal.id, by: scene.office.maya)
      }
    ),
  ]

  @Test("live and replayed, events of a pipeline's deals are for those who may see it", arguments: 0..<7)
  func events(index: Int) async throws {
    let (type, act) = Self.happenings[index]
    let scene = try await ClosedOffice()
    _ = scene.office.scene.takeAgentEvents()
    let start = try await scene.parley.sequence()
    try await act(scene)
    // Something for everyone, so that an outsider's silence is no deafness.
    _ = try await scene.parley.addNote(
      "For all", on: RecordID(.contact, scene.deal.contact?.id ?? 0), by: scene.office.maya)
    let happened = scene.office.scene.events
    let contact = #""record":{"kind":"contact""#
    for kind in ClosedOffice.Kind.allCases {
      let live = happened.filter { scene.hears($0, kind) }.map { String(decoding: $0.json, as: UTF8.self) }
      let later = try await scene.replayed(kind, after: start)
      #expect(live == later)
      #expect(live.contains { $0.contains(contact) })
      #expect(live.contains { $0.contains(#""type":"\#(type)""#) && !$0.contains(contact) } == kind.sees)
      if !kind.sees {
        #expect(!live.contains { $0.contains("deal.") || $0.contains("totals.") || $0.contains("Confid") })
      }
    }
  }

  @Test(
    "the line in a thread names the deal to those who may see it, and tells the others that one was added")
  func statusLine() async throws {
    let scene = try await ClosedOffice()
    let start = try await scene.parley.sequence()
    var draft = scene.office.draft(
      title: "Hidden title", conversationID: scene.conversationID,
      contact: .existing(scene.deal.contact?.id ?? 0))
    draft.pipelineID = scene.closed.id
    draft.stageID = nil
    try await scene.office.add(draft)
    for kind in ClosedOffice.Kind.allCases {
      let lines = try await scene.replayed(kind, after: start).filter { $0.contains("message.added") }
      #expect(lines.count == 1)
      #expect(lines[0].contains("deal-added"))
      #expect(lines[0].contains("Hidden title") == kind.sees)
      let live = scene.office.scene.events.filter {
        scene.hears($0, kind) && ($0.sequence ?? 0) > start && $0.body.type == "message.added"
      }
      #expect(live.map { String(decoding: $0.json, as: UTF8.self) } == lines)
    }
  }

  @Test(
    "a deal that goes where one does not see it is removed for them, and appears for those who see it there")
  func departure() async throws {
    let scene = try await ClosedOffice()
    let start = try await scene.parley.sequence()
    _ = try await scene.parley.editDeal(
      scene.openDeal.id, DealChange(pipelineID: scene.closed.id), by: scene.office.maya)
    for kind in ClosedOffice.Kind.allCases {
      let heard = try await scene.replayed(kind, after: start)
      #expect(heard.contains { $0.contains(#""type":"deal.changed""#) } == kind.sees)
      #expect(heard.contains { $0.contains(#""type":"deal.removed""#) } == !kind.sees)
    }
  }

  @Test("what one missed is replayed by the rights of now")
  func replay() async throws {
    let scene = try await ClosedOffice()
    let start = try await scene.parley.sequence()
    _ = try await scene.parley.editDeal(scene.deal.id, DealChange(title: "While away"), by: scene.office.maya)
    func told(_ kind: ClosedOffice.Kind) async throws -> (deal: Bool, anew: Bool) {
      let heard = try await scene.replayed(kind, after: start)
      return (
        heard.contains { $0.contains("While away") }, heard.contains { $0.contains("access.changed") }
      )
    }
    #expect(try await told(.reader) == (true, false))
    _ = try await scene.parley.setRights([], of: scene.readers.id, in: scene.closed.id, by: scene.office.maya)
    #expect(try await told(.reader) == (false, true))
    #expect(try await told(.member) == (true, false))
    let everyone = try await ClosedOffice.everyone(scene.office)
    _ = try await scene.parley.setRights(.see, of: everyone.id, in: scene.closed.id, by: scene.office.maya)
    #expect(try await told(.outsider) == (true, true))
    #expect(try await told(.member) == (true, false))
  }

  @Test("whose rights change is told to load anew; the others, that who sees which pipeline has changed")
  func access() async throws {
    let scene = try await ClosedOffice()
    let (parley, maya) = (scene.parley, scene.office.maya)
    func told(_ act: () async throws -> Void) async throws -> Set<ClosedOffice.Kind> {
      let start = try await parley.sequence()
      try await act()
      let happened = scene.office.scene.events.filter { ($0.sequence ?? 0) > start }
      return Set(
        ClosedOffice.Kind.allCases.filter { kind in
          happened.contains { $0.body == .accessChanged && scene.hears($0, kind) }
        })
    }
    #expect(
      try await told {
        _ = try await parley.setRights([.edit], of: scene.readers.id, in: scene.closed.id, by: maya)
      } == [.reader])
    #expect(
      try await told {
        _ = try await parley.setRights(.all, of: scene.readers.id, in: scene.office.pipeline.id, by: maya)
      } == [])
    #expect(
      try await told {
        _ = try await parley.editAgent(
          scene.agent(.outsider).id, AgentChange(groups: [scene.members.id]), by: maya)
      } == [.outsider])
    #expect(
      try await told {
        _ = try await parley.editAgent(scene.agent(.reader).id, AgentChange(role: .owner), by: maya)
      } == [.reader])
    #expect(
      try await told {
        try await parley.removePipeline(
          scene.closed.id, movingDealsTo: scene.office.pipeline.stages[0].id, by: maya)
      }
        == [.owner, .member, .reader, .outsider])
  }

  @Test("who hears of a pipeline is known anew after a transaction that came to nothing")
  func rollback() async throws {
    let scene = try await ClosedOffice()
    let reader = scene.agent(.reader).id
    await #expect(throws: ParleyError.notFound) {
      try await scene.parley.write { transaction, changes in
        try GroupRecords.setRights([], of: scene.readers.id, in: scene.closed.id, transaction)
        #expect(try !changes.watchers(of: scene.closed.id, in: transaction).contains(reader))
        throw ParleyError.notFound
      }
    }
    try await scene.parley.write { transaction, changes in
      // The version that the other would have had.
      try GroupRecords.setRights([.add], of: scene.members.id, in: scene.office.pipeline.id, transaction)
      #expect(try changes.watchers(of: scene.closed.id, in: transaction).contains(reader))
    }
  }

  @Test("a pipeline's events are nobody's once it is gone, also when its id is used again")
  func reused() async throws {
    let scene = try await ClosedOffice()
    let start = try await scene.parley.sequence()
    _ = try await scene.parley.editDeal(scene.deal.id, DealChange(title: "Long ago"), by: scene.office.maya)
    try await scene.parley.removePipeline(
      scene.closed.id, movingDealsTo: scene.office.pipeline.stages[0].id, by: scene.office.maya)
    let next = try await scene.parley.addPipeline(
      PipelineDraft(name: "Next", currency: "EUR"), by: scene.office.maya)
    #expect(next.id == scene.closed.id)
    #expect(try await !scene.replayed(.outsider, after: start).contains { $0.contains("Long ago") })
  }
}
