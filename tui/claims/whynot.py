"""What 为何没有 lists and tells: outcomes and sentences that did not fire, the conditions of the one asked about, and the changes that were tried."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

from rich.cells import cell_len

from grammar.address import spoken as place
from interpreter.explain import Explanation, Unfired
from interpreter.graph import Anchor
from interpreter.remedies import Remedy, Search
from interpreter.trials import Gap, attempts, gaps
from interpreter.values import is_pending
from interpreter.whynot import conditions, of_outcome, of_statement
from interpreter.wording import cause_text, spoken
from tui.screens.case import Case
from tui.trace_rows import Part, Step
from tui.widgets.plain import one_line
from tui.widgets.prose import Piece

_SIGNS = {"overridden": "⊘", "unknown": "？"}
_HOLDS = {True: ("✓", ""), False: ("✗", "$text-error"), None: ("？", "$text-warning")}
_MOST_REASONS = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """A row to ask about: an outcome by its name, a sentence that did not fire, or a heading, which is neither."""

    title: str
    said: str = ""
    outcome: str = ""
    unfired: Unfired | None = None

    @property
    def is_heading(self) -> bool:
        return not self.outcome and self.unfired is None


def entries(explanation: Explanation) -> tuple[Entry, ...]:
    outcomes = tuple(Entry(name, _value(explanation, name), outcome=name) for name in explanation.graph.outcomes)
    refused = tuple(_sentence(u) for u in explanation.unfired)
    return (Entry("结果"), *outcomes, *((Entry("没有起作用的条文"),) if refused else ()), *refused)


def _value(explanation: Explanation, name: str) -> str:
    index = explanation.graph.quantities[name]
    return spoken(explanation.values[index], explanation.graph.nodes[index].kind)


def _sentence(unfired: Unfired) -> Entry:
    more = f"（{unfired.target}）" if unfired.target not in unfired.origin.clause else ""
    said = (_SIGNS.get(unfired.how, "✗"), _where(unfired), unfired.origin.clause + more)
    return Entry(" ".join(part for part in said if part), unfired=unfired)


def _where(unfired: Unfired) -> str:
    return place(unfired.origin.anchors[0].unit) if unfired.origin.anchors else ""


def first_entry(rows: Sequence[Entry], explanation: Explanation, step: Step | None) -> int:
    """The row for where the cursor of the reasoning stands; else the first outcome that is nothing or open."""
    found = [i for i, row in enumerate(rows) if step is not None and _is_of(row, step)]
    empty = [i for i, row in enumerate(rows) if row.outcome and _is_empty(explanation, row.outcome)]
    return next(chain(found, empty), 1)


def _is_of(row: Entry, step: Step) -> bool:
    if step.part is Part.UNFIRED:
        return row.unfired is not None and row.unfired.node == step.node and row.unfired.origin.anchors == step.anchors
    return bool(row.outcome) and row.outcome in (step.head, *step.key.split("/")[1:2])


def _is_empty(explanation: Explanation, name: str) -> bool:
    value = explanation.values[explanation.graph.quantities[name]]
    return is_pending(value) or (value == 0 and value is not False)


def anchors_of(explanation: Explanation, entry: Entry) -> tuple[Anchor, ...]:
    """Where it stands; of an outcome, what decided it, or else the first sentence that would have."""
    if entry.unfired is not None:
        return entry.unfired.origin.anchors
    decided = (f.origin.anchors for f in explanation.fired if f.target == entry.outcome and f.origin.anchors)
    would = (u.origin.anchors for u in explanation.unfired if u.target == entry.outcome)
    return next(chain(decided, would), ())


# --- what is told ---------------------------------------------------------------------------------------------------------------------------------


def told(explanation: Explanation, entry: Entry) -> tuple[Piece, ...]:
    """The conditions with their distance and the words of the notice; of an outcome, what made it what it is, and what did not."""
    if entry.unfired is not None:
        return _told_of_sentence(explanation, entry.unfired)
    return _told_of_outcome(explanation, entry.outcome) if entry.outcome else ()


def _told_of_sentence(explanation: Explanation, unfired: Unfired) -> tuple[Piece, ...]:
    rows: list[Piece] = [(f"{unfired.target}　{unfired.origin.clause}", "bold")]
    for condition in conditions(explanation, unfired):
        sign, style = _HOLDS[condition.holds]
        rows.append((f"{sign} {condition.text}", style))
    rows += [(f"{place(a.unit)}“{a.quote}”", "$text-accent") for a in unfired.origin.anchors[:3]]
    return tuple(rows)


def _told_of_outcome(explanation: Explanation, name: str) -> tuple[Piece, ...]:
    index = explanation.graph.quantities[name]
    value = explanation.values[index]
    rows: list[Piece] = [(f"{name}　{_value(explanation, name)}", "bold")]
    if is_pending(value):
        rows.append((f"？ {cause_text(value)}", "$text-warning"))
    for fired in (f for f in explanation.fired if f.target == name and f.origin.anchors):
        rows.append((f"✓ {place(fired.origin.anchors[0].unit)}　{fired.formula}", ""))
    for unfired in [u for u in explanation.unfired if u.target == name][:_MOST_REASONS]:
        rows.append((f"{_SIGNS.get(unfired.how, '✗')} {_where(unfired)} {unfired.origin.clause}：{unfired.reason}", "$text-error"))
    if len(rows) == 1 and value is not True:
        rows.append((f"✗ {explanation.why_not(index)}", "$text-error"))
    return tuple(rows)


# --- changes --------------------------------------------------------------------------------------------------------------------------------------


def search_of(case: Case, entry: Entry, stop: Callable[[], bool]) -> Search:
    """The search for what would change an entry; `stop` is asked before each decision."""
    assert case.explanation is not None and case.decision is not None
    explanation = case.explanation
    question = of_statement(explanation, entry.unfired) if entry.unfired is not None else of_outcome(explanation, entry.outcome)
    return Search(explanation, question, case.decision, case.book, attempts(case.data, case.policy.read, case.policy.decide), stop)


def change_said(remedy: Remedy) -> str:
    return "；".join(one_line(c.said) for c in remedy.changes)


def moved_gaps(case: Case, entry: Entry, remedy: Remedy) -> tuple[Gap, ...]:
    """What becomes another amount, that which was asked about first; what was changed itself is not told again."""
    assert case.decision is not None
    asked = entry.outcome or (entry.unfired.target if entry.unfired else "")
    made = {c.term.name for c in remedy.changes}
    moved = [g for g in gaps(case.decision, remedy.decision, case.visit) if not g.same and g.name not in made]
    return tuple(sorted(moved, key=lambda g: g.name != asked))


def gap_said(gap: Gap) -> str:
    return f"{gap.name} {gap.before} → {gap.after}" + (f"（{gap.by}）" if gap.by else "")


def fitting(words: Sequence[str], width: int) -> str:
    """As many whole items as there is room for; an amount is never cut."""
    line = ""
    for number, word in enumerate(words):
        longer = f"{line}　{word}" if line else word
        more = "　…" if number < len(words) - 1 else ""
        if cell_len(longer + more) > width:
            return f"{line}　…" if line else "…"
        line = longer
    return line
