"""Policy files being written: read with what is needed to put them back as they were, and saved whole or not at all.

A file is put in place of the old one in one step, with the old one's permissions; it is not, when somebody else has changed it meanwhile. Faults
are values: `said` is the beginning of a sentence in Chinese, `error` what the system answered.
"""

from __future__ import annotations

import codecs
import os
import secrets
import stat
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from corpus.policies import MAX_FILE_BYTES
from grammar.source import UNSEEN, visible


@dataclass(frozen=True, slots=True)
class Fault:
    said: str
    error: OSError | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """Not saved: the file is another than the one that was read. `gone`: there is none any more."""

    gone: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as read. `text` has plain line ends and nothing invisible; `escaped` characters were written out as `\\u202e` for that.

    `digest` is of the bytes on disk, empty for a file that is not there yet.
    """

    path: Path
    text: str = ""
    digest: str = ""
    newline: str = "\n"
    mark: bytes = b""
    escaped: int = 0


def open_text(path: Path) -> Opened | Fault:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            return Fault(f"文件过大：“{path.name}”超过 {MAX_FILE_BYTES // 1_000_000} MB")
        data = path.read_bytes()
        raw = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Fault(f"“{path.name}”不是 UTF-8 文字，请另存为 UTF-8")
    except OSError as error:
        return Fault(f"读不了“{path.name}”", error)
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    unseen = len(UNSEEN.findall(raw.replace("\r\n", "\n").replace("\r", "\n")))
    return Opened(path, visible(raw), _digest(data), "\r\n" if "\r\n" in raw else "\n", mark, unseen)


def save_text(opened: Opened, text: str, over: bool = False, mode: int = 0o666) -> Opened | Changed | Fault:
    """`over` replaces whatever stands there now; `mode` is of a file that is new."""
    target = Path(os.path.realpath(opened.path))
    try:
        now = _digest(target.read_bytes()) if target.exists() else ""
        if now != opened.digest and not over:
            return Changed(gone=not now)
        data = opened.mark + text.replace("\n", opened.newline).encode("utf-8", "backslashreplace")
        write_whole(target, data, mode)
    except OSError as error:
        return Fault(f"存不了“{opened.path.name}”", error)
    return replace(opened, text=text, digest=_digest(data), escaped=0)


def is_changed(opened: Opened) -> bool:
    """Whether the file is another than when it was read; also when it cannot be read any more."""
    try:
        return _digest(opened.path.read_bytes()) != opened.digest
    except OSError:
        return bool(opened.digest)


def write_whole(target: Path, data: bytes, mode: int = 0o666) -> None:
    """In one step: a reader or a crash finds the old file or the new one. An existing file keeps its permissions and, where allowed, its owner."""
    old = target.stat() if target.exists() else None
    if old is not None and not os.access(target, os.W_OK):
        raise PermissionError(13, "read-only", str(target))
    beside = target.parent / f".youju-{secrets.token_hex(4)}.tmp"
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode if old is None else 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            if old is not None:
                _as_before(stream.fileno(), old)
            os.fsync(stream.fileno())
        os.replace(beside, target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    _settle(target.parent)


def _as_before(descriptor: int, old: os.stat_result) -> None:
    if hasattr(os, "fchown"):
        with suppress(OSError):
            os.fchown(descriptor, old.st_uid, old.st_gid)
        os.fchmod(descriptor, stat.S_IMODE(old.st_mode))


def _settle(folder: Path) -> None:
    """The name of the new file to disk; not every system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()
