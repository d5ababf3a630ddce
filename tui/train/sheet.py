"""The score sheet: rows, and a file of them. Nothing of a claim stands on it, and of the learner only the name they chose."""

from __future__ import annotations

import csv
import io
import os
import re
from dataclasses import dataclass
from pathlib import Path

from corpus.marking import FULL
from grammar.source import visible
from tui.train.session import Entry, Session

HEAD = ("题号", "题型", "条款", "金额", "依据", "提示", "得分", "满分")
LONGEST_NAME = 20
#: What a spreadsheet takes for a formula at the start of a cell, in either width.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>|#~&!])")


@dataclass(frozen=True, slots=True)
class Sheet:
    """`heading` are (name, value) pairs above the table."""

    heading: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]


def nickname(typed: str) -> str:
    """As it may stand in a file: one line, nothing invisible, not long."""
    return visible(typed).replace("\n", " ").replace("\t", " ").strip()[:LONGEST_NAME]


def sheet_of(session: Session, name: str = "") -> Sheet:
    heading = (
        ("学员", nickname(name) or "（未填）"),
        ("政策", session.policy.key),
        ("条款", session.topic or "全部"),
        ("卷号", str(session.number)),
        ("得分", f"{session.points}/{session.most}"),
        ("完成", f"{session.done}/{len(session.entries)}"),
    )
    return Sheet(heading, tuple(_row(e) for e in session.entries))


def _row(entry: Entry) -> tuple[str, ...]:
    """What an exercise is about would give it away as long as it is open."""
    marked = entry.marking
    if marked is None:
        said, named = ("讲解过" if entry.shown else "未答"), "—"
    else:
        said = "对" if marked.is_right else "错"
        named = f"对{len(marked.right)} 漏{len(marked.missed)} 多{len(marked.superfluous)}"
    about = ("—", "—") if entry.is_open else (str(entry.exercise.theme), entry.exercise.topic)
    return (entry.label, *about, said, named, str(entry.hints), str(entry.points), str(FULL))


def markdown(sheet: Sheet) -> str:
    lines = ["# 训练成绩单", "", *(f"- {name}：{_escaped(value)}" for name, value in sheet.heading), ""]
    lines += [f"| {' | '.join(HEAD)} |", f"|{'---|' * len(HEAD)}"]
    return "\n".join([*lines, *(f"| {' | '.join(_escaped(cell) for cell in row)} |" for row in sheet.rows)]) + "\n"


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", visible(text).replace("\n", " "))


def as_csv(sheet: Sheet) -> str:
    """With a byte order mark, for a spreadsheet to see that it is UTF-8; no cell begins as a formula does."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    for row in (*sheet.heading, (), HEAD, *sheet.rows):
        writer.writerow([_cell(cell) for cell in row])
    return "\ufeff" + made.getvalue()


def _cell(text: str) -> str:
    shown = visible(text).replace("\n", " ")
    return f"'{shown}" if text.lstrip(" \u3000").startswith(_FORMULA) else shown


def default_path(session: Session, folder: Path) -> Path:
    """A name in the folder that is not taken."""
    stem = f"训练成绩-{session.policy.key}-{session.number}"
    names = (folder / f"{stem}{'' if n == 1 else f'-{n}'}.md" for n in range(1, 10_000))
    return next((p for p in names if not p.exists()), folder / f"{stem}.md")


def save(sheet: Sheet, path: Path, over: bool = False) -> str:
    """Written for its owner alone; .csv as CSV, anything else as Markdown. Why not, in Chinese; nothing when it was. `over` replaces a file."""
    text = as_csv(sheet) if path.suffix.lower() == ".csv" else markdown(sheet)
    try:
        if over and path.is_file() and not path.is_symlink():
            path.unlink()
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return "已经有这个文件"
    except (OSError, ValueError):
        return "写不了这个文件：文件夹不存在，或者没有权限"
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
    except OSError:
        return "没有写完：磁盘可能满了"
    return ""
