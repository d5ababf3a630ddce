"""A notice file as typed: its bytes read, its key chosen, its text split; every fault in Chinese."""

from __future__ import annotations

import re
from pathlib import Path

from corpus.paragraphs import split
from corpus.readers import MAX_BYTES, NoticeText, read_notice_bytes
from grammar.source import UNSEEN
from interpreter.notice import Notice, UnitKind
from tui.text.console import FAULTS, USAGE, reason_of, tell


def read_file(name: str) -> tuple[bytes, int]:
    """The bytes of a file, or an exit code when there are none."""
    path = Path(name)
    if path.is_dir() or not path.exists():
        tell(f"“{name}”是文件夹，应写一个通知文件。" if path.is_dir() else f"找不到文件“{name}”。")
        return b"", USAGE
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1), 0
    except OSError as fault:
        tell(f"读不了“{name}”：{reason_of(fault)}。")
        return b"", FAULTS


def notice_in(name: str, data: bytes, key: str) -> Notice | None:
    """The notice with its units; says what is unusual about the file."""
    chosen = key or Path(name).stem
    if not chosen or "/" in chosen or UNSEEN.search(chosen) or len(chosen) > 80:
        tell(f"“{chosen[:80]}”不能作通知代号：不超过 80 字，不含“/”和不可见字符。请用 --key 另起一个。")
        return None
    text = read_notice_bytes(Path(name).name, data)
    if not isinstance(text, NoticeText):
        tell(text.message)
        return None
    if text.encoding not in ("utf-8", "utf-8-sig"):
        tell(f"「{text.name}」不是 UTF-8，已按 {text.encoding.upper()} 读取。")
    notice = split(chosen, text.text)
    if not has_structure(notice):
        tell(f"「{text.name}」里没有找到条款编号（第几条、一、（一）等），只按段落和句子编号。")
    return notice


_LABEL = re.compile(r"第.+[条章节]|[（(]?[一二三四五六七八九十0-9]{1,3}[）)]?")


def has_structure(notice: Notice) -> bool:
    """Whether any unit stands under a printed label (of the notice, or of what a covering letter sends)."""
    paths = (unit.id.split("/")[1:3] for unit in notice.units if unit.kind is not UnitKind.META)
    return any(_LABEL.fullmatch(segment) for path in paths for segment in path)
