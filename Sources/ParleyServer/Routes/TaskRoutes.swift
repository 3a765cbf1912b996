import HTTPServer
import HTTPWire
import ParleyCore

/// What is to be done about deals, contacts and accounts.
struct TaskRoutes: Sendable {
  let parley: Parley

  var operations: [Operation] {
    RecordPath.all.flatMap(on) + agenda + [
      Operation(
        .patch, "/api/tasks/{id}", "Change a task; also done, with its outcome.", body: .named("TaskDraft"),
        answer: .ok(.named("Task")), errors: ["task.invalid"]
      ) { call, by in
        try .json(.ok, try await parley.editTask(try call.id(), try call.body(), by: by.agent))
      },
      Operation(.delete, "/api/tasks/{id}", "Remove a task.", answer: .noContent) { call, by in
        try await parley.removeTask(try call.id(), by: by.agent)
        return Response(.noContent)
      },
    ]
  }

  private func on(_ record: RecordPath) -> [Operation] {
    [
      Operation(
        .get, "\(record.path)/tasks",
        "A record's tasks: the open ones by when they are due, then the others.",
        answer: .ok(.object(["tasks": .array(.named("Task"))]))
      ) { call, by in
        try .json(.ok, try await parley.tasks(of: try record.id(call), by: by.agent))
      },
      Operation(
        .post, "\(record.path)/tasks", "Add a task to a record.", body: .named("TaskDraft"),
        answer: .created(.named("Task")), errors: ["task.invalid"]
      ) { call, by in
        try .json(
          .created, try await parley.addTask(try call.body(), to: try record.id(call), by: by.agent))
      },
    ]
  }

  private var agenda: [Operation] {
    [
      Operation(
        .get, "/api/tasks", "Tasks of somebody, or of everyone, by how near they are.",
        query: [
          Operation.Parameter(name: "assignee", schema: .integer, summary: "Whose; everyone's if left out."),
          Operation.Parameter(
            name: "group", schema: .oneOf(strings: TaskGroup.allCases.map(\.rawValue)),
            summary: "Only this one; all, each from its beginning, if left out."),
          Operation.Parameter(
            name: "before", schema: .string, summary: "With `group`: the `next` of the page before."),
          .limit(upTo: 200, default: 20),
        ],
        answer: .ok(.named("TaskAgenda"))
      ) { call, by in
        try .json(
          .ok,
          try await parley.tasks(
            assignedTo: try call.integer("assignee"), in: try call.choice("group"),
            after: call.request.query["before"], limit: try call.limit(upTo: 200, default: 20), by: by.agent))
      },
      Operation(
        .get, "/api/tasks/overdue", "How many of the asking agent's own tasks are overdue.",
        answer: .ok(.object(["count": .integer, "isExact": .boolean, "changesAt": .moment]))
      ) { _, by in
        try .json(.ok, try await parley.overdueTasks(by: by.agent))
      },
      Operation(
        .get, "/api/tasks/kinds", "The kinds of one's own that tasks were given lately.",
        answer: .ok(.object(["kinds": .array(.string)]))
      ) { _, by in
        try .json(.ok, ["kinds": try await parley.taskKinds(by: by.agent)])
      },
    ]
  }
}
