"""Hits → the rows of the list: a notice, then its units, each with the words around the first hit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.cells import cell_len, set_cell_size

from corpus.store import Hit
from grammar.address import spoken
from grammar.source import visible
from interpreter.notice import Notice
from tui.widgets.plain import one_line
from tui.widgets.rows import Pieces

ENCODED, OTHER, UNKNOWN = "●", "○", "·"
_BEFORE = 6


@dataclass(frozen=True, slots=True)
class Row:
    """A hit, or (without one) the notice that the hits below it stand in."""

    key: str
    title: str = ""
    count: int = 0
    hit: Hit | None = None


def rows_of(hits: Sequence[Hit], titles: Mapping[str, str]) -> tuple[Row, ...]:
    return tuple(_rows(hits, titles))


def _rows(hits: Sequence[Hit], titles: Mapping[str, str]) -> Iterator[Row]:
    for key, group in groupby(hits, key=lambda hit: hit.key):
        found = tuple(group)
        yield Row(key, titles.get(key, ""), len(found))
        yield from (Row(key, hit=hit) for hit in found)


def heading(row: Row, width: int) -> Pieces:
    count = f"　{row.count} 段"
    room = max(width - cell_len(count), 8)
    return ((cut(f"{row.key}　{row.title}", room), "heading"), (count, "muted"))


def pieces_of(hit: Hit, mark: str, width: int) -> Pieces:
    """Mark, place, and as much of the text around the first hit as there is room for."""
    place = one_line(spoken(hit.unit.id))
    lead = f" {mark} {place}　"
    return ((f" {mark} ", "mark" if mark == ENCODED else "muted"), (f"{place}　", ""), *snippet(hit, max(width - cell_len(lead), 4)))


def snippet(hit: Hit, width: int) -> Pieces:
    """The text from a little before the first hit, the words found marked by style and by brackets, so that neither is needed alone."""
    text, first = hit.unit.text, hit.spans[0][0] if hit.spans else 0
    begin = max(first - _BEFORE, 0) if first > _BEFORE + 1 else 0
    made: list[tuple[str, str]] = [("…", "muted")] if begin else []
    at = begin
    for start, end in merged(hit.spans):
        if end > at:
            made += [(text[at : max(start, at)], ""), (f"[{text[max(start, at) : end]}]", "hit")]
            at = end
    return fitted([*made, (text[at : at + width], "")], width)


def merged(spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans in order, those that overlap or touch as one."""
    made: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return tuple(made)


def fitted(pieces: Sequence[tuple[str, str]], width: int) -> Pieces:
    """The pieces up to a width; what is left out shows as …."""
    shown = [(one_line(words), style) for words, style in pieces if words]
    if sum(cell_len(words) for words, _ in shown) <= width:
        return tuple(shown)
    kept, room = [], width - 1
    for words, style in shown:
        if cell_len(words) > room:
            kept.append((_start(words, room), style))
            break
        kept.append((words, style))
        room -= cell_len(words)
    return (*kept, ("…", "muted"))


def cut(text: str, width: int) -> str:
    shown = one_line(text)
    return shown if cell_len(shown) <= width else _start(shown, width - 1) + "…"


def _start(text: str, width: int) -> str:
    return set_cell_size(text, max(width, 0)).rstrip(" ") if width > 0 else ""


def citation_text(notice: Notice, hit: Hit) -> str:
    """As people cite it: 《title》place：“text”（id）."""
    return visible(f"《{notice.title}》{spoken(hit.unit.id)}：“{hit.unit.text}”（{hit.unit.id}）")
