"""The user's own store, as a policy sees it: where its file stands, and one notice out of it. Never made here, only read.

Apart from `store`, which is dear to import: without a store file it is not imported at all.
"""

import os
from pathlib import Path

from grammar.source import UNSEEN
from interpreter.notice import Notice


def store_path() -> Path:
    """$YOUJU_HOME/corpus.db, or the usual place for a user's data."""
    home = os.environ.get("YOUJU_HOME")
    return (Path(home) if home else Path.home() / ".local" / "share" / "youju") / "corpus.db"


def own_notice(key: str) -> tuple[Notice | None, str]:
    """The newest version the user added under a key, if any; and a message in Chinese when the store does not open."""
    path = store_path()
    if UNSEEN.search(key) or not path.is_file():
        return None, ""
    from corpus.store import StoreFault, close_store, notice_of, open_store

    store = open_store(str(path))
    if isinstance(store, StoreFault):
        return None, store.message
    try:
        return notice_of(store, key), ""
    finally:
        close_store(store)
