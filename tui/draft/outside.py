"""The person's own editor: which command it is, and at which line it opens the file."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path, PurePath

#: Editors that take the line as +N before the file.
_BY_PLUS = ("vi", "vim", "nvim", "nano", "emacs", "emacsclient", "joe", "mg", "ne", "kak", "micro", "pico", "jed")


def editor_command(path: Path, line: int) -> list[str]:
    """$VISUAL, else $EDITOR, else vi."""
    try:
        words = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    except ValueError:
        words = []
    words = words or ["vi"]
    at = [f"+{line}"] if PurePath(words[0]).name in _BY_PLUS else []
    return [*words, *at, str(path)]


def run_editor(path: Path, line: int) -> str:
    """Waits for it; why it did not run, in Chinese, or nothing."""
    command = editor_command(path, line)
    try:
        done = subprocess.run(command, check=False)
    except OSError:
        return f"打不开编辑器“{command[0]}”：请设置环境变量 EDITOR。"
    return f"编辑器返回 {done.returncode}。" if done.returncode else ""
