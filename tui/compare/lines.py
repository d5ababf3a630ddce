"""The comparison as rows: amounts side by side, what parts in the order of computation, and the chain of differences with its sum."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rich.cells import cell_len

from grammar.literals import money_text
from interpreter.compare import Divergence, divergence
from interpreter.stepwise import Change, Step
from tui.compare.pairs import Pair
from tui.compare.sentences import clause_of
from tui.search.hits import cut
from tui.widgets.plain import one_line
from tui.widgets.rows import Pieces

_MONEY, _MOST_MONEY = 14, 20


class Part(StrEnum):
    SAID = "said"
    AMOUNT = "amount"
    PARTING = "parting"
    STEP = "step"
    SUM = "sum"


@dataclass(frozen=True)
class Row:
    """`cells` as the part has them; `found` is what the panes show for it; `mark` stands before it."""

    part: Part
    cells: tuple[str, ...]
    found: Divergence | None = None
    mark: str = ""
    outcome: str = ""
    differs: bool = True
    head: bool = False

    @property
    def stops(self) -> bool:
        return not self.head and self.part is not Part.SAID


def rows_of(pair: Pair, outcome: str, only: bool) -> tuple[Row, ...]:
    """`outcome` is the one whose difference is taken apart; `only` leaves out what is the same."""
    parts = (*_amounts(pair, outcome), *_partings(pair), *_chain(pair, outcome))
    return tuple(row for row in parts if row.differs or not only)


def _amounts(pair: Pair, outcome: str) -> Iterator[Row]:
    yield Row(Part.AMOUNT, ("金额（空格选一项，看它的差异链）", "甲", "乙", "乙比甲"), head=True)
    for name in pair.outcomes:
        gap = pair.difference(name)
        cells = (name, pair.first.stand.said(name), pair.second.stand.said(name), signed(gap))
        yield Row(Part.AMOUNT, cells, divergence(pair.first.stand, pair.second.stand, name), "▸" if name == outcome else "", name, pair.differs(name))
    if not pair.outcomes:
        yield Row(Part.SAID, ("两边都没有金额结果",))


def _partings(pair: Pair) -> Iterator[Row]:
    count = len(pair.partings)
    said = f"不同的 {count} 项　◆ 最先不同" if count else "没有哪一项不同"
    yield Row(Part.PARTING, (said, "甲", "乙", "哪一句"), head=True)
    for found in pair.partings:
        yield Row(Part.PARTING, (found.name, found.before, found.after, clause_of(found)), found, "◆" if found is pair.parting else "")


def _chain(pair: Pair, outcome: str) -> Iterator[Row]:
    if not outcome:
        return
    whole = pair.difference(outcome)
    yield Row(Part.STEP, (chain_title(outcome, whole), "差", "由哪一句传下来"), head=True)
    for number, step in enumerate(pair.steps(outcome), 1):
        gap = step.difference(outcome)
        passed = step.passed_on(outcome) if gap != 0 else None
        found, told = passed or divergence(step.before, step.after, outcome), clause_of(passed) if gap != 0 else "结果没有变"
        yield Row(Part.STEP, (changed(step), signed(gap), told), found, f"{number}.", outcome, gap != 0)
    if whole is not None:
        yield Row(Part.SUM, ("合计", signed(whole), "各步相加，等于乙减甲"), divergence(pair.first.stand, pair.second.stand, outcome), "", outcome)


def chain_title(outcome: str, whole: int | None) -> str:
    if whole is None:
        return f"差异链：{outcome}有一边待定，不能相减"
    return f"差异链：{outcome}{'没有差' if whole == 0 else f'为什么差 {signed(whole)}'}"


def changed(step: Step) -> str:
    """What the step changed, all in one line."""
    return "；".join(_change(c) for c in step.changes)


def _change(change: Change) -> str:
    turned = f" {change.before} → {change.after}" if change.before or change.after else ""
    return f"{change.sort} {change.name}".rstrip() + turned


def signed(fen: int | None) -> str:
    """+153.00, -13.00, 0.00; 不能相减 where either is undetermined."""
    return "不能相减" if fen is None else ("+" if fen > 0 else "") + money_text(fen) if fen else "0.00"


# --- painting ------------------------------------------------------------------------------------------------------------------------------------


def pieces_of(row: Row, width: int) -> Pieces:
    """No wider than `width` where there is room for the amounts; names and clauses are cut, amounts are not."""
    if row.part is Part.SAID:
        return ((cut(one_line(row.cells[0]), width), "muted"),)
    lead = 0 if row.head else 4
    style = "heading" if row.head else "" if row.differs else "muted"
    made = [(_filled(row.mark, lead), "mark")] if lead else []
    for number, (cell, size) in enumerate(zip(row.cells, _sizes(row, width - lead), strict=True)):
        shown = _flush(cell, size) if number in _FLUSH[row.part] else _filled(cell, size)
        made.append(((" " if number else "") + shown, style or ("warning" if number == _FLUSH[row.part][-1] else "")))
    return made


#: Columns that end flush; the last of them is the one to look at.
_FLUSH = {Part.AMOUNT: (1, 2, 3), Part.PARTING: (1, 2), Part.STEP: (1,), Part.SUM: (1,)}


def _sizes(row: Row, room: int) -> tuple[int, ...]:
    """The first column takes what the amounts leave, and shares it with the clause where there is one."""
    amounts = [min(max(_MONEY, cell_len(one_line(row.cells[n]))), _MOST_MONEY) for n in _FLUSH[row.part]]
    left = room - sum(amounts) - len(row.cells) + 1
    if row.part is Part.AMOUNT:
        return (max(left, 4), *amounts)
    told = max(left * 2 // 5, 4)
    return (max(left - told, 4), *amounts, told)


def _filled(text: str, size: int) -> str:
    shown = cut(one_line(text), size)
    return shown + " " * (size - cell_len(shown))


def _flush(text: str, size: int) -> str:
    shown = cut(one_line(text), size)
    return " " * (size - cell_len(shown)) + shown
