"""Writing a decision down, for the command line and the screen. The one place of history that asks the clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus.workspace import Policy, Workspace


def now() -> str:
    """The moment in UTC, to the second. It is about the list; no rule ever sees it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def keep(name: str, result: Mapping[str, Any], data: Any, note: str = "") -> tuple[int, str]:
    """The number of the new record and nothing, or 0 and why there is none. `name` opens the policy again."""
    from corpus.database import StoreFault
    from corpus.history import close_history, history_path, open_history, record
    from corpus.recording import entry_of

    opened = open_history(history_path())
    if opened is None or isinstance(opened, StoreFault):
        return 0, opened.message if opened else ""
    done = record(opened, entry_of(name, result, data, now(), note))
    close_history(opened)
    return (0, done.message) if isinstance(done, StoreFault) else (done.id, "")


def name_of(workspace: Workspace, policy: Policy) -> str:
    """The key of a bundled policy; of another, its folder or file in full."""
    bundled = workspace.keys()
    if policy.key in bundled and workspace.policy(policy.key)[0] is policy:
        return policy.key
    return str(Path(policy.sources[0].name).resolve().parent) if policy.sources else policy.key


def note_of(data: Any) -> str:
    """What the claim says of itself."""
    said = data.get("备注") if isinstance(data, dict) else None
    return said if isinstance(said, str) else ""
