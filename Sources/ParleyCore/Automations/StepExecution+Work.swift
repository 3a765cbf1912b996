import SQLite

/// Tasks, notes, tags and fields.
extension StepExecution {
  func addTask(in transaction: borrowing Transaction) throws -> AutomationStepDetail {
    let record = try record()
    let time = try WorkspaceTime(now: changes.now, in: transaction.snapshot)
    let owner = try deal(in: transaction.snapshot)?.owner.id
    let draft = TaskDraft(
      title: try resolved(step.title, in: transaction.snapshot), kind: step.taskKind,
      dueOn: step.dueInDays.flatMap { time.today.adding(days: $0) }.map { .some($0.description) },
      assigneeID: step.assigneeID ?? owner ?? agent.id)
    let fields = try TaskFields(assigneeID: agent.id)
      .applying(draft, of: record, at: time, in: transaction.snapshot)
    let id = try TaskRecords.insert(fields, of: record, by: agent.id, at: changes.now, in: transaction)
    guard let task = try TaskRecords.task(id, at: time, in: transaction.snapshot) else {
      throw ParleyError.defect(reason: "tasks.insert")
    }
    try changes.recordWork(
      on: record, .tasks, .task, from: nil, to: JSON.text(task.inHistory), by: agent, in: transaction)
    return AutomationStepDetail(taskID: id)
  }

  func addNote(in transaction: borrowing Transaction) throws -> AutomationStepDetail {
    let record = try record()
    try RecordAccess.require(.edit, record, by: agent, in: transaction.snapshot)
    let text = try Note.checked(try resolvedLines(step.text, in: transaction.snapshot))
    let id = try NoteRecords.insert(text, on: record, by: agent.id, at: changes.now, in: transaction)
    try changes.recordWork(
      on: record, .notes, .note, from: nil, to: JSON.text(text), by: agent, in: transaction)
    return AutomationStepDetail(noteID: id)
  }

  func changeTag(in transaction: borrowing Transaction) throws {
    guard let tag = step.tag.flatMap({ TagName($0) }) else { throw StepFailure("automation.tag.required") }
    if step.on == .deal {
      var revision = try DealRevision(of: try dealID(), by: agent, in: transaction.snapshot, changes)
      if step.kind == .tagAdd { revision.addTag(tag) } else { revision.removeTag(tag) }
      _ = try revision.store(in: transaction)
      return
    }
    let id = try contactID()
    guard let contact = try ContactRecords.contact(id, in: transaction.snapshot) else {
      throw StepFailure("automation.contact.missing")
    }
    var tags = contact.tags.filter { TagName($0) != tag }
    if step.kind == .tagAdd { tags.append(tag.text) }
    _ = try Parley.edit(id, ContactChange(tags: tags), presence, in: transaction, changes)
  }

  func setField(in transaction: borrowing Transaction) throws {
    let text = try resolved(step.value?.text, in: transaction.snapshot)
    let name = step.field ?? ""
    let value = step.value?.text == nil ? step.value ?? .text("") : .text(text)
    let own = try AutomationField(name)?.entry(of: value, in: transaction.snapshot)
    switch step.on {
    case .contact:
      var change = ContactChange(fields: own)
      switch name {
      case _ where own != nil: break
      case "phone": change.phone = text
      case "jobTitle": change.jobTitle = text
      case "firstName": change.firstName = text
      case "lastName": change.lastName = text
      default: throw StepFailure("automation.field.unknown")
      }
      _ = try Parley.edit(try contactID(), change, presence, in: transaction, changes)
    case .deal:
      var change = DealChange(fields: own)
      switch name {
      case _ where own != nil: break
      case "description": change.description = text
      default: throw StepFailure("automation.field.unknown")
      }
      var revision = try DealRevision(of: try dealID(), by: agent, in: transaction.snapshot, changes)
      var check = DealCheck(by: agent, presence, now: changes.now)
      try check.apply(change, to: &revision, in: transaction.snapshot)
      _ = try revision.store(in: transaction)
    case .account, nil: throw StepFailure("automation.field.unknown")
    }
  }
}
