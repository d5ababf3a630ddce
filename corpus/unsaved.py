"""What is typed and not saved, kept beside the user's own notices until it is: a crash or a closed terminal loses a moment of it at most.

One file for each policy file, readable by the user alone; gone when the text is saved or given up.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from corpus.drafts import write_whole
from corpus.own import store_path


@dataclass(frozen=True, slots=True)
class Kept:
    """`digest` is that of the file the text was made from."""

    text: str
    digest: str


def unsaved_place(path: Path) -> Path:
    name = sha256(os.path.realpath(path).encode("utf-8", "surrogateescape")).hexdigest()[:32]
    return store_path().parent / "drafts" / f"{name}.json"


def keep(path: Path, kept: Kept) -> bool:
    """False when it could not be written: whoever writes goes on, and is told."""
    place = unsaved_place(path)
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        data = {"文件": os.path.realpath(path), "原文件": kept.digest, "文字": kept.text}
        write_whole(place, json.dumps(data, ensure_ascii=False).encode("utf-8", "backslashreplace"), 0o600)
    except OSError:
        return False
    return True


def kept_of(path: Path) -> Kept | None:
    """What was kept of this file, if anything; a damaged record is none."""
    try:
        data = json.loads(unsaved_place(path).read_bytes().decode("utf-8"))
        return Kept(str(data["文字"]), str(data["原文件"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def forget(path: Path) -> None:
    with suppress(OSError):
        unsaved_place(path).unlink()
