"""Lines of the screens, measured as Textual measures them. Stock wrapping takes a run of Chinese for one word and breaks amounts."""

from __future__ import annotations

from rich.cells import cell_len

from tui.text.breaks import breaks


def wrap(text: str, width: int) -> tuple[tuple[int, int], ...]:
    """Start and end of every line."""
    return breaks(text, width, cell_len)


def lines_of(text: str, width: int) -> tuple[str, ...]:
    """The lines themselves."""
    return tuple(text[a:b] for a, b in wrap(text, width))
