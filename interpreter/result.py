"""Decision → the result of interface section 3: outcomes, what is undetermined and why, sentences, waterfall, totals."""

from __future__ import annotations

from typing import Any

from grammar.document import Kind, Term
from grammar.document import Origin as Given
from interpreter.decision import Decision, VisitDecision
from interpreter.explain import Explanation
from interpreter.generate import unreckonable
from interpreter.graph import Origin
from interpreter.notes import NOTES
from interpreter.operators import TABLE
from interpreter.rulebook import Rulebook
from interpreter.suppose import SAMPLE
from interpreter.values import NOT_APPLICABLE, Pending, Why, is_number, is_pending, pending
from interpreter.wording import filed_text, is_absent

ENGINE = "youju 0.1.0"


def result(book: Rulebook, decision: Decision, digest: str) -> dict[str, Any]:
    """The whole answer as plain data, in a fixed order."""
    shown = decision.visits
    return {
        "政策": book.key,
        "政策哈希": digest,
        "引擎": ENGINE,
        "就诊": [visit_result(book, decision, v) for v in shown],
        "合计": totals(book, decision),
        "读法": dict(book.selected),
        "提示": [said for note in NOTES for said in note(book, decision)],
    }


def visit_result(book: Rulebook, decision: Decision, visit: VisitDecision) -> dict[str, Any]:
    graph = decision.graph
    explanation = Explanation(graph, visit)
    values = {o: visit.value(graph, o) for o in graph.outcomes}
    made: dict[str, Any] = {
        "结果": {o: outcome(book, o, v) for o, v in values.items() if v is not NOT_APPLICABLE or book.term[o].kind is not Kind.MONEY}
        | _supposed(book, decision, visit.number),
        "待定": [_undetermined(o, v, explanation) for o, v in values.items() if isinstance(v, Pending)],
        "适用": [row | _chain(book) for row in _fired(explanation)],
        "未适用": [row | _chain(book) for row in _unfired(explanation)],
        "瀑布": waterfall(book, decision, visit),
    }
    if visit.chosen:
        made["按"] = dict(visit.chosen)
    if visit.voided:
        made["作废"] = True
    return made


def _chain(book: Rulebook) -> dict[str, Any]:
    """The letters by which the document reached this place, outermost last, for a notice that was forwarded."""
    return {"转发": list(book.chain)} if book.chain else {}


def outcome(book: Rulebook, name: str, value: Any) -> Any:
    return filed_text(value, book.term[name].kind, book.term[name].decimals)


def _supposed(book: Rulebook, decision: Decision, number: int) -> dict[str, Any]:
    """若为是_X, 若为否_X, X_下限, X_上限 for every outcome that depends on what is unknown, and the name of what is."""
    made: dict[str, Any] = _unknown(decision)
    open_ = [o for o in decision.graph.outcomes if is_pending(decision.visits[number].value(decision.graph, o))]
    for label, _, other in (row for row in decision.supposed if row[0] != SAMPLE):
        for o in open_:
            value = other.visits[number].value(decision.graph, o)
            if not is_pending(value) and value is not NOT_APPLICABLE:
                made[f"{label}_{o}"] = outcome(book, o, value)
    for name in dict.fromkeys(name for label, name, _ in decision.supposed if label == SAMPLE):
        sampled = [d.visits[number] for label, its, d in decision.supposed if (label, its) == (SAMPLE, name)]
        for o in open_:
            made |= _bounds(book, o, [v.value(decision.graph, o) for v in sampled])
    return made


def _bounds(book: Rulebook, name: str, values: list[Any]) -> dict[str, Any]:
    """The lowest and the highest of an outcome; a word that is the same whatever the parameter is both."""
    if not values or any(is_pending(v) or v is NOT_APPLICABLE for v in values):
        return {}
    if all(is_number(v) for v in values):
        return {f"{name}_下限": outcome(book, name, min(values)), f"{name}_上限": outcome(book, name, max(values))}
    return {f"{name}_{end}": outcome(book, name, values[0]) for end in ("下限", "上限")} if all(v == values[0] for v in values) else {}


def _unknown(decision: Decision) -> dict[str, Any]:
    """缺失事实 and 缺失参数: the names of all that was supposed one way and the other."""
    found: dict[str, dict[str, None]] = {}
    for label, name, _ in decision.supposed:
        found.setdefault("缺失参数" if label == SAMPLE else "缺失事实", {}).setdefault(name)
    return {said: "、".join(names) for said, names in found.items()}


def _undetermined(outcome: str, value: Pending, explanation: Explanation) -> dict[str, Any]:
    said: dict[str, Any] = {"项目": outcome}
    missing = [c.name for c in value.causes if c.why is Why.MISSING]
    if missing:
        said["缺少"] = missing
    others = [{"情形": str(c.why), "内容": c.name or outcome} for c in value.causes if c.why is not Why.MISSING]
    if any(c.why is Why.CONFLICT for c in value.causes):
        said["冲突"] = [{"项目": name, "规定": [_place(o) for o in origins]} for name, origins in explanation.conflicts]
    return said | ({"原因": others} if others else {})


def _place(origin: Origin) -> dict[str, str]:
    anchor = origin.anchors[0] if origin.anchors else None
    return {"条": anchor.unit if anchor else "", "条款": origin.clause, "原文": anchor.quote if anchor else origin.text}


