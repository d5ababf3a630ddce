"""Every key of every place by its name; imports all the places."""

from __future__ import annotations

from tui.keymap import Named, names_of
from tui.screens.assess import AssessScreen
from tui.screens.compare import CompareScreen
from tui.screens.draft import DraftScreen
from tui.screens.history import HistoryScreen
from tui.screens.place import Place
from tui.screens.search import SearchScreen
from tui.screens.train import TrainScreen


def all_keys() -> tuple[Named, ...]:
    """Those of everywhere first, then place by place."""
    places = (Place, AssessScreen, DraftScreen, SearchScreen, HistoryScreen, CompareScreen, TrainScreen)
    return tuple(named for place in places for named in names_of(place.__dict__.get("BINDINGS", ())))
