import Testing

@testable import ParleyCore

@Suite("Groups of agents")
struct GroupTests {
  let scene: ClosedOffice
  var parley: Parley { scene.parley }
  var owner: AgentIdentity { scene.office.maya }

  init() async throws {
    scene = try await ClosedOffice()
  }

  private func fault(_ draft: GroupDraft, of id: Int64? = nil) async throws -> [String: String] {
    do throws(ParleyError) {
      if let id {
        _ = try await parley.editGroup(id, draft, by: owner)
      } else {
        _ = try await parley.addGroup(draft, by: owner)
      }
      return [:]
    } catch {
      guard case .invalid(let invalid) = error else { throw error }
      return invalid.fields
    }
  }

  @Test("they stand by name behind everyone, with who is in them and what they may do")
  func list() async throws {
    let groups = try await parley.groups(by: owner)
    #expect(groups.map(\.name) == ["", "Members", "Readers"])
    #expect(groups.map(\.isEveryone) == [true, false, false])
    #expect(groups[0].members.isEmpty && groups[1].members == [scene.agent(.member).id])
    #expect(groups[0].grants == [.init(pipelineID: scene.office.pipeline.id, rights: .all)])
    #expect(groups[2].grants == [.init(pipelineID: scene.closed.id, rights: .see)])
  }

  @Test("a name is needed, has an end, and is one group's, however it is written")
  func names() async throws {
    #expect(try await fault(GroupDraft()) == ["name": "group.name.required"])
    #expect(try await fault(GroupDraft(name: " \n")) == ["name": "group.name.required"])
    #expect(
      try await fault(GroupDraft(name: String(repeating: "x", count: 101))) == ["name": "group.name.too-long"]
    )
    #expect(try await fault(GroupDraft(name: "rEADERS ")) == ["name": "group.name.taken"])
    #expect(try await fault(GroupDraft(name: "readers"), of: scene.readers.id) == [:])
    #expect(
      try await fault(GroupDraft(name: "Members"), of: scene.readers.id) == ["name": "group.name.taken"])
    #expect(
      try await fault(GroupDraft(name: "", members: [99]))
        == ["name": "group.name.required", "members": "group.members.unknown"])
  }

  @Test("everyone is not renamed, not chosen and not removed, and its rights are set like any group's")
  func everyone() async throws {
    let everyone = try await ClosedOffice.everyone(scene.office)
    await #expect(throws: ParleyError.groupEveryone) {
      try await parley.editGroup(everyone.id, GroupDraft(name: "All"), by: owner)
    }
    await #expect(throws: ParleyError.groupEveryone) {
      try await parley.editGroup(everyone.id, GroupDraft(members: []), by: owner)
    }
    await #expect(throws: ParleyError.groupEveryone) {
      try await parley.removeGroup(everyone.id, by: owner)
    }
    let changed = try await parley.setRights([.edit], of: everyone.id, in: scene.closed.id, by: owner)
    #expect(changed.grants.last?.rights == [.see, .edit])
    #expect(try await parley.deal(scene.deal.id, by: scene.agent(.outsider)).id == scene.deal.id)
  }

  @Test("a new pipeline is everyone's, and so is it to an agent who comes later")
  func newcomers() async throws {
    let pipeline = try await parley.addPipeline(PipelineDraft(name: "New", currency: "EUR"), by: owner)
    #expect(pipeline.rights == .all)
    let added = try await parley.addAgent(
      AgentDraft(name: "Nell", email: "nell@parley.example", password: "a long password"), by: owner)
    let nell = AgentIdentity(id: added.id, name: added.name, role: .agent)
    let seen = try await parley.pipelines(by: nell)
    #expect(seen.map(\.name) == ["Sales", "New"] && seen.allSatisfy { $0.rights == .all })
    #expect(seen[1].watchers.contains(nell.id))
  }

  @Test("only owners see and change groups and roles")
  func owners() async throws {
    let (id, pipelineID, agent) = (scene.readers.id, scene.closed.id, scene.agent(.member))
    let attempts: [() async throws -> Void] = [
      { _ = try await parley.groups(by: agent) },
      { _ = try await parley.addGroup(GroupDraft(name: "Mine"), by: agent) },
      { _ = try await parley.editGroup(id, GroupDraft(members: [agent.id]), by: agent) },
      { try await parley.removeGroup(id, by: agent) },
      { _ = try await parley.setRights(.all, of: id, in: pipelineID, by: agent) },
      { _ = try await parley.editAgent(agent.id, AgentChange(role: .owner), by: agent) },
    ]
    for attempt in attempts { await #expect(throws: ParleyError.permissionDenied) { try await attempt() } }
    #expect(try await parley.groups(by: owner).count == 3)
  }

  @Test("a workspace keeps an owner; an agent's groups are those that there are")
  func roles() async throws {
    let member = scene.agent(.member)
    await #expect(throws: ParleyError.ownerLast) {
      try await parley.editAgent(owner.id, AgentChange(role: .agent), by: owner)
    }
    #expect(try await parley.editAgent(member.id, AgentChange(role: .owner), by: owner).role == .owner)
    #expect(try await parley.editAgent(owner.id, AgentChange(role: .agent), by: owner).role == .agent)
    let promoted = AgentIdentity(id: member.id, name: member.name, role: .owner)
    let unknown = Invalid(code: "agent.invalid", fields: ["groups": "agent.groups.unknown"])
    await #expect(throws: ParleyError.invalid(unknown)) {
      try await parley.editAgent(owner.id, AgentChange(groups: [1]), by: promoted)
    }
    _ = try await parley.editAgent(
      owner.id, AgentChange(groups: [scene.readers.id, scene.members.id]), by: promoted)
    #expect(
      try await parley.groups(by: promoted).dropFirst().allSatisfy { $0.members.contains(owner.id) })
  }

  @Test("a group or a pipeline that is not there is not found")
  func nothing() async throws {
    await #expect(throws: ParleyError.notFound) {
      try await parley.editGroup(99, GroupDraft(name: "x"), by: owner)
    }
    await #expect(throws: ParleyError.notFound) { try await parley.removeGroup(99, by: owner) }
    await #expect(throws: ParleyError.notFound) {
      try await parley.setRights(.see, of: scene.readers.id, in: 99, by: owner)
    }
    await #expect(throws: ParleyError.notFound) {
      try await parley.editAgent(99, AgentChange(role: .agent), by: owner)
    }
  }
}
