"""Policy folders: bundled with the program, or anywhere on disk. A folder's name is the key of its notice."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from grammar.source import Source

MAX_FILE_BYTES = 8_000_000


def bundled_policy_keys() -> tuple[str, ...]:
    return tuple(sorted(e.name for e in files("policies").iterdir() if e.is_dir() and any(f.name.endswith(".policy") for f in e.iterdir())))


def bundled_sources(key: str) -> tuple[Source, ...]:
    """Every .policy file of a bundled policy except parameter sets (参数-….policy), which a run must choose."""
    folder = files("policies").joinpath(key)
    entries = sorted((e for e in folder.iterdir() if e.name.endswith(".policy")), key=lambda e: e.name) if folder.is_dir() else []
    return tuple(Source(f"policies/{key}/{e.name}", e.read_text(encoding="utf-8")) for e in entries if not e.name.startswith("参数-"))


def sources_at(path: Path) -> tuple[tuple[Source, ...], str]:
    """The .policy files of a folder, or one file; and a message in Chinese when they cannot be read."""
    try:
        paths = [path] if path.is_file() else sorted(p for p in path.glob("*.policy") if not p.name.startswith("参数-"))
        if not paths:
            return (), f"“{path}”里没有 .policy 文件"
        return tuple(_read(p) for p in paths), ""
    except FileNotFoundError:
        return (), f"找不到“{path}”"
    except UnicodeDecodeError:
        return (), f"“{path}”不是 UTF-8 文字，请另存为 UTF-8。原文件未改动。"
    except ValueError as fault:
        return (), str(fault)
    except OSError:
        return (), f"读不了“{path}”"


def _read(path: Path) -> Source:
    if path.stat().st_size > MAX_FILE_BYTES:
        raise ValueError(f"文件过大：“{path.name}”超过 {MAX_FILE_BYTES // 1_000_000} MB。未读取，原文件未改动。")
    return Source(str(path), path.read_bytes().decode("utf-8-sig"))
