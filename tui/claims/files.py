"""Claim files on the screen: opened with what is needed to notice that somebody else changed them, saved whole or not at all, for the owner alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.drafts import Changed, Fault, Opened, open_text, save_text
from corpus.workspace import Policy
from tui.commands.claims import Filed, Refused, entries, read_json
from tui.screens.samples import Sample
from tui.text.console import json_text, reason_of

PRIVATE = 0o600
_MOST_OFFERED = 200


@dataclass
class ClaimFile:
    """A claim that stands in a file, or will: `claim` by identity, the file, and the data as it stands there (None: not saved yet)."""

    claim: Sample
    opened: Opened | None = None
    saved: Any = None


def read_file(path: Path) -> tuple[Opened | None, list[Filed], str]:
    """The file and the claims in it, or in Chinese why there are none."""
    try:
        if not path.is_file():
            return None, [], f"“{path}”是文件夹" if path.is_dir() else f"找不到文件“{path}”"
    except (OSError, ValueError):
        return None, [], "这样的路径打不开"
    opened = open_text(path)
    if isinstance(opened, Fault):
        return None, [], said(opened)
    if not opened.text.strip():
        return None, [], f"“{path.name}”里没有申报"
    return opened, entries(path.name, opened.text), ""


def said(fault: Fault) -> str:
    return fault.said + (f"：{reason_of(fault.error)}" if fault.error else "")


def shape_fault(filed: Filed) -> str:
    """Why a claim cannot even be looked at, in Chinese. Values that cannot be read are for the form."""
    data = filed.data
    if filed.fault or not isinstance(data, dict):
        return filed.fault or "申报应当是一个对象"
    visits = data.get("就诊")
    if not isinstance(visits, list) or not visits or not all(isinstance(v, dict) for v in visits):
        return "“就诊”应当是一个列表，一笔一个对象"
    wrong = [name for name, kind in (("参数", dict), ("读法", dict), ("事件", list)) if not isinstance(data.get(name) or kind(), kind)]
    return f"“{wrong[0]}”写得不对" if wrong else ""


def is_alone(opened: Opened, filed: Filed) -> bool:
    """Whether the file is this one claim and nothing else, so that saving the claim loses nothing."""
    try:
        return bool(read_json(opened.text) == filed.data)
    except Refused:
        return False


def sample_of(policy: Policy, filed: Filed) -> Sample:
    note = filed.data.get("备注")
    return Sample(policy.key, filed.where, note if isinstance(note, str) and note else filed.where, filed.data)


def empty_claim(policy: Policy) -> Sample:
    return Sample(policy.key, "", "新申报", {"政策": policy.key, "就诊": [{}]})


def claim_text(policy: Policy, data: dict[str, Any]) -> str:
    """The file's text: the policy first, so that the file says by itself what it is a claim of."""
    return json_text({"政策": policy.key} | data, 2) + "\n"


def save_claim(opened: Opened, policy: Policy, data: dict[str, Any], over: bool = False) -> Opened | Changed | Fault:
    """A new file can be read by its owner alone; one that was there keeps its permissions."""
    return save_text(opened, claim_text(policy, data), over, PRIVATE)


def offered(typed: str, folder: Path, ending: str = ".json") -> tuple[str, ...]:
    """The folders and the files with an ending that what is typed so far may mean, as they would be typed in full."""
    head, slash, rest = typed.rpartition("/")
    place = (Path(head + slash).expanduser() if slash else folder).absolute()
    try:
        found = sorted(place.iterdir(), key=lambda p: (p.is_file(), p.name))
        kept = [p for p in found if p.name.startswith(rest) and (rest or not p.name.startswith("."))]
        return tuple(head + slash + p.name + ("/" if p.is_dir() else "") for p in kept if p.is_dir() or p.name.endswith(ending))[:_MOST_OFFERED]
    except (OSError, ValueError, RuntimeError):
        return ()
