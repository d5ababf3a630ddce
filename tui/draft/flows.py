"""Things asked for in a few lines and done: a policy opened, begun for a notice, or copied out of the program. To be awaited in a worker.

Each gives the path of what is to be opened, absolute because a folder may be named like a bundled policy, and empty when given up. A fault is
said in the form, which keeps what was typed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual.app import App

from corpus.beginnings import begin, copy_bundled, title_of
from corpus.drafts import Fault
from corpus.workspace import Workspace
from tui.draft.dialogs import Form
from tui.draft.opening import open_project, said

Attempt = Callable[[tuple[str, ...]], tuple[str, str]]


async def ask_open(app: App[Any], workspace: Workspace) -> str:
    def attempt(given: tuple[str, ...]) -> tuple[str, str]:
        project, message = open_project(workspace, given[0]) if given[0] else (None, "没有写路径。")
        return (given[0], "") if project else ("", message)

    return await _asked(app, "打开政策", (("文件夹、.policy 文件，或者随附政策的代号", ""),), attempt)


async def ask_new(app: App[Any]) -> str:
    fields = (("通知：文件（.txt、.html）或者收进的代号", ""), ("新建的文件夹（不写则以通知代号为名）", ""))
    return await _asked(app, "新政策", fields, new_policy)


async def ask_copy(app: App[Any], key: str) -> str:
    def attempt(given: tuple[str, ...]) -> tuple[str, str]:
        folder = Path(given[0] or key).expanduser()
        fault = copy_bundled(key, folder)
        return ("", said(fault)) if fault else (str(folder.absolute()), "")

    return await _asked(app, f"另存“{key}”", (("存到哪个文件夹", key),), attempt)


def new_policy(given: tuple[str, ...]) -> tuple[str, str]:
    """(notice, folder) → the folder made, or why not."""
    name, folder = given
    found = title_of(name) if name else Fault("没有写通知")
    if isinstance(found, Fault):
        return "", said(found)
    key, text, title = found
    place = Path(folder or key).expanduser()
    fault = begin(place, key, text, title)
    return ("", said(fault)) if fault else (str(place.absolute()), "")


async def _asked(app: App[Any], title: str, fields: tuple[tuple[str, str], ...], attempt: Attempt) -> str:
    message = ""
    while given := await app.push_screen_wait(Form(title, fields, message)):
        done, message = attempt(given)
        if done:
            return done
        fields = tuple((label, value) for (label, _), value in zip(fields, given, strict=True))
    return ""
