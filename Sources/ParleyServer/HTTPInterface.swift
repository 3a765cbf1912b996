import HTTPServer
import HTTPWire
import ParleyCore

/// The HTTP interface as one table of operations, which the router and the OpenAPI description are both made of.
struct HTTPInterface: Sendable {
  let parley: Parley
  let hub: Hub
  let configuration: ServiceConfiguration
  let setupToken: SetupToken
  let log: Log
  let metrics: Metrics

  private var ownOrigin: OwnOrigin { OwnOrigin(configuration.publicOrigin) }

  /// - Parameter operations: those of this interface.
  func routes(_ operations: [Operation]) -> [Route] {
    operations.map(Dispatcher(parley: parley, ownOrigin: ownOrigin, log: log).route)
  }

  func operations(pages: PageRoutes) throws -> [Operation] {
    let sessions = SessionRoutes(parley: parley, ownOrigin: ownOrigin)
    let live = LiveRoutes(
      parley: parley, hub: hub, ownOrigin: ownOrigin, limitsVisitors: configuration.limitsVisitors,
      log: log, metrics: metrics)
    let operations = [
      SetupRoutes(parley: parley, sessions: sessions, token: setupToken).operations,
      sessions.operations,
      ConversationRoutes(parley: parley).operations,
      ContactRoutes(parley: parley).operations,
      AccountRoutes(parley: parley).operations,
      MergeRoutes(parley: parley).operations,
      RecordBulkRoutes(parley: parley).operations,
      ViewRoutes(parley: parley).operations,
      PipelineRoutes(parley: parley).operations,
      DealRoutes(parley: parley).operations,
      DealWorkRoutes(parley: parley).operations,
      DealConversationRoutes(parley: parley).operations,
      FieldRoutes(parley: parley).operations,
      NoteRoutes(parley: parley).operations,
      TaskRoutes(parley: parley).operations,
      ReportRoutes(parley: parley).operations,
      StageReportRoutes(parley: parley).operations,
      AutomationRoutes(parley: parley).operations,
      NotificationRoutes(parley: parley).operations,
      ImportRoutes(parley: parley).operations,
      ExportRoutes(parley: parley).operations,
      AdministrationRoutes(parley: parley).operations,
      GroupRoutes(parley: parley).operations,
      live.operations,
      WidgetRoutes(parley: parley, pages: pages, ownOrigin: ownOrigin).operations,
      MonitoringRoutes(parley: parley, metrics: metrics).operations,
    ].flatMap { $0 }
    return operations + [try HTTPInterface.description(of: operations, version: configuration.version)]
  }

  /// Also describes itself.
  private static func description(of operations: [Operation], version: String) throws -> Operation {
    func operation(_ encoded: [UInt8]) -> Operation {
      Operation(
        .get, "/api/openapi.json", "This description.", answer: .text
      ) { _ in .json(encoded: encoded) }
    }
    let all = operations + [operation([])]
    return operation(try OpenAPIDescription(version: version, operations: all).encoded())
  }
}
