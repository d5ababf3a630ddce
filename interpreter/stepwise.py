"""From one decided visit to another, one thing changed at a time, so that the differences of the steps add up to the whole difference.

Each step stands on the one before it. The order is that of the declarations: facts, parameters, the totals before the visit, readings, then,
between two policies, declarations and clauses. What a thing is worth depends on that order; that the worth adds up does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from grammar.document import Clause, Document, Kind, Term
from interpreter.compare import Divergence, Stand, amount, divergences, first_sentence
from interpreter.compile import Compiled, compile_documents
from interpreter.decision import VisitDecision
from interpreter.wording import spoken

#: The policy of 甲 under another selection of readings.
Under = Callable[[Mapping[str, str]], Compiled]


@dataclass(frozen=True, slots=True)
class Change:
    """`sort` is what kind of thing it is, in Chinese; without `before` and `after` it is the wording that changed."""

    sort: str
    name: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Step:
    """`changes` are several where what lies between them cannot be decided."""

    changes: tuple[Change, ...]
    before: Stand
    after: Stand

    def difference(self, outcome: str) -> int | None:
        """In fen."""
        one, other = amount(self.before, outcome), amount(self.after, outcome)
        return None if one is None or other is None else other - one

    def passed_on(self, outcome: str) -> Divergence | None:
        """The first sentence on the way to the outcome that said something else after the change."""
        return first_sentence(divergences(self.before, self.after, (outcome,)))


def chain(path: Sequence[Step], outcome: str) -> tuple[Step, ...]:
    """The steps that matter for an outcome, those between which it is undetermined made one; their differences sum to that of the ends."""
    merged: list[Step] = []
    for step in path:
        if merged and amount(merged[-1].after, outcome) is None and amount(merged[0].before, outcome) is not None:
            merged[-1] = Step((*merged[-1].changes, *step.changes), merged[-1].before, step.after)
        else:
            merged.append(step)
    return tuple(merged)


def path(a: Stand, b: Stand, under: Under) -> tuple[Step, ...]:
    """Every step from 甲 to 乙; the last one ends at what 乙 was decided as."""
    made: list[Step] = []
    waiting: tuple[Change, ...] = ()
    at = a
    for change, state in _states(a, b, under):
        waiting = (*waiting, change)
        if state.compiled.usable:
            following = _decided(state, a.visit)
            made.append(Step(waiting, at, following))
            at, waiting = following, ()
    return tuple(made)


@dataclass(frozen=True, slots=True)
class State:
    """What a visit's values follow from, on the way from 甲 to 乙."""

    compiled: Compiled
    facts: dict[str, Any]
    parameters: dict[str, Any]
    prior: dict[str, Any]


def _decided(state: State, visit: VisitDecision) -> Stand:
    values = tuple(state.compiled.run(state.facts, state.parameters, state.prior))
    return Stand(state.compiled, replace(visit, facts=state.facts, prior=state.prior, values=values, chosen=()), state.parameters)


def _states(a: Stand, b: Stand, under: Under) -> Iterator[tuple[Change, State]]:
    """`prior` holds the totals of both throughout, so that either policy finds its own."""
    state = State(a.compiled, _facts(a), a.parameters, b.visit.prior | a.visit.prior)
    kinds = {t.name: t.kind for t in a.compiled.book.terms if _alike(t, b.compiled.book.term.get(t.name))}
    for change, facts in _exchanges("填报", state.facts, _facts(b), kinds):
        state = replace(state, facts=facts)
        yield change, state
    for change, parameters in _exchanges("参数", state.parameters, b.parameters, kinds):
        state = replace(state, parameters=parameters)
        yield change, state
    totals = {name: kinds[name] for name in a.visit.prior if name in b.visit.prior and name in kinds}
    for change, prior in _exchanges("此前累计", state.prior, b.visit.prior, totals):
        state = replace(state, prior=prior)
        yield change, state
    state = replace(state, prior=state.prior | b.visit.prior)
    if a.compiled.digest == b.compiled.digest and a.compiled.notice.key == b.compiled.notice.key:
        yield from ((change, replace(state, compiled=compiled)) for change, compiled in _readings(a.compiled, b.compiled, under))
    else:
        state = State(b.compiled, _facts(b), b.parameters, state.prior)
        yield from ((change, replace(state, compiled=compiled)) for change, compiled in _policies(a.compiled, b.compiled))


