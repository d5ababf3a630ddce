"""`youju corpus list`: all notices at hand."""

from __future__ import annotations

import argparse
from typing import Any

from corpus.store import Entry, list_notices
from tui.commands.shelf import shelves
from tui.text.console import OK, emit, say
from tui.text.layout import columns


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(arguments: argparse.Namespace) -> int:
    entries = sorted((entry for store in shelves().stores for entry in list_notices(store)), key=lambda entry: entry.key)
    if arguments.json:
        emit([_data(entry) for entry in entries])
    else:
        say("\n".join(columns([(e.key, f"{e.units}个单元", e.source.added, e.title) for e in entries], (1,))))
    return OK


def _data(entry: Entry) -> dict[str, Any]:
    source = entry.source
    return {"代号": entry.key, "题名": entry.title, "单元": entry.units, "来源": source.name, "收入": source.added, "sha256": source.sha256}
