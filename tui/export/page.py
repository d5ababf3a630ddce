"""Blocks → one HTML file that needs nothing else: no script, no font and no picture from anywhere, its own style also for paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from grammar.source import visible
from tui.export.blocks import Block, Heading, Item, Items, Para, Table

_STYLE = """
body { font-family: "Songti SC", "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif; line-height: 1.7; color: #111; background: #fff;
  max-width: 46em; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 1.5em; text-align: center; }
h2 { font-size: 1.15em; border-bottom: 1px solid #999; margin-top: 1.8em; break-after: avoid; }
h3 { font-size: 1em; margin: 1em 0 .2em; break-after: avoid; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #999; padding: .2em .6em; text-align: left; vertical-align: top; }
td.amount, th.amount { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
ul { margin: .2em 0; padding-left: 1.4em; }
li { break-inside: avoid; }
.basis { color: #444; }
blockquote { margin: .1em 0 .3em 1em; padding-left: .8em; border-left: 3px solid #888; }
@page { size: A4; margin: 2cm; }
@media print { body { max-width: none; margin: 0; padding: 0; font-size: 10.5pt; } tr { break-inside: avoid; } }
"""
_HEAD = (
    '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    '<meta name="viewport" content="width=device-width">\n'
)


def html(blocks: Iterable[Block]) -> str:
    shown = list(blocks)
    title = next((b.text for b in shown if isinstance(b, Heading)), "")
    body = "\n".join(line for block in shown for line in _lines(block))
    return f"{_HEAD}<title>{_text(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield f"<h{level}>{_text(text)}</h{level}>"
        case Para(text):
            yield f"<p>{_text(text)}</p>"
        case Table(head, rows, amounts):
            yield f"<table>\n<thead>{_row('th', head, amounts)}</thead>\n<tbody>"
            yield from (_row("td", row, amounts) for row in rows)
            yield "</tbody>\n</table>"
        case Items(items):
            yield "<ul>"
            yield from (_item(item) for item in items)
            yield "</ul>"


def _row(tag: str, cells: tuple[str, ...], amounts: tuple[int, ...]) -> str:
    flush = ' class="amount"'
    made = (f"<{tag}{flush if i in amounts else ''}>{_text(cell)}</{tag}>" for i, cell in enumerate(cells))
    return f"<tr>{''.join(made)}</tr>"


def _item(item: Item) -> str:
    basis = f'<div class="basis">{_text(item.basis)}</div>' if item.basis else ""
    quotes = "".join(f"<blockquote>{_text(q.place)}「{_text(q.words)}」</blockquote>" for q in item.quotes)
    return f"<li>{_text(item.text)}{basis}{quotes}</li>"


def _text(text: str) -> str:
    return escape(visible(text).replace("\n", " "), quote=True)
