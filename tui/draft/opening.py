"""What is opened in 起草: the files of one policy with its notice, from the program or from a folder. No screen here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.bundled import bundled_notice
from corpus.drafts import Fault, Opened, open_text
from corpus.policies import bundled_policy_keys, bundled_sources, head_value, policy_at
from corpus.workspace import Workspace, notice_key
from grammar.source import Source
from interpreter.notice import Notice
from tui.text.console import reason_of


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file: its text as shown, and the file on disk; None for one that comes with the program."""

    name: str
    text: str
    opened: Opened | None


@dataclass(frozen=True, slots=True)
class Project:
    """`place` is what a command line calls it, `key` the key of the notice; `message` says why there is no notice, where there is none."""

    place: str
    key: str
    sheets: tuple[Sheet, ...]
    notice: Notice
    message: str = ""

    @property
    def is_bundled(self) -> bool:
        return all(s.opened is None for s in self.sheets)

    @property
    def first(self) -> int:
        """The file that names the notice: the rules themselves."""
        heads = [bool(head_value(Source(s.name, s.text), "原文")) for s in self.sheets]
        return heads.index(True) if True in heads else 0


def open_project(workspace: Workspace, name: str) -> tuple[Project | None, str]:
    """A bundled policy by its key, or one on disk by the path of its folder or file; else why not."""
    if name in bundled_policy_keys():
        notice = bundled_notice(name)
        sheets = tuple(Sheet(s.name, s.text, None) for s in bundled_sources(name))
        return Project(name, name, sheets, notice or Notice(name, "", ())), ""
    path = Path(name).expanduser()
    sources, message = policy_at(path) if path.exists() else ((), f"没有“{name}”：写文件夹、.policy 文件或者随附政策的代号")
    if message:
        return None, message
    found = [open_text(Path(s.name)) for s in sources]
    bad = next((f for f in found if isinstance(f, Fault)), None)
    if bad is not None:
        return None, said(bad)
    sheets = tuple(Sheet(str(o.path), o.text, o) for o in found if isinstance(o, Opened))
    key = notice_key(tuple(Source(s.name, s.text) for s in sheets)) or (path.stem if path.is_file() else path.resolve().name)
    notice, message = workspace.notice(key, path if path.is_dir() else path.parent)
    return Project(str(path), key, sheets, notice or Notice(key, "", ()), message), ""


def said(fault: Fault) -> str:
    """A fault as a sentence."""
    return f"{fault.said}：{reason_of(fault.error)}。" if fault.error else f"{fault.said}。"
