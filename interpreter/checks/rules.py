"""Rules among themselves: quantities nobody gives, rules that contradict each other whatever the claim, waivers without a reading."""

from __future__ import annotations

from collections.abc import Iterator

from grammar.acts import Exempt
from grammar.diagnostic import Diagnostic, Related, Severity
from grammar.document import Clause, Kind, Origin, Standing
from grammar.source import Span
from grammar.walk import parts_of
from interpreter.checks.reading import Dossier
from interpreter.graph import Contender, Graph, Sort
from interpreter.values import is_pending


def never_given(dossier: Dossier) -> Iterator[Diagnostic]:
    """Code: never-given: an outcome or a derived quantity without a rule, a definition or a closing line."""
    book = dossier.compiled.book
    targets = {r.target for r in book.rules} | {p.term for o, _, _ in book.orders for p in o.payments} | {o.rest for o, _, _ in book.orders}
    for name, term in _derived(dossier):
        if term not in targets:
            span = book.term[term].span
            yield Diagnostic("never-given", f"没有条款规定“{term}”怎样得出", name, span, hint="请写一条规定它的条款，或者写“没有规定的为…”。")


def _derived(dossier: Dossier) -> Iterator[tuple[str, str]]:
    plain = (Kind.MONEY, Kind.RATIO, Kind.COUNT, Kind.DATE, Kind.BOOLEAN, Kind.CHOICE, Kind.TEXT, Kind.PERSONS)
    for document in dossier.compiled.documents:
        for term in document.terms:
            given = term.meaning is not None or term.closing or term.filed_first
            if term.origin in (Origin.OUTCOME, Origin.DERIVED) and term.kind in plain and not given:
                yield document.name, term.name


def contradicting(dossier: Dossier) -> Iterator[Diagnostic]:
    """Code: certain-conflict: two rules for one quantity with the same condition, different constant values and no order between them."""
    graph = dossier.compiled.graph
    for index, node in enumerate(graph.nodes):
        if node.sort is Sort.PICK:
            for i, one in enumerate(node.detail):
                for other in node.detail[i + 1 :]:
                    if _contradict(graph, one, other, i, node.detail):
                        yield _conflict(graph.names.get(index, node.label), one, other)


def _contradict(graph: Graph, one: Contender, other: Contender, position: int, all_: tuple[Contender, ...]) -> bool:
    if one.guard != other.guard or one.rank != other.rank:
        return False
    index = all_.index(other)
    if index in one.overrides or position in other.overrides or one.value == other.value:
        return False
    a, b = graph.nodes[one.value], graph.nodes[other.value]
    return a.sort is b.sort is Sort.CONST and not is_pending(a.detail) and not is_pending(b.detail) and a.detail != b.detail


def _conflict(target: str, one: Contender, other: Contender) -> Diagnostic:
    said = [f"条款“{c.origin.clause}”：「{c.origin.anchors[0].quote if c.origin.anchors else c.origin.text}」" for c in (one, other)]
    span = Span(one.origin.start, one.origin.end)
    related = tuple(Related(s) for s in said)
    hint = "请用“本条优先于…”写明先后，或者改写其中一条的条件。"
    return Diagnostic("certain-conflict", f"“{target}”有两条条件相同、结果不同的规定", one.origin.source, span, hint=hint, related=related)


def unbound_waivers(dossier: Dossier) -> Iterator[Diagnostic]:
    """Code: unknown-reading: 裁量 names a reading that does not exist."""
    known = {r.id for r in dossier.compiled.book.readings}
    for source, clause in dossier.clauses:
        for waiver in clause.waivers:
            if waiver.reading and waiver.reading not in known:
                hint = "已有的读法：" + "、".join(sorted(known))
                yield Diagnostic("unknown-reading", f"没有读法“{waiver.reading}”", source, waiver.span, hint=hint)


def unknown_clauses(dossier: Dossier) -> Iterator[Diagnostic]:
    """Code: unknown-clause: a priority or an exemption over a clause that does not exist."""
    known = {c.name for _, c in dossier.clauses}
    for source, clause in dossier.clauses:
        for name in (*clause.over, *_exempting(clause)):
            if name not in known:
                yield Diagnostic("unknown-clause", f"没有条款“{name}”", source, clause.span, hint="已有的条款：" + "、".join(sorted(known)))


def idle_priorities(dossier: Dossier) -> Iterator[Diagnostic]:
    """Code: idle-priority: a priority over a clause that gives nothing this clause gives; a limit is no rule and is lifted by 不受…限制."""
    given: dict[str, set[str]] = {}
    for rule in dossier.compiled.book.rules:
        given.setdefault(rule.origin.clause, set()).add(rule.target)
    known = {c.name for _, c in dossier.clauses}
    for source, clause in dossier.clauses:
        for name in clause.over:
            if name in known and not given.get(name, set()) & given.get(clause.name, set()):
                message = f"“{clause.name}”和“{name}”没有规定同一个项目，“本条优先于条款“{name}””不起作用"
                hint = f"限制、提高和降低不是规定；要免去它们，请写“不受条款“{name}”限制”。"
                yield Diagnostic("idle-priority", message, source, clause.span, hint=hint)


def _exempting(clause: Clause) -> tuple[str, ...]:
    return tuple(name for s in clause.statements for part in parts_of(s.sentence) if isinstance(part, Exempt) for name in part.clauses)


def empty_clauses(dossier: Dossier) -> Iterator[Diagnostic]:
    """Code: empty-clause: nothing in it was understood or written."""
    for source, clause in dossier.clauses:
        if not clause.statements:
            message = f"条款“{clause.name}”没有一句可以执行的话"
            yield Diagnostic("empty-clause", message, source, clause.span, Severity.WARNING)


def uncited(dossier: Dossier) -> Iterator[Diagnostic]:
    """Code: uncited: a verbatim or paraphrased sentence without 依据."""
    for said in dossier.said:
        if said.statement.standing in (Standing.VERBATIM, Standing.PARAPHRASE) and not said.statement.basis:
            message = f"条款“{said.clause}”的这一句没有依据"
            yield Diagnostic("uncited", message, said.origin.source, said.statement.span, hint="请写“依据：”；原文没有规定的，改用“约定：”。")
