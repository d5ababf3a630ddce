"""Changes of a claim larger than a field: visits and events come and go, readings are chosen. Each gives another `Case`, decided."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tui.screens.case import Case, refiled

_NUMBER = re.compile(r"第([0-9]{1,4})笔")


def with_visit(case: Case, copied: bool) -> Case:
    """One more visit at the end, blank or with the facts of the one looked at; it is looked at then."""
    visits = _visits(case)
    new = dict(visits[case.visit]) if copied else {}
    return refiled(case, case.data | {"就诊": [*visits, new]}, len(visits))


def without_visit(case: Case) -> Case:
    """Without the visit looked at and the events that touch it; the others keep theirs. The last visit stays."""
    visits, gone = _visits(case), case.visit
    if len(visits) < 2:
        return case
    kept = [v for i, v in enumerate(visits) if i != gone]
    events = [moved for e in case.data.get("事件") or [] if (moved := _renumbered(e, gone + 1)) is not None]
    data = case.data | {"就诊": kept}
    return refiled(case, data | {"事件": events} if "事件" in data else data, min(gone, len(kept) - 1))


def _renumbered(event: Any, gone: int) -> Any:
    """An event after a visit is gone: None when it was that visit's."""
    said = str(event.get("事件")) if isinstance(event, dict) else ""
    match = _NUMBER.search(said)
    if match is None or int(match[1]) < gone:
        return event
    return None if int(match[1]) == gone else event | {"事件": said[: match.start(1)] + str(int(match[1]) - 1) + said[match.end(1) :]}


def with_event(case: Case, event: str, visit: int, day: str) -> Case:
    entry = {"事件": f"第{visit + 1}笔{event}"} | ({"核定日期": day} if day else {})
    return refiled(case, case.data | {"事件": [*(case.data.get("事件") or []), entry]}, case.visit)


def without_event(case: Case, number: int) -> Case:
    kept = [e for i, e in enumerate(case.data.get("事件") or []) if i != number]
    data = {k: v for k, v in case.data.items() if k != "事件"}
    return refiled(case, data | ({"事件": kept} if kept else {}), case.visit)


def events_said(case: Case) -> tuple[str, ...]:
    """A line for each event filed."""
    filed = case.data.get("事件")
    entries = filed if isinstance(filed, list) else []
    return tuple("　".join(str(v) for v in e.values()) if isinstance(e, dict) else str(e) for e in entries)


def with_readings(case: Case, chosen: Mapping[str, str]) -> Case:
    """Readings chosen; an empty label goes back to the default."""
    merged = readings_of(case) | dict(chosen)
    kept = {name: label for name, label in merged.items() if label}
    data = {k: v for k, v in case.data.items() if k != "读法"}
    return refiled(case, data | ({"读法": kept} if kept else {}), case.visit)


def readings_of(case: Case) -> dict[str, Any]:
    filed = case.data.get("读法")
    return dict(filed) if isinstance(filed, dict) else {}


def _visits(case: Case) -> list[Any]:
    filed = case.data.get("就诊")
    return list(filed) if isinstance(filed, list) and filed else [{}]
