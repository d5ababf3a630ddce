"""Recorded decisions: what was filed, under which text of which policy, and what came out. Rows are added and never changed.

The sealed ledger is another thing; this is a person's own list, readable by that person alone. Importing it is dear, as `corpus.database` says.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from corpus.database import Layout, StoreFault, open_database, reason
from corpus.own import home, make_private
from corpus.search import Query

#: Labels of a filter: 政策:… and 状态:…
LABELS = ("政策", "状态")
_COLUMNS = ("id", "recorded", "policy", "digest", "claim", "amounts", "status", "note")
_TABLES = (
    """CREATE TABLE decision (
    id INTEGER PRIMARY KEY,
    recorded TEXT NOT NULL,
    policy TEXT NOT NULL,
    digest TEXT NOT NULL,
    claim TEXT NOT NULL,
    amounts TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('已定', '待定', '冲突')),
    note TEXT NOT NULL
) STRICT""",
    "CREATE INDEX decision_by_status ON decision (status)",
)
LAYOUT = Layout("历史", 0x796A6873, 1, _TABLES)
Amount = tuple[str, int | str]


class Status(StrEnum):
    DECIDED = "已定"
    OPEN = "待定"
    CONFLICT = "冲突"


@dataclass(frozen=True, slots=True)
class Record:
    """One decision. `recorded` is UTC (…Z), `policy` a key or a path that opens it, `claim` JSON as filed; `amounts` name → fen, or the word that
    stands for an amount."""

    recorded: str
    policy: str
    digest: str
    claim: str
    amounts: tuple[Amount, ...]
    status: Status
    note: str = ""
    id: int = 0

    @property
    def data(self) -> Any:
        """The claim as filed; None where somebody has written other things into the file."""
        try:
            return json.loads(self.claim)
        except (ValueError, RecursionError):
            return None


@dataclass(frozen=True, slots=True)
class History:
    database: Database


def history_path() -> Path:
    return home() / "history.db"


def open_history(path: Path, make: bool = True) -> History | StoreFault | None:
    """The list; None when there is none and none is to be made."""
    if not path.is_file() and not make:
        return None
    try:
        make_private(path)
    except OSError:
        return StoreFault("cannot-open", f"建不了历史「{path}」：没有权限或者磁盘已满。")
    opened = open_database(str(path), LAYOUT, seconds=5)
    return opened if isinstance(opened, StoreFault) else History(opened)


def close_history(history: History) -> None:
    history.database.close()


def record(history: History, entry: Record) -> Record | StoreFault:
    """The entry with its number, once it is on the disk."""
    database = history.database
    cells = (entry.recorded, entry.policy, entry.digest, entry.claim, json.dumps(entry.amounts, ensure_ascii=True), str(entry.status), entry.note)
    try:
        database.execute("BEGIN IMMEDIATE")
        number = database.execute(f"INSERT INTO decision ({', '.join(_COLUMNS[1:])}) VALUES (?, ?, ?, ?, ?, ?, ?)", cells).lastrowid
        database.execute("COMMIT")
    except sqlite3.Error as error:
        database.rollback()
        return StoreFault("not-written", f"没有记下：{reason(error)}。请重试。")
    return replace(entry, id=int(number or 0))


def newest(history: History) -> int:
    """The number of the newest row; the list has not changed as long as this has not."""
    return int(history.database.execute("SELECT max(id) FROM decision").fetchone()[0] or 0)


def ids_in(history: History) -> Sequence[int]:
    """All numbers, newest first. Rows are never deleted, so they are a range; were some deleted by hand, a list."""
    row = history.database.execute("SELECT min(id), max(id), count(*) FROM decision").fetchone()
    first, last, count = (int(cell or 0) for cell in row)
    if not count:
        return ()
    if last - first + 1 == count:
        return range(last, first - 1, -1)
    return [int(cell) for (cell,) in history.database.execute("SELECT id FROM decision ORDER BY id DESC")]


def ids_for(history: History, query: Query, low: int = 0, high: int = 1 << 62) -> Iterator[int]:
    """The numbers from low to high of the rows in which every word stands (in policy, status, note or claim) and the limits hold, newest first."""
    hay = "lower(policy || char(10) || status || char(10) || note || char(10) || claim)"
    parts = ["id BETWEEN ? AND ?"]
    parts += [f"instr({hay}, ?) > 0"] * len(query.words) + [f"instr({hay}, ?) = 0"] * len(query.without)
    values: list[int | str] = [low, high, *(word.lower() for word in (*query.words, *query.without))]
    for label, column in zip(LABELS, ("policy", "status"), strict=True):
        limits = query.limited(label)
        parts += ["(" + " OR ".join([f"instr(lower({column}), ?) > 0"] * len(limits)) + ")"] if limits else []
        values += limits
    for (number,) in history.database.execute(f"SELECT id FROM decision WHERE {' AND '.join(parts)} ORDER BY id DESC", values):
        yield int(number)


def rows_in(history: History, ids: Sequence[int]) -> tuple[Record, ...]:
    """The records of some numbers, in their order."""
    asked = ", ".join("?" * len(ids))
    rows = {row["id"]: _read(row) for row in history.database.query(f"SELECT * FROM decision WHERE id IN ({asked})", list(ids))}
    return tuple(rows[number] for number in ids if number in rows)


def _read(row: Mapping[str, Any]) -> Record:
    amounts = tuple((str(name), amount) for name, amount in json.loads(row["amounts"]))
    return Record(row["recorded"], row["policy"], row["digest"], row["claim"], amounts, Status(row["status"]), row["note"], row["id"])
