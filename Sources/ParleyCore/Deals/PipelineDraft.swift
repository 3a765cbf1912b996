/// A pipeline to be added, or what to change of one; what is nil has its default, or stays.
package struct PipelineDraft: Sendable, Hashable, Codable {
  package var name: String?
  package var currency: String?
  package var assignment: Pipeline.Assignment?

  package init(name: String? = nil, currency: String? = nil, assignment: Pipeline.Assignment? = nil) {
    self.name = name
    self.currency = currency
    self.assignment = assignment
  }

  /// A pipeline with this applied, and its currency.
  ///
  /// - Throws: `invalid` with `pipeline.invalid` and every field that is at fault.
  func applied(to pipeline: Pipeline) throws(ParleyError) -> (pipeline: Pipeline, currency: Currency) {
    var pipeline = pipeline
    var invalid = Invalid(code: "pipeline.invalid")
    if let name { pipeline.name = name.onOneLine }
    if pipeline.name.isEmpty { invalid.add("name", "pipeline.name.required") }
    if pipeline.name.unicodeScalars.count > Pipeline.nameLimit {
      invalid.add("name", "pipeline.name.too-long")
    }
    if let currency { pipeline.currency = currency }
    let currency = Currency(code: pipeline.currency)
    if currency == nil {
      let isMissing = pipeline.currency.isEmpty
      invalid.add("currency", isMissing ? "pipeline.currency.required" : "pipeline.currency.unknown")
    }
    if let assignment { pipeline.assignment = assignment }
    guard let currency, invalid.isEmpty else { throw .invalid(invalid) }
    return (pipeline, currency)
  }
}

/// A stage to be added, or what to change of one; what is nil has its default, or stays.
package struct StageDraft: Sendable, Hashable {
  package var name: String?
  package var color: String?
  package var probability: Int?
  /// `.some(nil)`: its deals do not rot.
  package var rottingDays: Int??
  package var sort: DealOrder?

  package init(
    name: String? = nil, color: String? = nil, probability: Int? = nil, rottingDays: Int?? = nil,
    sort: DealOrder? = nil
  ) {
    self.name = name
    self.color = color
    self.probability = probability
    self.rottingDays = rottingDays
    self.sort = sort
  }

  /// A stage with this applied.
  ///
  /// - Throws: `invalid` with `stage.invalid` and every field that is at fault.
  func applied(to stage: Stage) throws(ParleyError) -> Stage {
    var stage = stage
    var invalid = Invalid(code: "stage.invalid")
    if let name { stage.name = name.onOneLine }
    if stage.name.isEmpty { invalid.add("name", "stage.name.required") }
    if stage.name.unicodeScalars.count > Pipeline.nameLimit { invalid.add("name", "stage.name.too-long") }
    if let color {
      stage.color = color.lowercased()
      if !Site.isColor(stage.color) { invalid.add("color", "stage.color.invalid") }
    }
    if let probability {
      stage.probability = probability
      if !(0...100).contains(probability) { invalid.add("probability", "stage.probability.invalid") }
    }
    if let rottingDays {
      stage.rottingDays = rottingDays
      if let rottingDays, !(1...Stage.rottingDaysLimit).contains(rottingDays) {
        invalid.add("rottingDays", "stage.rottingDays.invalid")
      }
    }
    if let sort { stage.sort = sort }
    try invalid.check()
    return stage
  }
}

extension StageDraft: Decodable {
  private enum Key: String, CodingKey {
    case name, color, probability, rottingDays, sort
  }

  /// `"rottingDays": null` is never; a missing key is no change.
  package init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    name = try object.decodeIfPresent(String.self, forKey: .name)
    color = try object.decodeIfPresent(String.self, forKey: .color)
    probability = try object.decodeIfPresent(Int.self, forKey: .probability)
    rottingDays =
      object.contains(.rottingDays)
      ? .some(try object.decodeIfPresent(Int.self, forKey: .rottingDays)) : nil
    sort = try object.decodeIfPresent(DealOrder.self, forKey: .sort)
  }
}

extension Stage {
  /// What a new stage is before its draft is applied.
  static var blank: Stage {
    Stage(id: 0, name: "", color: "#64748b", probability: 50, rottingDays: nil, sort: .rank)
  }
}
