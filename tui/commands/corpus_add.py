"""`youju corpus add`: a notice file into the user's store; an earlier text under the same key stays as an earlier version."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from corpus.database import StoreFault
from corpus.own import store_path
from corpus.store import Entry, add_notice, close_store, show_notice, source_of
from tui.commands.notice_files import notice_in, read_file
from tui.commands.shelf import made_store
from tui.text.console import FAULTS, OK, emit, say, tell


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="通知文件（.txt、.html；UTF-8 或 GBK）")
    parser.add_argument("--key", default="", help="通知代号；不写则取文件名")
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(arguments: argparse.Namespace) -> int:
    data, code = read_file(arguments.file)
    notice = None if code else notice_in(arguments.file, data, arguments.key)
    if notice is None:
        return code or FAULTS
    store = made_store()
    if store is None:
        return FAULTS
    before = show_notice(store, notice.key)
    # The one use of the clock: the day of filing is about the store, and no rule ever sees it.
    added = add_notice(store, notice, source_of(arguments.file, data, datetime.now(UTC).date().isoformat()))
    close_store(store)
    if isinstance(added, StoreFault):
        tell(added.message)
        return FAULTS
    _answer(added, before, arguments.json)
    return OK


def _answer(added: Entry, before: Entry | None, as_json: bool) -> None:
    is_new = before is None or before.version != added.version
    if as_json:
        emit({"代号": added.key, "题名": added.title, "单元": added.units, "新收": is_new})
        return
    kept = "" if before is None else "，以前的版本仍保留"
    say(f"已收进“{added.key}”：{added.title}，{added.units} 个单元{kept}。" if is_new else f"“{added.key}”已经收过，内容没有变化。")
    tell(f"存放在 {store_path()}")
