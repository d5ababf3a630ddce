"""`youju corpus show`: one notice, unit by unit."""

from __future__ import annotations

import argparse

from corpus.shelves import notice_in, titles_in
from grammar.lexer import nearest_term
from tui.commands.shelf import shelves
from tui.text.console import OK, USAGE, emit, say, tell
from tui.text.units import notice_lines, unit_data


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("notice", metavar="NOTICE", help="通知代号")
    parser.add_argument("--json", action="store_true", help="输出 JSON：[{id, kind, text, lines}]")


def run(arguments: argparse.Namespace) -> int:
    opened = shelves()
    notice = notice_in(opened, arguments.notice)
    if notice is None:
        keys = tuple(titles_in(opened))
        near = nearest_term(arguments.notice[:80], keys)
        tell(f"没有通知“{arguments.notice[:80]}”" + (f"，是否指“{near}”？" if near else "。") + f"已有：{'、'.join(keys)}")
        return USAGE
    if arguments.json:
        emit([unit_data(unit) for unit in notice.units])
    else:
        say("\n".join(notice_lines(notice)))
    return OK
