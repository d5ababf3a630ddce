"""A claim as filed with some of its facts or parameters changed, and what that does: amounts and sentences, before and after.

Nothing is foreseen: a change is written into the claim, the claim is read and decided, and the two decisions are laid side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from grammar.document import Kind, Origin, Term
from interpreter.claim import Claim
from interpreter.decision import Decision
from interpreter.explain import Explanation, Fired
from interpreter.operators import TABLE
from interpreter.rulebook import Rulebook
from interpreter.values import is_number
from interpreter.wording import distance, filed_text, plain_ratio, spoken


@dataclass(frozen=True, slots=True)
class Change:
    """Another value for a fact of a visit, or, where `visit` is -1, for a parameter. None is unknown."""

    term: Term
    visit: int
    before: Any
    after: Any

    @property
    def said(self) -> str:
        """「床日数 3 → 4（差 1）」"""
        before, after = (_said(v, self.term.kind) for v in (self.before, self.after))
        gap = "" if self.before is None or self.after is None else distance(self.before, self.after, self.term.kind)
        return f"{self.term.name} {before} → {after}" + (f"（{gap}）" if gap else "")


def _said(value: Any, kind: Kind) -> str:
    if value is None:
        return "不知道"
    return "、".join(value) or "没有" if kind is Kind.CATALOGUE and isinstance(value, tuple) else spoken(value, kind)


Changes = tuple[Change, ...]
#: The decision of the claim with these changes, or None where it cannot be filed so.
Attempt = Callable[[Changes], Decision | None]


def raw_of(term: Term, value: Any) -> Any:
    """A value as a claim file has it."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, frozenset) or (term.kind is Kind.CATALOGUE and isinstance(value, tuple)):
        return sorted(value)
    if term.kind is Kind.RATIO and is_number(value):
        return plain_ratio(value, "6")
    return filed_text(value, term.kind) if isinstance(value, date) or is_number(value) else value


def refiled(data: dict[str, Any], changes: Changes) -> dict[str, Any]:
    """The claim file with the changes in it."""
    parameters, visits = dict(data.get("参数") or {}), [dict(v) for v in data["就诊"]]
    for change in changes:
        section = parameters if change.visit < 0 else visits[change.visit]
        section.pop(change.term.name, None)
        if change.after is not None:
            section[change.term.name] = raw_of(change.term, change.after)
    return data | {"就诊": visits} | ({"参数": parameters} if parameters or "参数" in data else {})


def attempts(data: dict[str, Any], read: Callable[[Any], tuple[Claim | None, tuple[str, ...]]], decide: Callable[[Claim], Decision]) -> Attempt:
    """How changes of a claim are tried."""

    def attempt(changes: Changes) -> Decision | None:
        claim, _ = read(refiled(data, changes))
        return decide(claim) if claim is not None else None

    return attempt


def value_in(claim: Claim, term: Term, visit: int) -> Any:
    return (claim.parameters if term.origin is Origin.PARAMETER else claim.visits[visit]).get(term.name)


# --- what became of it ----------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Gap:
    """An outcome before and after, in words; `by` is the signed difference where both are numbers, nothing where they are the same."""

    name: str
    before: str
    after: str
    by: str

    @property
    def same(self) -> bool:
        return self.before == self.after


def gaps(a: Decision, b: Decision, visit: int) -> tuple[Gap, ...]:
    """Every outcome of a visit, in the order they are shown in."""
    return tuple(_gap(name, a.graph.nodes[a.graph.quantities[name]].kind, *_pair(a, b, visit, name)) for name in a.graph.outcomes)


def _pair(a: Decision, b: Decision, visit: int, name: str) -> tuple[Any, Any]:
    return a.visits[visit].value(a.graph, name), b.visits[visit].value(b.graph, name)


def _gap(name: str, kind: Kind | None, before: Any, after: Any) -> Gap:
    words = spoken(before, kind, False), spoken(after, kind, False)
    if words[0] == words[1] or not (is_number(before) and is_number(after)):
        return Gap(name, *words, "")
    by = TABLE["subtract"].apply(after, before)
    return Gap(name, *words, ("+" if by > 0 else "") + spoken(by, kind, False))


def yearly_gaps(book: Rulebook, a: Decision, b: Decision) -> tuple[Gap, ...]:
    """The same of the sums over all visits, where there are several; a sum that some visit leaves open is 待定."""
    if len(a.visits) < 2:
        return ()
    summed = [t for t in book.terms if t.origin is Origin.OUTCOME and t.kind is Kind.MONEY and not t.latest]
    pairs = ((t.name, t.kind, _sum(a, t.name), _sum(b, t.name)) for t in summed)
    return tuple(_gap(f"合计 {name}", kind, before, after) for name, kind, before, after in pairs)


def _sum(decision: Decision, name: str) -> Any:
    total: Any = 0
    for visit in decision.visits:
        if not visit.voided:
            total = TABLE["add"].apply(total, visit.value(decision.graph, name))
    return total


def parted(a: Explanation, b: Explanation) -> tuple[tuple[Fired, ...], tuple[Fired, ...]]:
    """Sentences of the notice that decided something before and no longer do; and those that now do."""
    return tuple(_without(a.fired, b.fired)), tuple(_without(b.fired, a.fired))


def _without(these: Sequence[Fired], those: Sequence[Fired]) -> Iterator[Fired]:
    """Each sentence once."""
    done = {f.origin for f in those}
    for fired in these:
        if fired.origin.anchors and fired.origin not in done:
            done.add(fired.origin)
            yield fired
