"""`youju corpus units`: a notice file as addressed units."""

from __future__ import annotations

import argparse

from tui.commands.notice_files import notice_in, read_file
from tui.text.console import FAULTS, OK, emit, say
from tui.text.units import notice_lines, unit_data


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="通知文件（.txt、.html；UTF-8 或 GBK）")
    parser.add_argument("--key", default="", help="通知代号，编号由它开头；不写则取文件名")
    parser.add_argument("--json", action="store_true", help="输出 JSON：[{id, kind, text, lines}]")


def run(arguments: argparse.Namespace) -> int:
    data, code = read_file(arguments.file)
    notice = None if code else notice_in(arguments.file, data, arguments.key)
    if notice is None:
        return code or FAULTS
    if arguments.json:
        emit([unit_data(unit) for unit in notice.units])
    else:
        say("\n".join(notice_lines(notice)))
    return OK
