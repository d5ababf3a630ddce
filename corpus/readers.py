"""Readers: the bytes of a notice file → its text, or the reason in Chinese why there is none.

A reader is a row in `READERS`: file endings and a function. Nothing else in the project decodes a notice. Line numbers are those of the file; a
reader that changes lines (HTML) never gives a line a smaller number than it has in the file. Faults are values, never exceptions.
"""

import codecs
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from corpus.html_text import text_of_html

MAX_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class NoticeText:
    """What a file says: `lines[0]` is line 1; `encoding` is the one that fitted."""

    name: str
    encoding: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a file gives no text: `code` is a stable slug, `message` is for the user."""

    name: str
    code: str
    message: str


Read = NoticeText | Unreadable
Reader = Callable[[str, bytes], Read]


def read_notice_bytes(name: str, data: bytes) -> Read:
    """Read a notice by the ending of its name; an unknown ending is read as plain text."""
    if not data.strip(b" \t\r\n\x00"):
        return Unreadable(name, "empty", f"「{name}」是空文件，没有可读的文字。")
    if len(data) > MAX_BYTES:
        size, limit = len(data) / 1e6, MAX_BYTES // 1_000_000
        return Unreadable(name, "too-large", f"「{name}」过大：{size:.1f} MB，上限 {limit} MB。未读取，原文件未改动。")
    ending = PurePath(name).suffix.lower()
    reader = next((reader for endings, reader in READERS if ending in endings), _by_content)
    return reader(name, data)


def _by_content(name: str, data: bytes) -> Read:
    """A file whose ending says nothing: known binary forms answer for themselves, a page starts like one, the rest is text."""
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"%pdf-", b"pk\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _not_yet(name, data)
    return _read_html(name, data) if start.startswith((b"<!doctype html", b"<html")) else _read_text(name, data)


def _read_text(name: str, data: bytes) -> Read:
    decoded = _decode(data)
    if decoded is None:
        return _undecodable(name, data)
    encoding, text = decoded
    return NoticeText(name, encoding, _lines(text)) if text.strip() else Unreadable(name, "empty", f"「{name}」里没有可读的文字。")


def _read_html(name: str, data: bytes) -> Read:
    decoded = _decode(data)
    if decoded is None:
        return _undecodable(name, data)
    encoding, source = decoded
    text = text_of_html(source)
    return NoticeText(name, encoding, _lines(text)) if text.strip() else Unreadable(name, "empty", f"网页「{name}」里没有正文文字。")


def _not_yet(name: str, _data: bytes) -> Read:
    kind = PurePath(name).suffix.lstrip(".").lower() or "这种格式"
    return Unreadable(name, "not-supported", f"「{name}」：暂不支持 {kind} 文件。请先另存为纯文本（.txt）或网页（.html）再导入。")


#: Which file endings a reader takes; the open list of all readers.
READERS: tuple[tuple[tuple[str, ...], Reader], ...] = (
    ((".html", ".htm", ".xhtml", ".shtml"), _read_html),
    ((".docx", ".doc", ".wps", ".pdf", ".ofd", ".rtf", ".odt"), _not_yet),
    ((".txt", ".md", ".text"), _by_content),
)


def _decode(data: bytes) -> tuple[str, str] | None:
    """The encoding and the text: a byte order mark decides; else UTF-8 if it fits strictly, else GB18030 (which contains GBK and GB2312)."""
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return _strictly(data, encoding)
    return None if b"\x00" in data else _strictly(data, "utf-8") or _strictly(data, "gb18030")


def _strictly(data: bytes, encoding: str) -> tuple[str, str] | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    strange = sum(1 for char in text if (char < " " and char not in "\t\n\r\f\v") or "\ue000" <= char <= "\uf8ff")
    return None if strange * 50 > len(text) else (encoding, text.replace("\x00", ""))


def _undecodable(name: str, data: bytes) -> Unreadable:
    if b"\x00" in data or sum(byte < 9 for byte in data[:4096]) > 8:
        return Unreadable(name, "binary", f"「{name}」不是文本文件（含二进制内容），无法读取。")
    return Unreadable(name, "undecodable", f"无法识别「{name}」的文字编码：不是 UTF-8、UTF-16（带 BOM）或 GB18030。请另存为 UTF-8 再导入。")


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
