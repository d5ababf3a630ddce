"""A filter over a long list, a slice at a time, so that the first rows are there at once and another filter need not wait."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from corpus.database import StoreFault
from corpus.history import History, close_history, history_path, ids_for, open_history
from corpus.search import Query

SLICE = 20_000


class Sieve:
    """Every method runs in the one thread of `hand`, which has an opening of the file of its own."""

    def __init__(self) -> None:
        self.hand = ThreadPoolExecutor(1, "youju-history")
        self._history: History | None = None

    def slice(self, query: Query, high: int) -> Sequence[int]:
        """The rows of the slice that ends at `high` for which the query holds; none where the file cannot be read."""
        try:
            if self._history is None:
                opened = open_history(history_path(), make=False)
                self._history = None if isinstance(opened, StoreFault) else opened
            return tuple(ids_for(self._history, query, high - SLICE + 1, high)) if self._history else ()
        except sqlite3.Error:
            self.forget()
            return ()

    def forget(self) -> None:
        if self._history is not None:
            close_history(self._history)
        self._history = None
