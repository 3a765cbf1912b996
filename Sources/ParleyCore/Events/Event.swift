/// Something that happened, for those whom it concerns.
package struct Event: Sendable {
  /// Its place in the event log: grows by one with each logged event, and is never used again. Nil for what is not logged.
  package let sequence: Int64?
  package let audience: Audience
  /// Who of the team heard of it as it happened, where the audience follows from the rights in a pipeline; else empty.
  package let listeners: Set<Int64>
  package let body: EventBody
  /// The message that clients get, as JSON text, encoded once for all of them.
  package let json: [UInt8]
}

/// Whom an event concerns.
package enum Audience: Sendable, Hashable {
  /// Every agent.
  case agents
  /// The agents who may see a pipeline: as it happens those who may then, in a replay those who may now.
  case pipeline(Int64)
  /// The agents who may not see it: for what everyone is told, less what is for the pipeline's.
  case outside(Int64)
  /// One agent's every page.
  case agent(Int64)
  /// One visitor's every tab. Not logged: a visitor resumes by the numbers of the messages.
  case visitor(VisitorKey, id: Int64)
  /// The pages of one session, which has ended. Not logged.
  case session(SessionID)
}

/// What happened: one case for each message of the interface that the core causes.
package enum EventBody: Sendable, Hashable {
  case messageAdded(Message, Conversation)
  case conversationChanged(Conversation)
  /// The reading agent has read up to the number.
  case conversationRead(conversationID: Int64, number: Int64)
  case conversationSeen(conversationID: Int64, visitorSeenNumber: Int64, agentsSeenNumber: Int64)
  case countsChanged([CountRow])
  case visitorChanged(Visitor)
  case contactChanged(Contact)
  case accountChanged(Account)
  case dealAdded(Deal)
  case dealChanged(Deal)
  case dealRemoved(dealID: Int64, pipelineID: Int64, stageID: Int64)
  /// Absolute values of the columns that changed.
  case totalsChanged(pipelineID: Int64, [ColumnTotals])
  /// Pipelines or stages came, went or changed, perhaps with deals that moved for it: load them anew.
  case pipelinesChanged
  /// Fields of one's own came, went or changed: load them anew.
  case fieldsChanged
  /// What hangs on a record, or its history, changed: an open page of that record loads that part anew.
  case recordChanged(RecordID, RecordPart)
  /// A contact or an account has become part of another.
  case recordMerged(RecordID, into: Int64)
  /// A contact or an account was deleted.
  case recordRemoved(RecordID)
  /// Saved views came, went or changed: load them anew.
  case viewsChanged
  case siteChanged(Site)
  case agentChanged(Agent)
  case workspaceChanged(Workspace)
  /// To an owner: groups, their members or their rights changed.
  case groupsChanged
  /// To an agent: what they may see or do is another now. Load everything anew.
  case accessChanged
  /// An automation, or what became of its runs: load it anew.
  case automationsChanged(automationID: Int64)
  /// To an agent: what an automation tells them, and how much of that they have not read.
  case notificationAdded(Notification, unread: Int)
  case notificationsRead(unread: Int)
  /// To who imports: how far an import has come.
  case importChanged(Import)
  /// An import, or its taking back, changed many records: load anew what is open of their lists.
  case recordsImported(ImportKind)
  case sessionEnded
  /// To a visitor: a message, who wrote it if an agent did, and how many of agents' texts the visitor has not seen.
  case visitorMessage(VisitorMessage, agent: AgentReference?, unread: Int)
  case visitorSeen(seenNumber: Int64, agentsSeenNumber: Int64, unread: Int)
  case visitorStatus(Conversation.Status)
  /// To a visitor: the name and the e-mail that they gave, so that their tabs agree.
  case visitorIdentity(name: String, email: String)

  /// The `type` of the message.
  package var type: String {
    switch self {
    case .messageAdded: "message.added"
    case .conversationChanged: "conversation.changed"
    case .conversationRead: "conversation.read"
    case .conversationSeen: "conversation.seen"
    case .countsChanged: "counts.changed"
    case .visitorChanged: "visitor.changed"
    case .contactChanged: "contact.changed"
    case .accountChanged: "account.changed"
    case .dealAdded: "deal.added"
    case .dealChanged: "deal.changed"
    case .dealRemoved: "deal.removed"
    case .totalsChanged: "totals.changed"
    case .pipelinesChanged: "pipelines.changed"
    case .fieldsChanged: "fields.changed"
    case .recordChanged: "record.changed"
    case .recordMerged: "record.merged"
    case .recordRemoved: "record.removed"
    case .viewsChanged: "views.changed"
    case .siteChanged: "site.changed"
    case .agentChanged: "agent.changed"
    case .workspaceChanged: "workspace.changed"
    case .groupsChanged: "groups.changed"
    case .accessChanged: "access.changed"
    case .automationsChanged: "automations.changed"
    case .notificationAdded: "notification.added"
    case .notificationsRead: "notifications.read"
    case .importChanged: "import.changed"
    case .recordsImported: "records.imported"
    case .sessionEnded: "session.ended"
    case .visitorMessage: "message"
    case .visitorSeen: "seen"
    case .visitorStatus: "status"
    case .visitorIdentity: "visitor"
    }
  }
}

/// What hangs on a record and is loaded by itself.
package enum RecordPart: String, Sendable, Hashable, Codable {
  case notes, tasks, changes, merges
}
