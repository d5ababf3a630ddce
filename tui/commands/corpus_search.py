"""`youju corpus search`: units of all notices that hold every word asked for."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from corpus.search import complaint, read_query
from corpus.shelves import found_in
from corpus.store import Hit
from tui.commands.shelf import shelves
from tui.text.console import OK, USAGE, emit, say, tell
from tui.text.units import unit_data, unit_lines


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", metavar="TEXT", nargs="+", help="要找的字词，几个词都要出现；-词 排除，文:代号 限定通知，引号内照原样")
    parser.add_argument("--limit", metavar="N", type=int, default=50, help="最多给出几处（默认 50）")
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(arguments: argparse.Namespace) -> int:
    query = read_query(" ".join(arguments.text))
    wrong = complaint(query) if arguments.limit >= 1 else "--limit 应当是 1 以上的整数。"
    if wrong:
        tell(wrong)
        return USAGE
    found = found_in(shelves(), query, arguments.limit + 1)
    shown = found[: arguments.limit]
    if arguments.json:
        emit([unit_data(hit.unit) | {"spans": [list(span) for span in hit.spans]} for hit in shown])
    elif shown:
        say("\n".join(line for hit in shown for line in unit_lines(hit.unit)))
    _talk(found, shown)
    return OK


def _talk(found: Sequence[Hit], shown: Sequence[Hit]) -> None:
    if not found:
        tell("没有找到。")
    else:
        tell(f"找到 {len(shown)} 处" + ("，还有更多，可以用 --limit 放宽。" if len(found) > len(shown) else "。"))
