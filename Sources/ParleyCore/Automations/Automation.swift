/// An automation: what it waits for, and what it does then.
package struct Automation: Sendable, Hashable, Codable {
  /// How often who or what a trigger concerns may enter.
  package enum Entry: String, Sendable, Hashable, Codable {
    case always, once
  }

  /// Of its runs, by what became of them.
  package struct Counts: Sendable, Hashable, Codable {
    package var active = 0
    package var done = 0
    package var failed = 0
    package var stopped = 0
  }

  package var id: Int64
  package var name: String
  package var enabled: Bool
  package var entry: Entry
  package var definition: AutomationDefinition
  /// What keeps it from being switched on; empty for one that can run.
  package var problems: [AutomationProblem]
  /// How often it was saved.
  package var version: Int64
  package var counts: Counts
  package var updatedAt: Int64
  package var updatedBy: AgentReference

  static let nameLimit = 100
  /// In a workspace.
  static let limit = 200
}

/// What is wrong with an automation, and where.
package struct AutomationProblem: Sendable, Hashable, Codable {
  package enum Place: String, Sendable, Hashable, Codable {
    case triggers, steps
  }

  package var place: Place
  /// Of the trigger or step at fault; nil for all of them.
  @Nullable package var id: String?
  package var field: String
  package var code: String
  /// The tags that cannot stand there, where the code ends in `unknown-tag`.
  package var tags: [String]?

  init(place: Place, id: String?, field: String, code: String, tags: [String]? = nil) {
    self.place = place
    self.id = id
    self.field = field
    self.code = code
    self.tags = tags
  }
}

/// An automation to be added, or what one is to be.
package struct AutomationDraft: Sendable, Hashable, Codable {
  package var name: String
  package var entry: Automation.Entry?
  package var definition: AutomationDefinition?

  package init(
    name: String, entry: Automation.Entry? = nil, definition: AutomationDefinition? = nil
  ) {
    self.name = name
    self.entry = entry
    self.definition = definition
  }
}

package struct AutomationReference: Sendable, Hashable, Codable {
  package var id: Int64
  package var name: String
}

/// Someone's or something's way through an automation.
package struct AutomationRun: Sendable, Hashable, Codable {
  package enum Status: String, Sendable, Hashable, Codable {
    case active, done, failed, stopped, refused
  }

  package struct DealTitle: Sendable, Hashable, Codable {
    package var id: Int64
    package var title: String
  }

  package struct ContactName: Sendable, Hashable, Codable {
    package var id: Int64
    package var name: String
  }

  package var id: Int64
  package var automationID: Int64
  package var automationName: String
  package var status: Status
  @Nullable package var contact: ContactName?
  @Nullable package var deal: DealTitle?
  @Nullable package var conversationID: Int64?
  package var trigger: AutomationTrigger.Kind
  /// The next step, or the one that failed.
  @Nullable package var stepID: String?
  /// When the next step is due.
  @Nullable package var wakeAt: Int64?
  @Nullable package var code: String?
  package var startedAt: Int64
  @Nullable package var endedAt: Int64?
}

/// What a run did at a step.
package struct AutomationRunStep: Sendable, Hashable, Codable {
  package enum Outcome: String, Sendable, Hashable, Codable {
    case done, failed, yes, no, waiting, retrying
    /// What it waited for never came.
    case skipped
  }

  package var id: Int64
  package var stepID: String
  package var kind: AutomationStep.Kind
  package var outcome: Outcome
  @Nullable package var code: String?
  @Nullable package var detail: AutomationStepDetail?
  package var at: Int64
}

/// What came of a step, as far as there is more to say.
package struct AutomationStepDetail: Sendable, Hashable, Codable {
  package var dealID: Int64?
  package var taskID: Int64?
  package var noteID: Int64?
  package var messageID: Int64?
  /// Of a webhook's answer.
  package var status: Int?
  /// Until when the run waits.
  package var until: Int64?

  package init(
    dealID: Int64? = nil, taskID: Int64? = nil, noteID: Int64? = nil, messageID: Int64? = nil,
    status: Int? = nil, until: Int64? = nil
  ) {
    self.dealID = dealID
    self.taskID = taskID
    self.noteID = noteID
    self.messageID = messageID
    self.status = status
    self.until = until
  }
}

package struct AutomationList: Sendable, Hashable, Codable {
  package var automations: [Automation]
}

/// A page of runs, newest first.
package struct AutomationRunPage: Sendable, Hashable, Codable {
  package var runs: [AutomationRun]
  @Nullable package var next: Int64?
}

package struct AutomationRunView: Sendable, Hashable, Codable {
  package var run: AutomationRun
  /// The latest 200, oldest first.
  package var steps: [AutomationRunStep]
}
