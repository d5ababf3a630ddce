"""Chinese lines: no closing punctuation at a line's start, no opening punctuation at its end, figures kept whole.

Stock wrapping takes a run of Chinese for one word and breaks amounts; this breaks between characters and says where, so that what is highlighted
in a paragraph can be found again in its lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len

_FIGURE = re.compile(r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*[%％‰]?|[A-Za-z]+|.", re.DOTALL)
_CLOSING = set("，。；：、！？）》〉】〕」』”’％‰…,.;:!?)]}%")
_OPENING = set("（《〈【〔「『“‘([{")


def wrap(text: str, width: int) -> tuple[tuple[int, int], ...]:
    """Start and end of every line of `text` at `width` cells; a line feed ends a line. At least one line."""
    lines: list[tuple[int, int]] = []
    begin = 0
    for part in text.split("\n"):
        lines += [(begin + a, begin + b) for a, b in _wrapped(part, max(width, 2))]
        begin += len(part) + 1
    return tuple(lines)


def _wrapped(text: str, width: int) -> Iterator[tuple[int, int]]:
    start, used, at = 0, 0, 0
    for piece in _pieces(text, width):
        cells = cell_len(piece)
        if used + cells > width and at > start:
            yield start, at
            start, used = at, 0
        at, used = at + len(piece), used + cells
    yield start, at


def _pieces(text: str, width: int) -> Iterator[str]:
    """What must stay together: a figure or a character with the punctuation that belongs to it, split only where wider than a line."""
    held = ""
    for match in _FIGURE.finditer(text):
        atom = match[0]
        glued = atom in _CLOSING or (held != "" and held[-1] in _OPENING)
        if held and not glued:
            yield from _split(held, width)
            held = ""
        held += atom
    yield from _split(held, width)


def _split(piece: str, width: int) -> Iterator[str]:
    while cell_len(piece) > width:
        cut = _fitting(piece, width)
        yield piece[:cut]
        piece = piece[cut:]
    if piece:
        yield piece


def _fitting(piece: str, width: int) -> int:
    used = 0
    for index, character in enumerate(piece):
        used += cell_len(character)
        if used > width:
            return max(index, 1)
    return len(piece)


def lines_of(text: str, width: int) -> tuple[str, ...]:
    """The lines themselves."""
    return tuple(text[a:b] for a, b in wrap(text, width))
