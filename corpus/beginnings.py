"""A policy folder made: a new one for a notice, or a copy of a bundled policy that may be changed. Nothing that exists is written over."""

from __future__ import annotations

from pathlib import Path, PurePath

from corpus.bundled import bundled_text
from corpus.drafts import Fault, write_whole
from corpus.own import own_notice
from corpus.paragraphs import split
from corpus.policies import bundled_sources
from corpus.readers import MAX_BYTES, NoticeText, read_notice_bytes
from grammar.source import UNSEEN

_SKELETON = """\
政策：{title}
原文：{key}
// 一行一句；// 之后是注释。计算日期、累计顺序等也写在这里。

【术语 填报】
// 登记每一个名称：名称，种类，填报。例如：住院费用，金额，填报。

【术语 结果】
// 例如：补助，金额，结果，没有规定的为0元。

【条款 第一条】
依据：
// 照抄原文用「」，转述写“释义：”，通知没有规定的写“约定：”。
"""


def title_of(name: str) -> tuple[str, str | None, str] | Fault:
    """(key, text, title) of a notice: a bundled key, a key of the user's own store (which keeps the text itself), or a file."""
    text = bundled_text(name)
    if text is not None:
        return name, text, split(name, text).title
    own, message = own_notice(name) if "/" not in name else (None, "")
    if own is not None:
        return name, None, own.title
    path = Path(name).expanduser()
    if not path.is_file():
        return Fault(message or f"没有通知“{name}”：既不是收进的代号，也不是文件")
    try:
        with path.open("rb") as stream:
            read = read_notice_bytes(path.name, stream.read(MAX_BYTES + 1))
    except OSError as error:
        return Fault(f"读不了“{path.name}”", error)
    if not isinstance(read, NoticeText):
        return Fault(read.message)
    return path.stem, read.text, split(path.stem, read.text).title


def begin(folder: Path, key: str, text: str | None, title: str) -> Fault | None:
    """A folder with the skeleton of a policy and the notice beside it."""
    if not key or key.startswith(".") or "/" in key or UNSEEN.search(key) or len(key) > 80:
        return Fault(f"“{key[:80]}”不能作通知代号：不超过 80 字，不含“/”和不可见字符")
    files = {f"{key}.policy": _SKELETON.format(title=title or key, key=key)}
    return _fill(folder, files | ({f"{key}.txt": text} if text is not None else {}))


def copy_bundled(key: str, folder: Path) -> Fault | None:
    """The files of a bundled policy and its notice."""
    text = bundled_text(key)
    files = {PurePath(s.name).name: s.text for s in bundled_sources(key)}
    return _fill(folder, files | ({f"{key}.txt": text} if text is not None else {}))


def _fill(folder: Path, files: dict[str, str]) -> Fault | None:
    taken = [name for name in files if (folder / name).exists()]
    if taken or any(folder.glob("*.policy")):
        return Fault(f"“{folder}”里已经有{'、'.join(taken) or '政策文件'}，没有改动。请换一个文件夹")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            write_whole(folder / name, text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        return Fault(f"写不了“{folder}”", error)
    return None
