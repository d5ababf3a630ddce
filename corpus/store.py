"""The notice store: notices, their units and every earlier version, in SQLite, with exact full-text search.

Importing it is dear; import it inside the function that needs it. A failed import leaves nothing. One store belongs to one thread.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import Any

from sqlite_utils import Database

from corpus.database import StoreFault, open_database, reason
from corpus.schema import LAYOUT
from corpus.search import NOTICE, Query, match_expression, spaced, spans_of
from interpreter.notice import Notice, Unit, UnitKind

MEMORY = ":memory:"
_UNIT = "u.id, u.kind, u.text, u.first_line, u.last_line"
_ENTRY = "SELECT n.version, n.key, n.title, n.source, n.sha256, n.added, (SELECT count(*) FROM unit u WHERE u.version = n.version) AS units"


@dataclass(frozen=True, slots=True)
class Store:
    """An open store."""

    database: Database


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text came from: the file's name, the sha256 of its bytes, and the day it was added (ISO)."""

    name: str
    sha256: str
    added: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of one notice, as a list shows it."""

    version: int
    key: str
    title: str
    source: Source
    units: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit that holds every word of a query; `spans` are (start, end) in characters of the unit's text."""

    key: str
    unit: Unit
    spans: tuple[tuple[int, int], ...]


def source_of(name: str, data: bytes, added: str) -> Source:
    """The source record of a file's bytes; `added` is an ISO date, passed in because the corpus asks no clock."""
    return Source(name, sha256(data).hexdigest(), added)


def open_store(path: str = MEMORY) -> Store | StoreFault:
    """Open a store, making it if the file is new or empty; any other file is left as it is."""
    opened = open_database(path, LAYOUT)
    return opened if isinstance(opened, StoreFault) else Store(opened)


def close_store(store: Store) -> None:
    store.database.close()


def add_notice(store: Store, notice: Notice, source: Source) -> Entry | StoreFault:
    """Add a notice as a new version, unless its newest version came from the same bytes and has the same units; earlier versions stay."""
    database = store.database
    try:
        database.execute("BEGIN IMMEDIATE")
        newest = show_notice(store, notice.key)
        if newest is None or newest.source.sha256 != source.sha256 or notice_of(store, notice.key) != notice:
            _insert(database, notice, source)
        database.execute("COMMIT")
    except sqlite3.Error as error:
        database.rollback()
        return StoreFault("not-written", f"「{notice.title}」未入库，库中内容未变。原因：{reason(error)}。")
    return next(iter(_entries(store, "n.key = ?", (notice.key,))))


def list_notices(store: Store) -> tuple[Entry, ...]:
    """The newest version of every notice, by key."""
    return _entries(store, "n.version IN (SELECT version FROM current_notice)", ())


def show_notice(store: Store, key: str) -> Entry | None:
    """The newest version of a notice, or None if there is none under this key."""
    return next(iter(_entries(store, "n.key = ?", (key,))), None)


def versions_of(store: Store, key: str) -> tuple[Entry, ...]:
    """All versions of a notice, newest first."""
    return _entries(store, "n.key = ?", (key,))


def notice_of(store: Store, key: str, version: int | None = None) -> Notice | None:
    """A notice with its units: the newest version, or the one asked for."""
    entry = next((entry for entry in versions_of(store, key) if version in (None, entry.version)), None)
    if entry is None:
        return None
    rows = store.database.query(f"SELECT {_UNIT} FROM unit u WHERE u.version = ? ORDER BY u.position", [entry.version])
    return Notice(entry.key, entry.title, tuple(_unit(row) for row in rows))


def search_units(store: Store, query: Query, limit: int = 50) -> tuple[Hit, ...]:
    """The units of the newest versions for which a query holds literally, in reading order; exact also for one character."""
    if not query.words or limit < 1:
        return ()
    limits = query.limited(NOTICE)
    within = " OR ".join(["instr(lower(n.key || char(10) || n.title), ?)"] * len(limits))
    rows = store.database.query(
        f"SELECT n.key, {_UNIT} FROM unit_words w JOIN unit u ON u.number = w.rowid JOIN current_notice n ON n.version = u.version"
        f" WHERE unit_words MATCH ? AND ({within or 'TRUE'}) ORDER BY n.key, u.position",
        [match_expression(query.words), *limits],
    )
    return tuple(islice(_hits(rows, query), limit))


def _hits(rows: Iterable[Mapping[str, Any]], query: Query) -> Iterable[Hit]:
    """The index finds, the text confirms: a character the index does not know can never make a false hit."""
    for row in rows:
        if spans := spans_of(row["text"], query):
            yield Hit(row["key"], _unit(row), spans)


def _insert(database: Database, notice: Notice, source: Source) -> None:
    row = (notice.key, notice.title, source.name, source.sha256, source.added)
    version = database.execute("INSERT INTO notice (key, title, source, sha256, added) VALUES (?, ?, ?, ?, ?)", row).lastrowid
    for position, unit in enumerate(notice.units):
        cells = (version, unit.id, unit.kind.value, unit.text, unit.digest, unit.first_line, unit.last_line, position)
        number = database.execute(
            "INSERT INTO unit (version, id, kind, text, digest, first_line, last_line, position) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", cells
        ).lastrowid
        database.execute("INSERT INTO unit_words (rowid, words) VALUES (?, ?)", (number, spaced(unit.text)))


def _entries(store: Store, condition: str, arguments: tuple[str, ...]) -> tuple[Entry, ...]:
    rows = store.database.query(f"{_ENTRY} FROM notice n WHERE {condition} ORDER BY n.key, n.version DESC", list(arguments))
    return tuple(Entry(row["version"], row["key"], row["title"], Source(row["source"], row["sha256"], row["added"]), row["units"]) for row in rows)


def _unit(row: Mapping[str, Any]) -> Unit:
    return Unit(row["id"], UnitKind(row["kind"]), row["text"], row["first_line"], row["last_line"])
