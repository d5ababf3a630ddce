"""Where notices stand: the user's store in one file, and the bundled ones, which are always there. A user's own version of a key comes first.

Imported only where the store is needed: sqlite_utils is dear. An open shelf belongs to one thread.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.bundled import bundled_keys, bundled_notice, bundled_text
from corpus.database import StoreFault
from corpus.own import store_path
from corpus.search import Query
from corpus.store import Hit, Store, add_notice, close_store, list_notices, notice_of, open_store, search_units, source_of
from interpreter.notice import Notice


@dataclass(frozen=True, slots=True)
class Shelves:
    """All stores to look in, the user's first; `message` says why the user's is not among them though its file is there."""

    stores: tuple[Store, ...]
    message: str = ""


def open_shelves() -> Shelves:
    own, message = _own()
    taken = frozenset(entry.key for entry in list_notices(own)) if own else frozenset()
    return Shelves(tuple(store for store in (own, _bundled(taken)) if store is not None), message)


def close_shelves(shelves: Shelves) -> None:
    for store in shelves.stores:
        close_store(store)


def found_in(shelves: Shelves, query: Query, limit: int) -> tuple[Hit, ...]:
    """The hits of all stores, by notice."""
    hits = (hit for store in shelves.stores for hit in search_units(store, query, limit))
    return tuple(sorted(hits, key=lambda hit: hit.key))[:limit]


def notice_in(shelves: Shelves, key: str) -> Notice | None:
    return next((found for store in shelves.stores if (found := notice_of(store, key))), None)


def titles_in(shelves: Shelves) -> dict[str, str]:
    """Key → title of every notice, by key."""
    return dict(sorted((entry.key, entry.title) for store in shelves.stores for entry in list_notices(store)))


def _own() -> tuple[Store | None, str]:
    path = store_path()
    if not path.exists():
        return None, ""
    opened = open_store(str(path))
    return (None, opened.message) if isinstance(opened, StoreFault) else (opened, "")


def _bundled(without: frozenset[str]) -> Store | None:
    """The bundled notices in memory, but for those the user has a version of."""
    opened = open_store()
    if isinstance(opened, StoreFault):
        return None
    for key in bundled_keys():
        notice, text = bundled_notice(key), bundled_text(key)
        if notice and text and key not in without:
            add_notice(opened, notice, source_of(f"{key}.txt", text.encode(), "随程序附带"))
    return opened
