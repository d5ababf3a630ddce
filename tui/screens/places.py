"""The places of the application, in the order of the keys 1–6. A screen is imported when it is first gone to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tui.screens.desk import Desk
from tui.screens.place import Place


@dataclass(frozen=True, slots=True)
class Entry:
    """`name` is what the code calls the place, `said` what it is for."""

    name: str
    title: str
    said: str
    open: Callable[[Desk], Place]


def _assess(desk: Desk) -> Place:
    from tui.screens.assess import AssessScreen

    return AssessScreen(desk)


def _draft(desk: Desk) -> Place:
    from tui.screens.draft import DraftScreen

    return DraftScreen(desk)


def _search(desk: Desk) -> Place:
    from tui.screens.search import SearchScreen

    return SearchScreen(desk)


def _history(desk: Desk) -> Place:
    from tui.screens.history import HistoryScreen

    return HistoryScreen(desk)


def _compare(desk: Desk) -> Place:
    from tui.screens.compare import CompareScreen

    return CompareScreen(desk)


def _train(desk: Desk) -> Place:
    from tui.screens.train import TrainScreen

    return TrainScreen(desk)


PLACES = (
    Entry("assess", "核定", "填报、结果、推理链和原文", _assess),
    Entry("draft", "起草", "通知在左，条款在右，错在哪里随写随报", _draft),
    Entry("search", "检索", "全文检索，哪些条款引用这一段", _search),
    Entry("history", "历史", "记下的核定，重新打开，按今天的政策重算", _history),
    Entry("compare", "对比", "两次核定、两种读法、两版政策，差在哪一条", _compare),
    Entry("train", "训练", "由真条款出的题，逐步评分", _train),
)
