"""提示: what a reader of the result must know besides the amounts. Each note is a function; the table at the end is their order."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from grammar.acts import SetFlag
from grammar.document import Kind
from grammar.walk import parts_of
from interpreter.decision import Decision, VisitDecision
from interpreter.explain import Explanation
from interpreter.graph import Sort
from interpreter.rulebook import Rulebook
from interpreter.values import is_pending
from interpreter.wording import spoken

Note = Callable[[Rulebook, Decision], tuple[str, ...]]


def defaults(book: Rulebook, decision: Decision) -> tuple[str, ...]:
    """What was not filled in, mattered to an outcome, and was taken as declared; a fact that an event set was not."""
    said: dict[tuple[str, str], list[int]] = {}
    reached = [_facts_reached(decision, v) for v in decision.visits]
    for visit, name, value in decision.claim.assumed:
        used = any(name in r for r in reached) if visit < 0 else name in reached[visit] and not _set_by_event(decision, visit, name)
        if used and value != "不适用":
            said.setdefault((name, value.strip("“”")), []).append(visit)
    return tuple(_default_text(decision, *key, visits) for key, visits in said.items())


def _set_by_event(decision: Decision, visit: int, name: str) -> bool:
    return bool(decision.visits[visit].facts.get(name) != decision.claim.visits[visit].get(name))


def discretion(book: Rulebook, decision: Decision) -> tuple[str, ...]:
    """Sentences that decided something 原则上 only: somebody may decide otherwise."""
    vague = {(o.source, o.start) for _, s, o in book.statements if any(isinstance(p, SetFlag) and p.in_principle for p in parts_of(s.sentence))}
    found: dict[str, list[int]] = {}
    for visit in decision.visits if vague else ():
        for origin in {f.origin for f in Explanation(decision.graph, visit).fired if (f.origin.source, f.origin.start) in vague}:
            words = "".join(a.quote for a in origin.anchors) or origin.text
            found.setdefault(f"条款“{origin.clause}”只是“原则上”，可以裁量：「{words}」", []).append(visit.number)
    return tuple(_where(decision, visits) + said for said, visits in sorted(found.items()))


def unrounded(book: Rulebook, decision: Decision) -> tuple[str, ...]:
    """Outcomes with a part of a fen: no sentence says how it is rounded, so what is printed is not quite what was reckoned."""
    found: dict[str, list[int]] = {}
    for visit in decision.visits:
        for name in decision.graph.outcomes:
            value = visit.value(decision.graph, name)
            if book.term[name].kind is Kind.MONEY and isinstance(value, Fraction) and value.denominator != 1:
                found.setdefault(name, []).append(visit.number)
    return tuple(f"{_where(decision, visits)}“{name}”有不足一分的零头，条款没有写怎样进位，写出的数是四舍五入的" for name, visits in found.items())


def _default_text(decision: Decision, name: str, value: str, visits: list[int]) -> str:
    if visits == [-1]:
        return f"没有提供参数“{name}”，按“{value}”计算"
    return f"{_where(decision, visits)}没有填报“{name}”，按“{value}”计算"


def _where(decision: Decision, visits: list[int]) -> str:
    return "" if len(visits) == len(decision.visits) else f"第{'、'.join(str(v + 1) for v in visits)}笔"


def _facts_reached(decision: Decision, visit: VisitDecision) -> set[str]:
    nodes = decision.graph.nodes
    return {nodes[i].detail for i in Explanation(decision.graph, visit).reached if nodes[i].sort in (Sort.FACT, Sort.PARAMETER)}


def idle_openings(book: Rulebook, decision: Decision) -> tuple[str, ...]:
    """An opening balance filed with a visit before which the listed visits already give another total."""
    assumed = {(number, fact) for number, fact, _ in decision.claim.assumed}
    found = []
    for visit in decision.visits:
        for name, opening in book.openings.items():
            filed, held = decision.claim.visits[visit.number].get(opening), visit.prior.get(name)
            if filed is not None and (visit.number, opening) not in assumed and not is_pending(filed) and held not in (filed, None):
                kind = book.term[opening].kind
                said = f"第{visit.number + 1}笔填报的“{opening}”{spoken(filed, kind)}没有用到"
                found.append(f"{said}：此前列出的各笔合计{spoken(held, kind)}")
    return tuple(found)


def unnumbered_events(book: Rulebook, decision: Decision) -> tuple[str, ...]:
    """Which visit an event was taken to be about that does not say it."""
    flags = {e.name: e.touched for e in book.events}
    return tuple(
        f"事件“{event.event}”没有写明第几笔，按核定前最近的一笔（第{visit.number + 1}笔）计算"
        for event in decision.claim.events
        if event.visit is None and len(decision.visits) > 1
        for visit in decision.visits
        if visit.facts.get(flags.get(event.event, "")) is True and decision.claim.visits[visit.number].get(flags[event.event]) is not True
    )


NOTES: tuple[Note, ...] = (defaults, discretion, idle_openings, unnumbered_events, unrounded)
