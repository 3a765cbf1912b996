extension Schemas {
  /// The shapes of the reports, by the names that Reports.md gives them.
  static let reports: [(name: String, schema: JSONSchema)] = [
    ("Forecast", forecast), ("ForecastBucket", forecastBucket), ("Outcomes", outcomes),
    ("Funnel", funnel), ("StageTimes", stageTimes),
  ]

  /// Decimal digits of minor units: a sum may pass what a JavaScript number holds.
  private static let minorSum = JSONSchema.string
  private static let sum = JSONSchema.object(["count": .integer, "minor": minorSum])

  private static let forecastBucket = JSONSchema.object([
    "from": .calendarDate, "to": .calendarDate, "currency": .string, "open": sum,
    "weighted": .object(["minor": minorSum]), "won": sum, "forecast": sum,
  ])

  private static let forecast = JSONSchema.object([
    "today": .calendarDate,
    "periods": .array(.object(["from": .calendarDate, "to": .calendarDate])),
    "buckets": .array(.named("ForecastBucket")), "totals": .array(.named("ForecastBucket")),
    "undated": .array(.named("Total")),
  ])

  private static let outcomes = JSONSchema.object([
    "owners": .array(
      .object(["owner": reference, "currency": .string, "won": sum, "lost": sum])),
    "reasons": .array(
      .object(["reason": .string, "currency": .string, "count": .integer, "minor": minorSum])),
  ])

  private static let funnel = JSONSchema.object([
    "stages": .array(.named("Stage")),
    "entries": .array(
      .object([
        "stageID": .integer, "currency": .string, "entered": sum, "onward": sum, "back": sum, "away": sum,
        "won": sum, "lost": sum, "there": sum,
      ])),
  ])

  private static let span = JSONSchema.object([
    "count": .integer, "isExact": .boolean, "median": .nullable(.integer), "average": .nullable(.integer),
  ])

  private static let stageTimes = JSONSchema.object([
    "stages": .array(.named("Stage")),
    "rows": .array(.object(["stageID": .integer, "left": span, "there": span])),
  ])
}
