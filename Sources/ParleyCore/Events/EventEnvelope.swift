/// An event as the message of the sockets: its `type`, its `sequence` if it has one, and its content.
struct EventEnvelope: Encodable {
  let sequence: Int64?
  let body: EventBody

  private enum Key: String, CodingKey {
    case type, sequence, message, conversation, conversationID, number, visitorSeenNumber, agentsSeenNumber,
      rows, visitor, contact, account, deal, site, agent, workspace, unread, seenNumber, status, name, email,
      dealID, pipelineID, stageID, columns, record, part, into, automationID, notification,
      `import`, kind
  }

  func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(body.type, forKey: .type)
    try object.encodeIfPresent(sequence, forKey: .sequence)
    switch body {
    case .messageAdded(let message, let conversation):
      try object.encode(message, forKey: .message)
      try object.encode(conversation, forKey: .conversation)
    case .conversationChanged(let conversation):
      try object.encode(conversation, forKey: .conversation)
    case .conversationRead(let conversationID, let number):
      try object.encode(conversationID, forKey: .conversationID)
      try object.encode(number, forKey: .number)
    case .conversationSeen(let conversationID, let visitorSeenNumber, let agentsSeenNumber):
      try object.encode(conversationID, forKey: .conversationID)
      try object.encode(visitorSeenNumber, forKey: .visitorSeenNumber)
      try object.encode(agentsSeenNumber, forKey: .agentsSeenNumber)
    case .countsChanged(let rows): try object.encode(rows, forKey: .rows)
    case .visitorChanged(let visitor): try object.encode(visitor, forKey: .visitor)
    case .contactChanged(let contact): try object.encode(contact, forKey: .contact)
    case .accountChanged(let account): try object.encode(account, forKey: .account)
    case .dealAdded(let deal), .dealChanged(let deal): try object.encode(deal, forKey: .deal)
    case .dealRemoved(let dealID, let pipelineID, let stageID):
      try object.encode(dealID, forKey: .dealID)
      try object.encode(pipelineID, forKey: .pipelineID)
      try object.encode(stageID, forKey: .stageID)
    case .totalsChanged(let pipelineID, let columns):
      try object.encode(pipelineID, forKey: .pipelineID)
      try object.encode(columns, forKey: .columns)
    case .pipelinesChanged, .viewsChanged, .groupsChanged, .accessChanged, .fieldsChanged: break
    case .recordChanged(let record, let part):
      try object.encode(record, forKey: .record)
      try object.encode(part, forKey: .part)
    case .recordMerged(let record, let into):
      try object.encode(record, forKey: .record)
      try object.encode(into, forKey: .into)
    case .recordRemoved(let record): try object.encode(record, forKey: .record)
    case .siteChanged(let site): try object.encode(site, forKey: .site)
    case .agentChanged(let agent): try object.encode(agent, forKey: .agent)
    case .workspaceChanged(let workspace): try object.encode(workspace, forKey: .workspace)
    case .automationsChanged(let automationID): try object.encode(automationID, forKey: .automationID)
    case .notificationAdded(let notification, let unread):
      try object.encode(notification, forKey: .notification)
      try object.encode(unread, forKey: .unread)
    case .notificationsRead(let unread): try object.encode(unread, forKey: .unread)
    case .importChanged(let one): try object.encode(one, forKey: .import)
    case .recordsImported(let kind): try object.encode(kind, forKey: .kind)
    case .sessionEnded: break
    case .visitorMessage(let message, let agent, let unread):
      try object.encode(message, forKey: .message)
      try object.encode(agent, forKey: .agent)
      try object.encode(unread, forKey: .unread)
    case .visitorSeen(let seenNumber, let agentsSeenNumber, let unread):
      try object.encode(seenNumber, forKey: .seenNumber)
      try object.encode(agentsSeenNumber, forKey: .agentsSeenNumber)
      try object.encode(unread, forKey: .unread)
    case .visitorStatus(let status):
      try object.encode(status, forKey: .status)
    case .visitorIdentity(let name, let email):
      try object.encode(name, forKey: .name)
      try object.encode(email, forKey: .email)
    }
  }
}
