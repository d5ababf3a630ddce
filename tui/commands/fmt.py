"""`youju fmt`: the canonical look of policy files, written only where the same document is read before and after."""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from corpus.policies import bundled_folder, sources_at
from corpus.workspace import notice_key
from grammar.diagnostic import errors, picture
from grammar.parse import parse
from grammar.source import Source
from tui.text.canonical import canonical
from tui.text.console import FAULTS, OK, USAGE, say, tell


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", metavar="POLICY", nargs="+", help="政策文件或者文件夹的路径；随附的政策也可以写代号，但不写回")
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--check", action="store_true", help="只列出需要整理的文件，有则返回 1")
    ways.add_argument("--write", action="store_true", help="写回原文件；不写此项则打印到标准输出")


def run(arguments: argparse.Namespace) -> int:
    paths: list[Path] = []
    for name in arguments.files:
        found, message = _files(name, arguments.write)
        if message:
            tell(message)
            return USAGE
        paths += found
    done = [_one(path, arguments) for path in paths]
    return OK if all(done) else FAULTS


def _files(name: str, write: bool) -> tuple[list[Path], str]:
    """The files under a path, or of a bundled policy, which is looked at and never rewritten; or why there are none."""
    path = Path(name)
    if not path.exists():
        folder = bundled_folder(name)
        if folder is None:
            return [], f"找不到“{name}”。可以写文件或者文件夹的路径，或者随附政策的代号。"
        if write:
            return [], f"“{name}”是随程序附带的政策，按代号只看不改。要改的话，把 {folder} 复制出来，再写复制件的路径。"
        path = folder
    found = sorted(path.glob("*.policy")) if path.is_dir() else [path]
    return found, "" if found else f"“{name}”里没有 .policy 文件。"


def _one(path: Path, arguments: argparse.Namespace) -> bool:
    sources, message = sources_at(path)
    if message:
        tell(message)
        return False
    text, tidy = sources[0].text, canonical(sources[0].text)
    fault = _changes_meaning(path, text, tidy)
    if fault:
        tell(fault)
        return False
    if arguments.check:
        if text != tidy:
            say(str(path))
        return text == tidy
    if not arguments.write:
        say(tidy.removesuffix("\n"))
        return True
    return text == tidy or _write(path, text, tidy)


def _changes_meaning(path: Path, before: str, after: str) -> str:
    """Why this file must not be touched: it cannot be read whole, or it would be read as something else."""
    others = tuple(s for p in sorted(path.parent.glob("*.policy")) if p.resolve() != path.resolve() for s in sources_at(p)[0])
    key = notice_key((Source(str(path), before), *others)) or path.stem
    documents, faults = parse((Source(str(path), before), *others), key)
    mine = [d for d in errors(faults) if d.source == str(path)]
    if mine:
        return f"{picture(mine[0], Source(str(path), before))}\n“{path}”有错误，没有整理。原文件未改动。"
    again, more = parse((Source(str(path), after), *others), key)
    if errors(more) != errors(faults) or documents != again:
        return f"整理“{path}”会改变含义，没有整理。原文件未改动。"
    return ""


def _write(path: Path, before: str, tidy: str) -> bool:
    """Into a file beside it, then in its place in one step; not when someone changed it meanwhile."""
    target = path.resolve()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(tidy.encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(target.stat().st_mode & 0o777)
        if target.read_bytes().decode("utf-8-sig", "replace") != before:
            tell(f"“{path}”刚刚被别的程序改过，没有写入。请再运行一次。")
            return False
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    tell(f"已整理“{path}”")
    return True
