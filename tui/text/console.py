"""The border to the terminal: data to stdout, talk to stderr, and nothing that a terminal would obey.

Every string that came from a file passes `visible` here, so no command has to remember it.
"""

from __future__ import annotations

import errno
import io
import json
import sys
import traceback
from pathlib import Path
from typing import Any

from grammar.source import UNSEEN, visible

OK, FAULTS, USAGE, CRASHED, INTERRUPTED = 0, 1, 2, 70, 130
_REASONS = {errno.ENOSPC: "磁盘已满", errno.EACCES: "没有权限", errno.EPERM: "没有权限", errno.EROFS: "磁盘只读", errno.ENAMETOOLONG: "文件名过长"}


def prepare_streams() -> None:
    """A character the console cannot show is written as an escape instead of stopping the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(text: str = "") -> None:
    """One piece of data for stdout."""
    print(visible(text))


def tell(text: str) -> None:
    """One piece of talk for stderr."""
    print(visible(text), file=sys.stderr, flush=True)


def emit(data: Any, indent: int | None = None) -> None:
    """Data as JSON on stdout; invisible and direction-changing characters as escapes, which read back as the same data."""
    print(json_text(data, indent))


def json_text(data: Any, indent: int | None = None) -> str:
    return UNSEEN.sub(lambda m: json.dumps(m.group())[1:-1], json.dumps(data, ensure_ascii=False, indent=indent))


def mark(passed: bool) -> str:
    """✓ or ✗, or what an older code page has for them."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        "✓✗".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return "√" if passed else "×"
    return "✓" if passed else "✗"


def reason_of(fault: OSError) -> str:
    return _REASONS.get(fault.errno or 0, f"系统错误 {fault.errno or '不明'}")


def fault_code(fault: BaseException) -> str:
    """Where our own mistake happened: kind, module and line; never a value, because values may be a person's."""
    frames = traceback.extract_tb(fault.__traceback__)
    place = f"{Path(frames[-1].filename).stem}:{frames[-1].lineno}" if frames else "?"
    return f"{type(fault).__name__}@{place}"


def internal_fault(fault: BaseException) -> str:
    return f"内部错误，未能完成（代码 {fault_code(fault)}）。输入未改动；请把代码连同操作告诉维护者。"
