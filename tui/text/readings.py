"""What another reading of the words would change: as data, and as lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from corpus.workspace import Policy
from grammar.literals import money_text
from interpreter.claim import Claim
from interpreter.wording import plain_money
from tui.text.layout import columns, wrapped
from tui.text.report import shown

Wanted = Callable[[], bool]


def other_readings(policy: Policy, claim: Claim, base: dict[str, Any], wanted: Wanted = lambda: True) -> list[dict[str, Any]]:
    """Each selection of readings that gives another result: the selection, its results, and what differs from `base`."""
    found = []
    for chosen, decision in policy.alternatives(claim, wanted):
        other = policy.result(decision)
        found.append({"读法": chosen, "就诊": other["就诊"], "合计": other["合计"], "差异": differences(base, other)})
    return found


def differences(base: dict[str, Any], other: dict[str, Any]) -> list[dict[str, Any]]:
    """Outcomes of each visit that part, then totals that no visit shows (what an event compares)."""
    rows = [row for number, (a, b) in enumerate(zip(base["就诊"], other["就诊"], strict=True), 1) for row in _rows(a["结果"], b["结果"], number)]
    return rows or _rows(base["合计"], other["合计"], "合计")


def _rows(a: dict[str, Any], b: dict[str, Any], where: int | str) -> list[dict[str, Any]]:
    names = [name for name in dict.fromkeys((*a, *b)) if not isinstance(a.get(name, b.get(name)), dict)]
    made = []
    for name in names:
        before, after = a.get(name, "不适用"), b.get(name, "不适用")
        if before != after:
            gap = _gap(before, after)
            made.append({"项目": name, "笔": where, "默认": before, "另一": after} | ({"差": gap} if gap else {}))
    return made


def _gap(before: Any, after: Any) -> str:
    """The second less the first, when both are amounts."""
    fen = [_fen(before), _fen(after)]
    return plain_money(fen[1] - fen[0]) if fen[0] is not None and fen[1] is not None else ""


def _fen(text: Any) -> int | None:
    digits = text.replace(".", "", 1).removeprefix("-") if isinstance(text, str) else ""
    is_amount = digits.isascii() and digits.isdigit() and text[-3:-2] == "."
    return int(text.replace(".", "")) if is_amount else None


def readings_report(policy: Policy, claim: Claim, base: dict[str, Any], wanted: Wanted = lambda: True) -> list[str]:
    """The lines of --all-readings."""
    found = other_readings(policy, claim, base, wanted)
    if not found:
        return ["换一种读法", "  已登记的读法都不改变这笔申报的结果。", ""]
    lines = ["换一种读法，结果不同的有："]
    for entry in found:
        lines += _entry(policy, entry, base["读法"])
    return lines


def _entry(policy: Policy, entry: dict[str, Any], standing: dict[str, str]) -> list[str]:
    titles = {r.id: r.title for r in policy.compiled().book.readings}
    lines = [
        line
        for name, label in entry["读法"].items()
        for line in wrapped(f"{name} {titles.get(name, '')}：取“{label}”，不取“{standing.get(name, '')}”", "  ○ ", "    ")
    ]
    return [*lines, *columns([gap_cells(row) for row in entry["差异"]], (2, 4, 5), "      "), ""]


def gap_cells(row: dict[str, Any]) -> tuple[str, ...]:
    """One difference: where, what, before, an arrow, after, and by how much where both are amounts."""
    where = f"第{row['笔']}笔" if isinstance(row["笔"], int) else row["笔"]
    gap = _fen(row.get("差", ""))
    moved = "" if gap is None else f"{'少' if gap < 0 else '多'} {money_text(abs(gap))}元"
    return (where, row["项目"], shown(row["默认"]), "→", shown(row["另一"]), moved)
