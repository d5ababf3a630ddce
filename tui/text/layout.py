"""Columns: how wide a text is on a terminal, lines broken at that width, cells put side by side. A Chinese character takes two columns."""

from __future__ import annotations

from collections.abc import Sequence
from shutil import get_terminal_size
from unicodedata import combining, east_asian_width

from tui.text.breaks import breaks

_NARROWEST, _WIDEST = 40, 120


def width_of(text: str) -> int:
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def left(text: str, width: int) -> str:
    return text + " " * max(0, width - width_of(text))


def right(text: str, width: int) -> str:
    return " " * max(0, width - width_of(text)) + text


def line_width() -> int:
    """COLUMNS, else the terminal's width, else 100; kept readable."""
    return max(_NARROWEST, min(_WIDEST, get_terminal_size((100, 24)).columns))


def wrapped(text: str, lead: str = "", hang: str | None = None, width: int = 0) -> list[str]:
    """`text` in lines; the first starts with `lead`, the others with `hang` (blanks as wide as `lead`)."""
    hang = " " * width_of(lead) if hang is None else hang
    room = width or line_width()
    lines = [text[a:b].strip(" ") for a, b in breaks(text, room - width_of(hang), width_of, room - width_of(lead))]
    return [((hang if number else lead) + line).rstrip() for number, line in enumerate(lines)]


def columns(rows: Sequence[Sequence[str]], rights: Sequence[int] = (), lead: str = "") -> list[str]:
    """Rows with their cells under each other, two blanks apart; the columns listed in `rights` end flush."""
    if not rows:
        return []
    widths = [max(width_of(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ([right(c, w) if i in rights else left(c, w) for i, (c, w) in enumerate(zip(row, widths, strict=True))] for row in rows)
    return [(lead + "  ".join(cells)).rstrip() for cells in lines]
