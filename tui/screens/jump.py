"""Ctrl+O: a letter on every pane; pressing it goes there."""

from __future__ import annotations

from string import ascii_lowercase

from textual.app import ComposeResult
from textual.events import Key
from textual.geometry import Offset
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Static

_LETTERS = "asdfjklgh" + "".join(c for c in ascii_lowercase if c not in "asdfjklgh")


def panes(screen: Screen[None]) -> tuple[Widget, ...]:
    """The panes one can go to: of the widgets that take the keys, the framed ones they stand in, each once, from the top left."""
    found: dict[Widget, None] = {}
    for widget in screen.focus_chain:
        framed = [w for w in widget.ancestors_with_self if isinstance(w, Widget) and (w.border_title or w is widget) and w is not screen]
        found.setdefault(framed[-1])
    return tuple(sorted((w for w in found if w.region and w.region.y < screen.size.height), key=lambda w: (w.region.x, w.region.y)))[: len(_LETTERS)]


class JumpScreen(ModalScreen[Widget | None]):
    """Dismisses with the pane whose letter was pressed; any other key closes."""

    DEFAULT_CSS = """
    JumpScreen { background: $background 0%; }
    JumpScreen Static {
        position: absolute; width: 3; height: 1; background: $warning; color: $background; text-style: bold; content-align: center middle;
    }
    """

    def __init__(self, found: tuple[Widget, ...]) -> None:
        super().__init__()
        self.found = dict(zip(_LETTERS, found, strict=False))

    def compose(self) -> ComposeResult:
        for letter, pane in self.found.items():
            sign = Static(letter.upper(), markup=False)
            sign.styles.offset = Offset(pane.region.x, pane.region.y)
            yield sign

    def on_key(self, event: Key) -> None:
        event.stop()
        self.dismiss(self.found.get(event.key.lower()))


def go_to(pane: Widget | None) -> None:
    """The cursor into a pane: itself, else the first in it that takes the keys."""
    if pane is None or not pane.is_attached:
        return
    inner = [w for w in pane.screen.focus_chain if pane in w.ancestors_with_self]
    if inner:
        inner[0].focus()
