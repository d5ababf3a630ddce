"""What 假设 shows: the claim as filed and as supposed side by side, the sentences that came and went, and the curve of an outcome over an amount."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len

from grammar.address import spoken as place
from grammar.document import Kind, Origin, Term
from interpreter.curve import Curve, curve, default_range
from interpreter.explain import Fired
from interpreter.trials import Changes, Gap, attempts, gaps, parted, refiled, yearly_gaps
from interpreter.values import is_number
from tui.screens import case as cases
from tui.screens.case import Case
from tui.widgets.field_rows import Field
from tui.widgets.plain import one_line
from tui.widgets.prose import Piece

_MOST_SENTENCES = 12
_MOST_AXES = 6


def supposed(case: Case, changes: Changes) -> Case:
    """The claim with these changes; the case itself is left as it is."""
    return cases.refiled(case, refiled(case.data, changes), case.visit) if changes else case


def changed(base: Case, case: Case) -> tuple[str, ...]:
    """「人员类别 低保对象 → 特困人员」 for every field that is filed otherwise."""
    found = []
    for before, after in zip(base.fields, case.fields, strict=True):
        if before.raw != after.raw:
            found.append(f"{after.term.name} {before.text or '不知道'} → {after.text or '不知道'}")
    return tuple(found)


# --- results ------------------------------------------------------------------------------------------------------------------------------------


def table(base: Case, case: Case) -> tuple[Gap, ...]:
    """What differs first, then the amounts that stay; the sums of several visits last of each."""
    if base.decision is None or case.decision is None:
        return ()
    rows = (*gaps(base.decision, case.decision, base.visit), *yearly_gaps(base.book, base.decision, case.decision))
    return (*(g for g in rows if not g.same), *(g for g in rows if g.same and g.after not in ("不适用", "0.00")))


def table_lines(rows: Sequence[Gap], width: int) -> list[Piece]:
    """Aligned columns 原判定 假设 差; a name that leaves no room has a line of its own, and no amount is cut."""
    if not rows:
        return []
    cells = [("", "原判定", "假设", "差"), *((one_line(g.name), one_line(g.before), one_line(g.after), g.by or "—") for g in rows)]
    widths = [max(cell_len(c[i]) for c in cells) for i in range(4)]
    alone = sum(widths) + 6 > width
    made: list[Piece] = []
    for number, (name, *amounts) in enumerate(cells):
        style = "bold" if number and not rows[number - 1].same else "dim" if number else "$text-muted"
        told = "  ".join(" " * (w - cell_len(a)) + a for w, a in zip(widths[1:], amounts, strict=True))
        made += [(name, style), (f"  {told}", style)] if alone and name else [(_left(name, 0 if alone else widths[0]) + "  " + told, style)]
    return made


def _left(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))


def sentences(base: Case, case: Case) -> tuple[Piece, ...]:
    """Those that decided something before and no longer do, and those that now do, with their words."""
    if base.explanation is None or case.explanation is None:
        return ()
    lost, gained = parted(base.explanation, case.explanation)
    rows = [*(("－", "$text-error", f) for f in lost), *(("＋", "$text-success", f) for f in gained)]
    told = [(f"{sign} {_sentence(f)}", style) for sign, style, f in rows[:_MOST_SENTENCES]]
    return tuple(told) + (((f"……还有 {len(rows) - _MOST_SENTENCES} 句", "dim"),) if len(rows) > _MOST_SENTENCES else ())


def _sentence(fired: Fired) -> str:
    anchor = fired.origin.anchors[0]
    formula = f"　{fired.formula}" if fired.formula not in ("", "是") else ""
    return f"{place(anchor.unit)} {fired.target}{formula}“{anchor.quote}”"


# --- the curve ----------------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Axis:
    """An outcome over an amount of the claim, from `low` to `high` fen."""

    term: Term
    outcome: str
    low: int
    high: int

    @property
    def said(self) -> str:
        return f"{self.outcome} 随 {self.term.name}"


def amount_fields(case: Case) -> tuple[Field, ...]:
    """What a curve may be drawn over: those that the decision read and the claim states first."""
    fields = [f for f in case.fields if f.term.kind is Kind.MONEY and not f.is_list and not f.term.keyed]
    return tuple(sorted(fields, key=lambda f: (f.raw is None) + 2 * (not f.read)))


def amount_outcomes(case: Case) -> tuple[str, ...]:
    """Those that are something and were not filed first."""
    assert case.decision is not None
    graph, visit = case.decision.graph, case.decision.visits[case.visit]
    money = [o for o in graph.outcomes if graph.nodes[graph.quantities[o]].kind is Kind.MONEY]
    filed = case.decision.claim.visits[case.visit]

    def rank(name: str) -> int:
        value = visit.value(graph, name)
        return 2 * (name in filed) + (not is_number(value) or value == 0)

    return tuple(sorted(money, key=rank))


def axis(case: Case, term: Term | None = None, outcome: str = "") -> Axis | None:
    """Over a field and to an outcome, each the likeliest where none is named."""
    fields, outcomes = amount_fields(case), amount_outcomes(case) if case.decision else ()
    term = term or (fields[0].term if fields else None)
    if term is None or not outcomes or case.decision is None:
        return None
    low, high = default_range(term, case.decision.claim, case.visit)
    return Axis(term, outcome if outcome in outcomes else outcomes[0], low, high)


def likely(case: Case, terms: Sequence[Term], outcome: str) -> tuple[Axis, ...]:
    """Axes to be tried until one on which something moves: over the terms named first, to the outcome named."""
    named = (*terms, *(f.term for f in amount_fields(case) if f.raw is not None and f.read))
    found = (axis(case, term, outcome) for term in dict.fromkeys(named))
    return tuple(ax for ax in found if ax is not None and ax.high > ax.low)[:_MOST_AXES]


def drawn_first(case: Case, axes: Sequence[Axis], stop: Callable[[], bool]) -> tuple[Axis, Curve]:
    """The first axis on which the outcome moves, and its curve; where it moves on none, the first."""
    tried = []
    for ax in axes:
        tried.append((ax, drawn(case, ax, stop)))
        if any(piece.slope for piece in tried[-1][1].pieces):
            return tried[-1]
    return tried[0]


def drawn(case: Case, ax: Axis, stop: Callable[[], bool]) -> Curve:
    assert case.decision is not None
    where = -1 if ax.term.origin is Origin.PARAMETER else case.visit
    tried = attempts(case.data, case.policy.read, case.policy.decide)
    return curve(tried, ax.term, where, case.visit, ax.outcome, ax.low, ax.high, stop)


def standing(case: Case, ax: Axis) -> int | None:
    """Where the claim itself stands on the axis."""
    assert case.decision is not None
    claim = case.decision.claim
    value: Any = (claim.parameters if ax.term.origin is Origin.PARAMETER else claim.visits[case.visit]).get(ax.term.name)
    return int(value) if is_number(value) else None
