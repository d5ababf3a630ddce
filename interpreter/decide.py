"""Graph × claim → decision: the person's visits in turn, each with the totals the earlier ones left (the year is a fold)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

from grammar.document import Kind, Term
from interpreter.claim import Claim, Occurrence
from interpreter.decision import Decision, VisitDecision
from interpreter.generate import Program, unreckonable
from interpreter.graph import Graph
from interpreter.operators import TABLE
from interpreter.rulebook import Rulebook
from interpreter.suppose import suppositions
from interpreter.values import NOT_APPLICABLE, UNSET, Cause, Pending, Why, is_number, is_pending, merged, pending

#: (year or none for the visit before, quantity, the value that keeps totals apart or nothing) → total so far
Totals = Mapping[tuple[int | None, str, Any], Any]
#: What adds nothing to a total.
_NOTHING = (0, NOT_APPLICABLE, UNSET)


def decide(book: Rulebook, graph: Graph, run: Program, claim: Claim) -> Decision:
    """Decide every visit, and where something declared so is unknown, once more for each way it could be (并列的情形, 上下限)."""
    decision = decide_once(book, graph, run, claim)
    supposed = suppositions(book.terms, decision, lambda c: decide_once(book, graph, run, c))
    return replace(decision, supposed=supposed) if supposed else decision


def decide_once(book: Rulebook, graph: Graph, run: Program, claim: Claim) -> Decision:
    """A voiding event decides the claim twice: as it was paid, and with the visit void from the beginning."""
    facts = [dict(v) for v in claim.visits]
    for occurrence in claim.events:
        _mark(book, facts, occurrence)
    voided, uncounted = (_found(book, claim, facts, events) for events in _replaying(book))
    order = _order(book, facts)
    visits = _fold(book, graph, run, claim, facts, order, voided, uncounted)
    original = _fold(book, graph, run, claim, facts, order, frozenset(), uncounted) if voided else ()
    return Decision(graph, claim, visits, order, original)


def _deciding(book: Rulebook, facts: dict[str, Any]) -> date | None:
    """The first of the declared dates that was filled in (the graph's own 计算日期 says the same)."""
    for name in book.deciding:
        value = facts.get(name)
        if isinstance(value, date):
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return date(value, 1, 1)
    return None


def _order(book: Rulebook, facts: list[dict[str, Any]]) -> tuple[int, ...]:
    """By the declared sequence dates, then the deciding date; visits without any keep their place at the end. Ties keep the order filed."""

    def key(number: int) -> tuple[bool, date]:
        listed = [facts[number].get(name) for name in book.sequence]
        day = next((d for d in listed if isinstance(d, date)), None) or _deciding(book, facts[number])
        return day is None, day or date.max

    return tuple(sorted(range(len(facts)), key=key))


def _fold(
    book: Rulebook,
    graph: Graph,
    run: Program,
    claim: Claim,
    facts: list[dict[str, Any]],
    order: tuple[int, ...],
    voided: frozenset[int],
    uncounted: frozenset[int],
) -> tuple[VisitDecision, ...]:
    totals: Totals = {}
    decided: dict[int, VisitDecision] = {}
    for number in order:
        visit = _visit(book, graph, run, claim, facts[number], number, totals)
        if number in voided:
            decided[number] = VisitDecision(number, visit.facts, visit.prior, visit.values, visit.year, visit.chosen, True)
        else:
            decided[number] = visit
            totals = totals if number in uncounted else after(book, graph, totals, visit)
    return tuple(decided[i] for i in range(len(facts)))


def _visit(book: Rulebook, graph: Graph, run: Program, claim: Claim, facts: dict[str, Any], number: int, totals: Totals) -> VisitDecision:
    day = _deciding(book, facts)
    year = day.year if day else None
    prior = {name: _before(book, facts, year, name, how, totals) for name, how in graph.totals.items()}
    candidates = _alternatives(book, facts)
    criteria = _criteria(book, graph, candidates[0])
    decided = []
    for chosen in candidates:
        tried = facts | dict(chosen)
        decided.append(VisitDecision(number, facts, prior, tuple(run(tried, claim.parameters, prior)), year, chosen))
    return decided[0] if len(decided) == 1 else _best(graph, criteria, decided)


def _before(book: Rulebook, facts: dict[str, Any], year: int | None, name: str, how: str, totals: Totals) -> Any:
    """The total before this visit; before the year's first visit listed, the opening balance it states. The visit before may be in any year.

    An opening balance is of the year of the first visit listed: a later year begins at nothing.
    """
    key = (None if how == "last" else year, name, book.canonical(facts.get(book.term[name].by)))
    unplaced = _unplaced(book, key, year is None and how != "last", totals)
    if unplaced:
        return Pending(unplaced)
    if key in totals:
        return totals[key]
    opening = book.openings.get(name)
    nothing = NOT_APPLICABLE if book.term[name].kind is Kind.CHOICE else 0
    if opening is not None:
        begun_before = year is not None and any(what == name and when is not None and when < year for when, what, _ in totals)
        return facts.get(opening, nothing if begun_before else pending(Why.MISSING, opening))
    return nothing


def _unplaced(book: Rulebook, key: tuple[int | None, str, Any], undated: bool, totals: Totals) -> tuple[Cause, ...]:
    """The facts nobody filed that say which total is meant: for this visit, where there are totals to choose from, or for an earlier one."""
    year, name, part = key
    by = book.term[name].by
    missing = set(book.deciding) if undated and _begun(totals, name, None, part) else set()
    if by and ((part is None and _begun(totals, name, year, None)) or (key not in totals and (year, name, None) in totals)):
        missing.add(by)
    return tuple(sorted(Cause(Why.MISSING, fact) for fact in missing))


def _begun(totals: Totals, name: str, year: int | None, part: Any) -> bool:
    """Is there a total of this name that is not nothing: of this year and this part, where they are known?"""
    found = (total for (when, what, its), total in totals.items() if what == name and year in (None, when) and (part is None or its in (None, part)))
    return any(total not in _NOTHING for total in found)


def _alternatives(book: Rulebook, facts: dict[str, Any]) -> list[tuple[tuple[str, str], ...]]:
    """Every way to be one member of each class that may be chosen and of which several are filed; () alone where nothing is to be chosen."""
    options = []
    for choice in book.choices:
        value = facts.get(choice.term)
        if isinstance(value, frozenset) and len(value) > 1:
            options.append([(choice.term, m) for m in book.term[choice.term].members if m in value])
    return list(product(*options))


def _criteria(book: Rulebook, graph: Graph, chosen: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """What the chosen classes are compared by, in the order declared."""
    terms = {term for term, _ in chosen}
    named = (c for choice in book.choices if choice.term in terms for c in choice.criteria)
    return tuple(dict.fromkeys(c for c in named if c in graph.quantities))


def _best(graph: Graph, criteria: tuple[str, ...], decided: list[VisitDecision]) -> VisitDecision:
    """A whole class by its total, never quantity by quantity; the first listed of those that tie. An undetermined total is not compared away.

    A total that is undetermined whichever class it is (nothing of it was filed) compares nothing, and the next one does.
    """
    left, passed = decided, Pending(())
    for criterion in criteria:
        values = [visit.value(graph, criterion) for visit in left]
        if all(is_pending(v) for v in values):
            passed = merged((passed, *values))
        elif any(is_pending(v) for v in values):
            return _undecided(left, merged(values))
        else:
            highest = max((v for v in values if is_number(v)), default=None)
            left = [visit for visit, value in zip(left, values, strict=True) if highest is None or value == highest]
    return _undecided(left, passed) if passed.causes and len(left) > 1 else left[0]


def _undecided(decided: list[VisitDecision], missing: Pending) -> VisitDecision:
    """Nobody knows which class it will be: what differs between them is as undetermined as the total that decides."""
    values = tuple(each[0] if len(set(map(repr, each))) == 1 else missing for each in zip(*(v.values for v in decided), strict=True))
    return replace(decided[0], values=values, chosen=())


def after(book: Rulebook, graph: Graph, totals: Totals, visit: VisitDecision) -> Totals:
    """The totals once this visit is decided. An undetermined amount leaves the year's total undetermined; so does one whose total nobody knows."""
    added = dict(totals)
    for name, how in graph.totals.items():
        term = book.term[name]
        key = (None if how == "last" else visit.year, name, book.canonical(visit.facts.get(term.by)))
        value = visit.values[graph.quantities[name]]
        if not term.by or key[2] is not None:
            added[key] = _total(term, how, visit.prior[name], value)
        elif how == "last" or value not in _NOTHING:
            unplaced = pending(Why.MISSING, term.by)
            added |= {k: unplaced for k in totals if k[:2] == key[:2]} | {key: unplaced}
    return added


def _total(term: Term, how: str, prior: Any, value: Any) -> Any:
    if how == "last":
        return value
    if value is NOT_APPLICABLE or value is UNSET or isinstance(value, bool):
        return prior
    if how == "highest" and term.kind is Kind.CHOICE and isinstance(value, (str, Pending)):
        return TABLE["higher"].apply(prior, value, term.members)
    if isinstance(value, (str, frozenset)):
        return unreckonable(value)
    return TABLE["greater" if how == "highest" else "add"].apply(prior, value)


# --- events --------------------------------------------------------------------------------------------------------------------------------------


def _mark(book: Rulebook, facts: list[dict[str, Any]], occurrence: Occurrence) -> None:
    """Set the flags an event declares: on the visit it touches, on later visits of its year, on every visit of its year."""
    event = next(e for e in book.events if e.name == occurrence.event)
    touched = _touched(book, facts, occurrence)
    for number, visit in enumerate(facts):
        day = _deciding(book, visit)
        same_year = occurrence.day is not None and day is not None and day.year == occurrence.day.year
        if event.touched and number == touched:
            visit[event.touched] = True
        if event.later and number != touched and same_year and day is not None and occurrence.day is not None and day >= occurrence.day:
            visit[event.later] = True
        if event.whole_year and same_year:
            visit[event.whole_year] = True


def _touched(book: Rulebook, facts: list[dict[str, Any]], occurrence: Occurrence) -> int | None:
    """The visit named, or without a number the latest before the finding."""
    if occurrence.visit is not None:
        return occurrence.visit
    days = [(_deciding(book, v), n) for n, v in enumerate(facts)]
    before = [(d, n) for d, n in days if d is not None and (occurrence.day is None or d <= occurrence.day)]
    return max(before)[1] if before else None


def _replaying(book: Rulebook) -> tuple[set[str], set[str]]:
    """Events that make their visit void, and events that leave it out of the totals of later visits."""
    return {e.name for e in book.events if e.voids}, {e.name for e in book.events if e.uncounted}


def _found(book: Rulebook, claim: Claim, facts: list[dict[str, Any]], events: set[str]) -> frozenset[int]:
    touched = (_touched(book, facts, o) for o in claim.events if o.event in events)
    return frozenset(t for t in touched if t is not None)
