extension Schema {
  /// The index of the messages is merged by whoever adds to it (`SearchRecords.mergeMessages`), a little each time, and not by FTS5.
  static let version8 = "INSERT INTO message_search (message_search, rank) VALUES ('automerge', 0);"
}
