"""The database as a witness: read beside the running server, never written."""

import contextlib
import sqlite3


def rows(path, statement, *values):
    """What a statement finds, each row as a dictionary."""
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute(statement, values)]


def value(path, statement, *values):
    """The one value that a statement finds."""
    (row,) = rows(path, statement, *values)
    (only,) = row.values()
    return only
