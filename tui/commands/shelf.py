"""The stores of notices for a command: what is wrong with the user's own is told on stderr, and the others are still there.

Imported only by the commands that need the store: sqlite_utils is dear.
"""

from __future__ import annotations

from corpus.database import StoreFault
from corpus.own import make_private, store_path
from corpus.shelves import Shelves, open_shelves
from corpus.store import Store, open_store
from tui.text.console import tell


def shelves() -> Shelves:
    opened = open_shelves()
    if opened.message:
        tell(opened.message)
    return opened


def made_store() -> Store | None:
    """The user's store, made if there is none; None, and a word on stderr, when it does not open."""
    make_private(store_path())
    opened = open_store(str(store_path()))
    if isinstance(opened, StoreFault):
        tell(opened.message)
        return None
    return opened
