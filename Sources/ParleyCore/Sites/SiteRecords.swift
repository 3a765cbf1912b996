import SQLite

extension Site.Position: Bindable {}

/// The sites' rows, with their origins.
enum SiteRecords {
  private static let selection = "SELECT id, key, name, greeting_en, greeting_fr, color, position FROM sites"

  static func sites(in snapshot: borrowing Snapshot) throws -> [Site] {
    var sites = try snapshot.rows("\(selection) ORDER BY id", map: site)
    for index in sites.indices { sites[index].origins = try origins(of: sites[index].id, in: snapshot) }
    return sites
  }

  static func site(_ id: Int64, in snapshot: borrowing Snapshot) throws -> Site? {
    var site = try snapshot.first("\(selection) WHERE id = ?", id, map: site)
    site?.origins = try origins(of: id, in: snapshot)
    return site
  }

  static func site(key: String, in snapshot: borrowing Snapshot) throws -> Site? {
    guard var site = try snapshot.first("\(selection) WHERE key = ?", key, map: site) else { return nil }
    site.origins = try origins(of: site.id, in: snapshot)
    return site
  }

  /// The site with its id.
  static func insert(_ site: Site, at now: Int64, in transaction: borrowing Transaction) throws -> Site {
    var site = site
    site.id = try transaction.insert(
      """
      INSERT INTO sites (key, name, greeting_en, greeting_fr, color, position, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """, site.key, site.name, site.greetings.en, site.greetings.fr, site.color, site.position, now)
    try setOrigins(of: site, in: transaction)
    return site
  }

  static func update(_ site: Site, in transaction: borrowing Transaction) throws {
    try transaction.execute(
      "UPDATE sites SET name = ?, greeting_en = ?, greeting_fr = ?, color = ?, position = ? WHERE id = ?",
      site.name, site.greetings.en, site.greetings.fr, site.color, site.position, site.id)
    try setOrigins(of: site, in: transaction)
  }

  private static func setOrigins(of site: Site, in transaction: borrowing Transaction) throws {
    try transaction.execute("DELETE FROM site_origins WHERE site_id = ?", site.id)
    for origin in site.origins {
      try transaction.execute("INSERT INTO site_origins (site_id, origin) VALUES (?, ?)", site.id, origin)
    }
  }

  private static func origins(of id: Int64, in snapshot: borrowing Snapshot) throws -> [String] {
    try snapshot.rows("SELECT origin FROM site_origins WHERE site_id = ? ORDER BY origin", id) { $0.text(0) }
  }

  private static func site(_ row: borrowing Row) -> Site {
    Site(
      id: row.int64(0), key: row.text(1), name: row.text(2),
      greetings: Greetings(en: row.text(3), fr: row.text(4)), color: row.text(5),
      position: row.text(6) == Site.Position.left.rawValue ? .left : .right, origins: [])
  }
}
