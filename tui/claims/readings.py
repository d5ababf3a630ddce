"""The readings of a policy as rows for a claim: those that matter first, each candidate with what it would change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grammar.address import spoken as cited
from grammar.document import Candidate, Reading
from tui.screens.case import Case
from tui.text.readings import differences, gap_cells

#: What a candidate changes, by (reading, label); one that is not there was not tried yet.
Tried = Mapping[tuple[str, str], Sequence[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Row:
    """A reading, or under it one of its candidates."""

    reading: Reading
    candidate: Candidate | None
    standing: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return self.reading.id, self.candidate.label if self.candidate else ""


def rows_of(case: Case, tried: Tried) -> tuple[Row, ...]:
    """Readings that change the result, then those whose words decided something, then the others, as declared within each."""
    standing, used = dict(case.book.selected), used_readings(case)
    changing = {name for (name, _), gaps in tried.items() if gaps}
    ordered = sorted(case.book.readings, key=lambda r: (r.id not in changing, r.id not in used))
    return tuple(row for reading in ordered for row in _rows(reading, standing.get(reading.id, "")))


def _rows(reading: Reading, standing: str) -> Iterator[Row]:
    yield Row(reading, None)
    for candidate in sorted(reading.candidates, key=lambda c: not c.default):
        yield Row(reading, candidate, candidate.label == standing)


def used_readings(case: Case) -> frozenset[str]:
    """Readings that a statement that decided something comes from, in any visit."""
    if case.decision is None:
        return frozenset()
    explained = (case.policy.explain(case.decision, n) for n in range(len(case.decision.visits)))
    return frozenset(f.origin.reading for e in explained for f in e.fired if f.origin.reading)


def trials(case: Case) -> Iterator[tuple[tuple[str, str], list[dict[str, Any]]]]:
    """Each candidate that does not stand, with what it would change; slow, one at a time."""
    if case.decision is None:
        return
    base = case.policy.result(case.decision)
    for name, label, decision, differs in case.policy.tried(case.decision.claim):
        yield (name, label), differences(base, case.policy.result(decision)) if differs else []


def row_pieces(row: Row, tried: Tried, used: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """The row in one line, with its styles."""
    if row.candidate is None:
        changes = any(gaps for (name, _), gaps in tried.items() if name == row.reading.id)
        mark = "◆ " if changes else "· " if row.reading.id in used else "  "
        return ((mark, "warning" if changes else "muted"), (f"{row.reading.id}　{row.reading.title}", "heading"))
    said = row.candidate.label + ("（默认）" if row.candidate.default else "")
    gaps = tried.get(row.key)
    change = "" if row.standing else "…" if gaps is None else _change(gaps)
    return (("  ● " if row.standing else "  ○ ", "mark"), (said, "mark" if row.standing else ""), (f"　{change}" if change else "", "warning"))


def _change(gaps: Sequence[dict[str, Any]]) -> str:
    """The first difference, and how many there are."""
    if not gaps:
        return ""
    where, name, _, _, after, moved = gap_cells(gaps[0])
    return f"{where} {name} {moved or '→ ' + after}" + (f" 等{len(gaps)}项" if len(gaps) > 1 else "")


def detail(row: Row, tried: Tried) -> tuple[tuple[str, str], ...]:
    """Where the results part, the words in doubt, why one meaning is the default, what the candidate says."""
    reading, candidate = row.reading, row.candidate
    words = ((f"{cited(a.unit)}「{a.quote}」", "$accent") for a in reading.basis)
    meaning = f"{candidate.label}{'（默认）' if candidate.default else ''}：{candidate.text or '依条款。'}" if candidate else ""
    reason = f"理由：{reading.reason}" if reading.reason else ""
    return ((f"{reading.id}　{reading.title}", "bold"), *_consequence(row, tried), *words, (meaning, ""), (reason, "dim"))


def _consequence(row: Row, tried: Tried) -> list[tuple[str, str]]:
    gaps = tried.get(row.key)
    if row.standing:
        return [("现在取的是这一种", "$success")]
    if gaps is None:
        return [("正在试算……", "dim")]
    if not gaps:
        return [("取这一种，这笔申报的结果不变", "dim")]
    return [(" ".join(cell for cell in gap_cells(gap) if cell), "$warning") for gap in gaps]


def chosen(row: Row) -> dict[str, str]:
    """What to file for the candidate; of the default nothing is filed."""
    return {row.reading.id: "" if row.candidate is None or row.candidate.default else row.candidate.label}
