"""Blocks → Markdown in which no word of the data is markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from grammar.source import visible
from tui.export.blocks import Block, Heading, Item, Items, Para, Table

#: Markup anywhere; markup only where it begins a line.
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>|~&$]|^[#+=!-]|(?<=^[0-9])[.)]|(?<=^[0-9][0-9])[.)]")


def markdown(blocks: Iterable[Block]) -> str:
    return "\n\n".join("\n".join(_lines(block)) for block in blocks) + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield f"{'#' * level} {escaped(text)}"
        case Para(text):
            yield escaped(text)
        case Table(head, rows, amounts):
            yield _row(head)
            yield f"|{'|'.join('---:' if i in amounts else '---' for i in range(len(head)))}|"
            yield from (_row(row) for row in rows)
        case Items(items):
            for item in items:
                yield from _item(item)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(escaped(cell) for cell in cells)} |"


def _item(item: Item) -> Iterator[str]:
    yield f"- {escaped(item.text)}"
    if item.basis:
        yield f"  - {escaped(item.basis)}"
    for quote in item.quotes:
        yield f"  - {escaped(quote.place)}「{escaped(quote.words)}」"


def escaped(text: str) -> str:
    """On one line; a figure's sign and point stay as they are."""
    line = visible(text).replace("\n", " ").replace("\t", " ")
    return line if _is_figure(line) else _SPECIAL.sub(lambda m: "\\" + m.group(), line)


def _is_figure(text: str) -> bool:
    return bool(re.fullmatch(r"-?[0-9][0-9,.]*(元|%)?", text, re.ASCII))
