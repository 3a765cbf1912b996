import HTTPServer
import HTTPWire
import ParleyCore

/// What is to be done about deals, contacts and accounts.
struct TaskRoutes: Sendable {
  let parley: Parley

  var operations: [Operation] {
    RecordPath.all.flatMap(on) + [
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
}
