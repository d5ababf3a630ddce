"""Columns: how wide a text is on a terminal, lines broken at that width, cells put side by side. A Chinese character takes two columns."""

from __future__ import annotations

from collections.abc import Sequence
from shutil import get_terminal_size
from unicodedata import combining, east_asian_width

_NEVER_FIRST = "，。；：、！？）》”’」』】％%,.;:!?)"
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
    """`text` in lines; the first starts with `lead`, the others with `hang` (blanks as wide as `lead`). No line starts with a closing mark."""
    hang = " " * width_of(lead) if hang is None else hang
    room = width or line_width()
    lines, current, used = list[str](), lead, width_of(lead)
    for word in _words(text):
        size = width_of(word)
        if used + size > room and current.strip() and word[0] not in _NEVER_FIRST:
            lines.append(current.rstrip())
            word = word.lstrip()
            current, used, size = hang, width_of(hang), width_of(word)
        current, used = current + word, used + size
    return [*lines, current.rstrip()]


def _words(text: str) -> list[str]:
    """Runs of narrow characters stay together (figures, identifiers); every wide one may end a line."""
    words: list[str] = []
    for c in text:
        narrow = east_asian_width(c) not in "WF" and c != " "
        joins = bool(words) and narrow and east_asian_width(words[-1][-1]) not in "WF" and words[-1][-1] != " " and len(words[-1]) < _NARROWEST
        if joins:
            words[-1] += c
        else:
            words.append(c)
    return words


def columns(rows: Sequence[Sequence[str]], rights: Sequence[int] = (), lead: str = "") -> list[str]:
    """Rows with their cells under each other, two blanks apart; the columns listed in `rights` end flush."""
    if not rows:
        return []
    widths = [max(width_of(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ([right(c, w) if i in rights else left(c, w) for i, (c, w) in enumerate(zip(row, widths, strict=True))] for row in rows)
    return [(lead + "  ".join(cells)).rstrip() for cells in lines]
