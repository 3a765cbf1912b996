extension Schema {
  /// A message's kind and author are held to their values without a table. SQLite makes one for each IN of more than two values, anew for
  /// each row, which took as long as all else that storing a message takes.
  ///
  /// What lies on the disk stays as it is, so only the schema's text is changed: https://sqlite.org/lang_altertable.html §7.
  static let version7Messages = """
    PRAGMA writable_schema = ON;
    UPDATE sqlite_schema SET sql = replace(replace(sql,
          'kind IN (''text'', ''note'', ''page'', ''status'')',
          'kind = ''text'' OR kind = ''note'' OR kind = ''page'' OR kind = ''status'''),
        'author IN (''visitor'', ''agent'', ''system'')',
        'author = ''visitor'' OR author = ''agent'' OR author = ''system''')
      WHERE type = 'table' AND name = 'messages';
    PRAGMA writable_schema = RESET;
    """
}
