"""Where notices stand: the user's store in one file, and the bundled ones, which are always there. A user's own version of a key comes first.

Imported only by the commands that need the store: sqlite_utils is dear.
"""

from __future__ import annotations

from corpus.bundled import bundled_keys, bundled_notice, bundled_text
from corpus.own import store_path
from corpus.store import Store, StoreFault, add_notice, list_notices, open_store, source_of
from tui.text.console import tell


def own_store(make: bool = False) -> Store | None:
    """The user's store; None (and a word on stderr if something is wrong) when there is none."""
    path = store_path()
    if not path.exists():
        if not make:
            return None
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
    opened = open_store(str(path))
    if isinstance(opened, StoreFault):
        tell(opened.message)
        return None
    return opened


def bundled_store(without: frozenset[str]) -> Store | None:
    """The bundled notices in memory, but for those the user has a version of."""
    opened = open_store()
    if isinstance(opened, StoreFault):
        return None
    for key in bundled_keys():
        notice, text = bundled_notice(key), bundled_text(key)
        if notice and text and key not in without:
            add_notice(opened, notice, source_of(f"{key}.txt", text.encode(), "随程序附带"))
    return opened


def shelves() -> tuple[Store, ...]:
    """All stores to look in, the user's first."""
    own = own_store()
    taken = frozenset(entry.key for entry in list_notices(own)) if own else frozenset()
    bundled = bundled_store(taken)
    return tuple(store for store in (own, bundled) if store is not None)
