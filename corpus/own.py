"""The user's own store, as a policy sees it: where its file stands, and one notice out of it. Never made here, only read.

Apart from `store`, which is dear to import: without a store file it is not imported at all.
"""

import os
from pathlib import Path

from grammar.source import UNSEEN
from interpreter.notice import Notice


def home() -> Path:
    """$YOUJU_HOME, or the usual place for a user's data."""
    named = os.environ.get("YOUJU_HOME")
    return Path(named) if named else Path.home() / ".local" / "share" / "youju"


def store_path() -> Path:
    return home() / "corpus.db"


def make_private(path: Path) -> None:
    """An empty file that only the user can read, unless there is one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)


def own_notice(key: str) -> tuple[Notice | None, str]:
    """The newest version the user added under a key, if any; and a message in Chinese when the store does not open."""
    path = store_path()
    if UNSEEN.search(key) or not path.is_file():
        return None, ""
    from corpus.database import StoreFault
    from corpus.store import close_store, notice_of, open_store

    store = open_store(str(path))
    if isinstance(store, StoreFault):
        return None, store.message
    try:
        return notice_of(store, key), ""
    finally:
        close_store(store)
