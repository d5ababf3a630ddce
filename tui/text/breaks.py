"""Chinese lines: no closing punctuation at a line's start, no opening punctuation at its end, figures kept whole.

Says where the lines of a text are, so that what is highlighted in a paragraph can be found again in them. The command line and the screens measure
characters differently (the screens as Textual does, which is dear to import), so the measure is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Measure = Callable[[str], int]

_FIGURE = re.compile(r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*[%％‰]?|[A-Za-z]+|.", re.DOTALL)
_CLOSING = set("，。；：、！？）》〉】〕」』”’％‰…,.;:!?)]}%")
_OPENING = set("（《〈【〔「『“‘([{")


def breaks(text: str, width: int, measure: Measure, first: int = 0) -> tuple[tuple[int, int], ...]:
    """Start and end of every line at `width` cells, the first at `first` where that is not 0; a line feed ends a line. At least one line."""
    lines: list[tuple[int, int]] = []
    begin = 0
    for part in text.split("\n"):
        lines += [(begin + a, begin + b) for a, b in _broken(part, max(width, 2), first if first and not lines else max(width, 2), measure)]
        begin += len(part) + 1
    return tuple(lines)


def _broken(text: str, width: int, first: int, measure: Measure) -> Iterator[tuple[int, int]]:
    start, used, at, room = 0, 0, 0, first
    for piece in _pieces(text, width, measure):
        cells = measure(piece)
        if used + cells > room and at > start:
            yield start, at
            start, used, room = at, 0, width
        at, used = at + len(piece), used + cells
    yield start, at


def _pieces(text: str, width: int, measure: Measure) -> Iterator[str]:
    """What must stay together: a figure or a character with the punctuation that belongs to it, split only where wider than a line."""
    held = ""
    for match in _FIGURE.finditer(text):
        atom = match[0]
        glued = atom in _CLOSING or (held != "" and held[-1] in _OPENING)
        if held and not glued:
            yield from _split(held, width, measure)
            held = ""
        held += atom
    yield from _split(held, width, measure)


def _split(piece: str, width: int, measure: Measure) -> Iterator[str]:
    while measure(piece) > width:
        cut = _fitting(piece, width, measure)
        yield piece[:cut]
        piece = piece[cut:]
    if piece:
        yield piece


def _fitting(piece: str, width: int, measure: Measure) -> int:
    used = 0
    for index, character in enumerate(piece):
        used += measure(character)
        if used > width:
            return max(index, 1)
    return len(piece)