def _fired(explanation: Explanation) -> list[dict[str, Any]]:
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for fired in explanation.fired:
        for anchor in fired.origin.anchors:
            said = f"{fired.target}：{fired.formula}" if fired.formula else fired.target
            row = rows.setdefault(
                (anchor.unit, fired.origin.clause), {"条": anchor.unit, "条款": fired.origin.clause, "原文": anchor.quote, "代入": said}
            )
            if said not in row["代入"]:
                row["代入"] += f"；{said}"
    return list(rows.values())


def _unfired(explanation: Explanation) -> list[dict[str, Any]]:
    done = {a.unit for f in explanation.fired for a in f.origin.anchors if f.origin.standing != "约定"}
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for unfired in explanation.unfired:
        for anchor in unfired.origin.anchors:
            key = (anchor.unit, unfired.origin.clause)
            also = {"部分": True} if anchor.unit in done else {}
            rows.setdefault(key, {"条": anchor.unit, "条款": unfired.origin.clause, "情形": unfired.how, "原因": unfired.reason} | also)
    return list(rows.values())


def waterfall(book: Rulebook, decision: Decision, visit: VisitDecision) -> list[dict[str, str]]:
    """Who pays what, in the order in force, the person last; empty when no order applies or the bill is undetermined. A share may be 待定."""
    graph = decision.graph
    payer = {term: name for name, term in book.payment_of.items()}
    for guard, total, payments, rest in graph.orders:
        if guard >= 0 and visit.values[guard] is not True:
            continue
        if total not in graph.quantities or is_pending(visit.value(graph, total)):
            continue
        shares = [visit.value(graph, p) if p in graph.quantities else pending(Why.SILENT, p) for p in payments]
        borne = visit.value(graph, rest) if rest in graph.quantities else _left(visit.value(graph, total), shares)
        rows = [*((payer.get(p, p), share) for p, share in zip(payments, shares, strict=True)), ("个人", borne)]
        return [{"付费方": name, "金额": str(filed_text(v, Kind.MONEY))} for name, v in rows if v is not NOT_APPLICABLE]
    return []


def _left(total: Any, shares: list[Any]) -> Any:
    """What the shares leave, where nothing else asks for it."""
    return TABLE["rest"].apply(TABLE["fill"].apply(total, *shares))


# --- totals --------------------------------------------------------------------------------------------------------------------------------------


def totals(book: Rulebook, decision: Decision) -> dict[str, Any]:
    """Sums over the claim, over each year, and what a voiding event compares."""
    standing = [v for v in decision.visits if not v.voided]
    whole = _summed(book, decision, standing)
    years = sorted({v.year for v in standing if v.year is not None})
    by_year = {f"{y}年度合计": _summed(book, decision, [v for v in standing if v.year == y]) for y in years}
    return whole | {"合计": dict(whole)} | by_year | _compared(book, decision)


def _summands(book: Rulebook) -> list[tuple[str, Term]]:
    """Name shown → the term that is summed: every money outcome, those whose last figure stands, and the declared sums."""
    money = [(t.name, t) for t in book.terms if t.origin is Given.OUTCOME and (t.kind is Kind.MONEY or t.latest)]
    return money + [(t.name, book.term[t.source]) for t in book.terms if t.origin is Given.SUMMARY]


def _summed(book: Rulebook, decision: Decision, visits: list[VisitDecision]) -> dict[str, str]:
    said: dict[str, str] = {}
    in_turn = sorted(visits, key=lambda v: decision.order.index(v.number))
    for name, term in _summands(book):
        values = [v.value(decision.graph, term.name) for v in in_turn]
        if all(v is NOT_APPLICABLE for v in values):
            continue
        if term.latest:
            said[name] = str(outcome(book, term.name, next(v for v in reversed(values) if v is not NOT_APPLICABLE)))
            continue
        said[name] = str(filed_text(_sum(values), term.kind))
    return said


def _compared(book: Rulebook, decision: Decision) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for event in book.events:
        if not (event.voids and event.compared and decision.original):
            continue
        before = {c: [v.value(decision.graph, c) for v in decision.original] for c in event.compared}
        after = {c: [0 if v.voided else v.value(decision.graph, c) for v in decision.visits] for c in event.compared}
        said[event.before], said[event.after] = _told(before), _told(after)
        overpaid: Any = 0
        for name in event.compared:
            overpaid = TABLE["add"].apply(overpaid, TABLE["excess"].apply(_sum(before[name]), _sum(after[name])))
        said[event.overpaid] = str(filed_text(overpaid, Kind.MONEY))
    return said


def _told(amounts: dict[str, list[Any]]) -> dict[str, str]:
    """One quantity visit by visit; several, each with its sum."""
    if len(amounts) == 1:
        return _listed(next(iter(amounts.values())))
    return {name: str(filed_text(_sum(values), Kind.MONEY)) for name, values in amounts.items()}


def _sum(values: list[Any]) -> Any:
    """What cannot be added (未公布, a date) leaves the sum undetermined."""
    total: Any = 0
    for value in values:
        addable = is_pending(value) or is_absent(value) or is_number(value)
        total = TABLE["add"].apply(total, value if addable else unreckonable(value))
    return total


def _listed(values: list[Any]) -> dict[str, str]:
    rows = {f"第{i + 1}笔": str(filed_text(v, Kind.MONEY)) for i, v in enumerate(values)}
    return rows | {"合计": str(filed_text(_sum(values), Kind.MONEY))}


def headline(book: Rulebook, decision: Decision, visit: VisitDecision) -> str:
    """One line for a status bar: the payments and what the person bears."""
    rows = waterfall(book, decision, visit)
    return "　".join(f"{r['付费方']} {r['金额']}" for r in rows) or "待定"
