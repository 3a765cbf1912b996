#include <sqlite3.h>

/// Lets SQLite count no memory: its counters stand behind one lock for all connections, which each allocation takes. To be called
/// before anything else. A function of its own, since Swift calls none with a variable number of arguments.
static inline int csqlite_disable_memory_statistics(void) {
  return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}
