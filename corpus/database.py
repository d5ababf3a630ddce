"""A file of ours in SQLite: opened with care, made if new or empty, refused if it is anybody else's.

Writing is one transaction begun at once (BEGIN IMMEDIATE), so two windows wait for each other and nothing is lost. Importing this is dear: import it
inside the function that needs it. One open file belongs to one thread.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Layout:
    """What makes a file ours: its mark, its version, its tables as SQL; `name` is what a user calls it."""

    name: str
    mark: int
    version: int
    tables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoreFault:
    """Why a file did not open or was not written: `code` is a stable slug, `message` is for the user."""

    code: str
    message: str


def open_database(path: str, layout: Layout, seconds: int = 60) -> Database | StoreFault:
    """`seconds` is how long to wait for another window that is writing."""
    try:
        connection = sqlite3.connect(path, timeout=seconds, isolation_level=None)
    except sqlite3.Error:
        return StoreFault("cannot-open", f"打不开{layout.name}「{path}」：路径不存在或没有权限。")
    database = Database(connection)
    try:
        fault = _prepare(database, path, layout)
    except sqlite3.OperationalError as error:
        fault = StoreFault("cannot-open", f"打不开{layout.name}「{path}」：{reason(error)}。")
    except sqlite3.Error:
        fault = StoreFault("not-a-store", f"「{path}」不是本系统建立的{layout.name}或已损坏，未作任何改动。")
    if fault is not None:
        connection.close()
        return fault
    return database


def _prepare(database: Database, path: str, layout: Layout) -> StoreFault | None:
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "foreign_keys = ON", "synchronous = EXTRA"):
        database.execute(f"PRAGMA {pragma}")
    if _marks(database) == (layout.mark, layout.version):
        return None
    database.execute("BEGIN IMMEDIATE")
    fault = _unfit(database, path, layout)
    if fault is None and _marks(database) != (layout.mark, layout.version):
        for statement in (*layout.tables, f"PRAGMA application_id = {layout.mark}", f"PRAGMA user_version = {layout.version}"):
            database.execute(statement)
    database.execute("ROLLBACK" if fault else "COMMIT")
    return fault


def _unfit(database: Database, path: str, layout: Layout) -> StoreFault | None:
    """Asked again inside the transaction: another window may have made the tables meanwhile."""
    mark, version = _marks(database)
    if (mark, version) == (layout.mark, layout.version):
        return None
    if mark == layout.mark:
        return StoreFault("other-version", f"「{path}」是第 {version} 版{layout.name}，本程序只认第 {layout.version} 版。")
    if next(database.query("SELECT count(*) AS tables FROM sqlite_master"))["tables"]:
        return StoreFault("not-a-store", f"「{path}」不是本系统建立的{layout.name}，未作任何改动。")
    return None


def _marks(database: Database) -> tuple[int, int]:
    mark, version = (int(database.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("application_id", "user_version"))
    return mark, version


def reason(error: sqlite3.Error) -> str:
    """In words a user understands; never SQLite's own text, which may quote what is stored."""
    name = getattr(error, "sqlite_errorname", "") or ""
    known = {
        "SQLITE_BUSY": "另一个窗口正在写入",
        "SQLITE_FULL": "磁盘已满",
        "SQLITE_READONLY": "文件只读",
        "SQLITE_CORRUPT": "文件已损坏",
        "SQLITE_CANTOPEN": "路径不存在或没有权限",
    }
    return known.get(name, "读写文件失败")