def _exchanges(sort: str, values: dict[str, Any], ends: dict[str, Any], kinds: Mapping[str, Kind]) -> Iterator[tuple[Change, dict[str, Any]]]:
    """One value after the other taken from the other side."""
    for name, kind in kinds.items():
        if values.get(name) != ends.get(name):
            change = Change(sort, name, _said(values.get(name), kind), _said(ends.get(name), kind))
            values = _with(values, name, ends)
            yield change, values


def _alike(term: Term, other: Term | None) -> bool:
    """Whether what is filed for one can be filed for the other; else it changes with the policy."""
    sides = [(t.kind, t.origin, t.keyed, t.several, t.members) for t in (term, other) if t is not None]
    return len(sides) == 2 and sides[0] == sides[1]


def _facts(side: Stand) -> dict[str, Any]:
    return side.visit.facts | dict(side.visit.chosen)


def _said(value: Any, kind: Kind | None) -> str:
    return "未填报" if value is None else spoken(value, kind)


def _with(values: dict[str, Any], name: str, ends: Mapping[str, Any]) -> dict[str, Any]:
    kept = {k: v for k, v in values.items() if k != name}
    return kept | {name: ends[name]} if name in ends else kept


# --- readings and policies -----------------------------------------------------------------------------------------------------------------------


def _readings(a: Compiled, b: Compiled, under: Under) -> Iterator[tuple[Change, Compiled]]:
    """One reading after the other, as declared."""
    chosen, wanted = dict(a.book.selected), dict(b.book.selected)
    for reading in a.book.readings:
        before, after = chosen.get(reading.id, ""), wanted.get(reading.id, "")
        if before != after:
            chosen = chosen | {reading.id: after}
            done = all(chosen.get(r.id) == wanted.get(r.id) for r in a.book.readings)
            yield Change("读法", f"{reading.id} {reading.title}", before, after), b if done else under(chosen)


def _policies(a: Compiled, b: Compiled) -> Iterator[tuple[Change, Compiled]]:
    """Declarations and readings first, then clause by clause as 乙 has them; policies with little in common are changed as a whole."""
    ours, theirs = ({c.name: c for d in side.documents for c in d.clauses} for side in (a, b))
    whole = Change("政策", "", a.book.name or a.book.key, b.book.name or b.book.key)
    common = sum(name in ours for name in theirs)
    if common * 2 < len(ours) or a.notice.key != b.notice.key:
        yield whole, b
        return
    changed = [n for n in dict.fromkeys((*ours, *theirs)) if _wording(a, ours.get(n)) != _wording(b, theirs.get(n))]
    mixed = dict(ours)
    yield Change("登记", "用语、名录、读法和支付顺序"), _mixed(b, mixed) if changed else b
    for name in changed:
        mixed = _exchanged(mixed, name, theirs.get(name))
        sort = "改" if name in ours and name in theirs else "增" if name in theirs else "删"
        done = name == changed[-1]
        yield Change("条款", name, "" if sort == "增" else "原有", {"改": "改写", "增": "新增", "删": "删去"}[sort]), b if done else _mixed(b, mixed)


def _exchanged(clauses: dict[str, Clause], name: str, clause: Clause | None) -> dict[str, Clause]:
    return {k: v for k, v in clauses.items() if k != name} if clause is None else clauses | {name: clause}


def _mixed(b: Compiled, clauses: Mapping[str, Clause]) -> Compiled:
    """The documents of 乙 with these clauses in place of its own; one that it does not have stands in its first document."""
    homes = {c.name: n for n, d in enumerate(b.documents) for c in d.clauses}
    documents: list[Document] = [
        replace(d, cases=(), clauses=tuple(c for name, c in clauses.items() if homes.get(name, 0) == n)) for n, d in enumerate(b.documents)
    ]
    return compile_documents(b.sources, tuple(documents), (), b.notice, dict(b.book.selected))


def _wording(side: Compiled, clause: Clause | None) -> str:
    """The text of a clause in its file, up to the next heading."""
    if clause is None:
        return ""
    home = next((d.name for d in side.documents if clause in d.clauses), "")
    text = next((s.text for s in side.sources if s.name == home), "")
    return text[clause.span.start :].partition("\n【")[0].strip()
