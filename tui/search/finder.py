"""The notices and policies that a search looks into. One thread owns it: an open store belongs to the thread that opened it."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from time import perf_counter

from corpus.search import Query
from corpus.shelves import Shelves, close_shelves, found_in, notice_in, open_shelves, titles_in
from corpus.store import Hit
from corpus.workspace import Policy, Workspace
from interpreter.citations import Citing, citations
from interpreter.notice import Notice

MOST = 1000
Cited = dict[str, tuple[Citing, ...]]


@dataclass(frozen=True, slots=True)
class Found:
    """The first hits by notice, whether there are more, the titles, how long it took, and what is wrong with the user's own store."""

    hits: tuple[Hit, ...] = ()
    more: bool = False
    titles: dict[str, str] = field(default_factory=dict)
    milliseconds: int = 0
    message: str = ""


class Finder:
    """Every method runs in the one thread of `hand`."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.hand = ThreadPoolExecutor(1, "youju-search")
        self._shelves: Shelves | None = None
        self._titles: dict[str, str] = {}
        self._cited: dict[tuple[str, str], Cited] = {}

    def find(self, query: Query) -> Found:
        begun = clock()
        try:
            shelves = self._open()
            hits = found_in(shelves, query, MOST + 1)
        except sqlite3.Error:
            self.forget()
            return Found(message="读不了文件库：另一个窗口正在写入，或者文件已损坏。请稍后再试。")
        return Found(hits[:MOST], len(hits) > MOST, self._titles, round((clock() - begun) * 1000), shelves.message)

    def notice(self, key: str) -> Notice | None:
        return notice_in(self._open(), key)

    def cited(self, key: str, also: Policy) -> dict[str, Cited | None]:
        """Key → who cites its units, where a bundled policy, or the one at hand, encodes the notice."""
        bundled = self.workspace.keys()
        policy = also if also.key == key else self.workspace.policy(key)[0] if key in bundled else None
        if policy is None:
            return {key: None}
        compiled = policy.compiled()
        if (key, compiled.digest) not in self._cited:
            self._cited[key, compiled.digest] = citations(compiled)
        return {key: self._cited[key, compiled.digest]}

    def forget(self) -> None:
        """What was opened is opened again when it is needed: another window may have added a notice."""
        if self._shelves is not None:
            close_shelves(self._shelves)
        self._shelves = None

    def _open(self) -> Shelves:
        if self._shelves is None:
            self._shelves = open_shelves()
            self._titles = titles_in(self._shelves)
        return self._shelves


#: For the figure of how long a search took, and nothing else.
clock = perf_counter
