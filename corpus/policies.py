"""Policy folders: bundled with the program, or anywhere on disk. A folder's name is the key of its notice.

A parameter set (参数-….policy) shows a policy with local figures, as cases. It is not read with its folder; who opens the set itself, by its path,
gets the policy of the folder and the set.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from grammar.blocks import blocks, labelled
from grammar.source import Source

MAX_FILE_BYTES = 8_000_000
_PARAMETER_SET = "参数-"


def bundled_policy_keys() -> tuple[str, ...]:
    return tuple(sorted(e.name for e in files("policies").iterdir() if e.is_dir() and any(f.name.endswith(".policy") for f in e.iterdir())))


def bundled_folder(key: str) -> Path | None:
    """Where a bundled policy stands, if there is one under this key."""
    return Path(str(files("policies").joinpath(key))) if key in bundled_policy_keys() else None


def bundled_sources(key: str) -> tuple[Source, ...]:
    """Every .policy file of a bundled policy except parameter sets."""
    folder = files("policies").joinpath(key)
    entries = sorted((e for e in folder.iterdir() if e.name.endswith(".policy")), key=lambda e: e.name) if folder.is_dir() else []
    return tuple(Source(f"policies/{key}/{e.name}", e.read_text(encoding="utf-8")) for e in entries if not e.name.startswith(_PARAMETER_SET))


def policy_at(path: Path) -> tuple[tuple[Source, ...], str]:
    """What a path opens as a policy, or why it does not: a folder, a file, or a parameter set with the policy of its folder."""
    sources, message = sources_at(path)
    if not message and path.is_file() and path.name.startswith(_PARAMETER_SET):
        policy, message = sources_at(path.parent)
        sources = (*policy, *sources)
    if not message and not any(_is_policy(source) for source in sources):
        message = f"“{path}”不是政策：没有“政策：”“原文：”，也没有【条款】等块。是通知原文的，可以用 youju corpus units 看编号。"
    return sources, message


def _is_policy(source: Source) -> bool:
    """Whether a text has a block, or a head that names a policy; a notice has neither."""
    return len(blocks(source)[0]) > 1 or bool(head_value(source, "政策") or head_value(source, "原文"))


def head_value(source: Source, label: str) -> str:
    """`Document.head_value` before there is a document: `parse` cannot run without the key that stands in the head."""
    lines = (labelled(line) for line in blocks(source)[0][0].lines)
    return next((source.text[rest.span.start : rest.span.end].strip() for found, rest in lines if found == label), "")


def sources_at(path: Path) -> tuple[tuple[Source, ...], str]:
    """The .policy files of a folder, or one file; and a message in Chinese when they cannot be read."""
    try:
        paths = [path] if path.is_file() else sorted(p for p in path.glob("*.policy") if not p.name.startswith(_PARAMETER_SET))
        if not paths:
            return (), f"“{path}”里没有 .policy 文件。"
        return tuple(_read(p) for p in paths), ""
    except FileNotFoundError:
        return (), f"找不到“{path}”。"
    except UnicodeDecodeError:
        return (), f"“{path}”不是 UTF-8 文字，请另存为 UTF-8。原文件未改动。"
    except ValueError as fault:
        return (), str(fault)
    except OSError:
        return (), f"读不了“{path}”。"


def _read(path: Path) -> Source:
    if path.stat().st_size > MAX_FILE_BYTES:
        raise ValueError(f"文件过大：“{path.name}”超过 {MAX_FILE_BYTES // 1_000_000} MB。未读取，原文件未改动。")
    return Source(str(path), path.read_bytes().decode("utf-8-sig"))
