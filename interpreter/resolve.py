"""Documents and a notice → rulebook: every sentence becomes rules with a target, a guard and an origin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from grammar.acts import Group
from grammar.diagnostic import Diagnostic
from grammar.document import Address, Candidate, Catalogue, Clause, Document, Kind, Order, Reading, Statement, Term
from grammar.document import Origin as Given
from grammar.source import Span, fold
from grammar.syntax import AllOf, Belongs, Chosen, Compare, Condition, Not, Operation, Persons, Relation
from grammar.unparse import sentence_text
from interpreter.anchors import anchors, quoted
from interpreter.deeds import perform
from interpreter.graph import Origin
from interpreter.misplaced import REFUSALS
from interpreter.notice import Notice
from interpreter.rulebook import Change, Rule, Rulebook, Start
from interpreter.speaking import DESCRIBED, Resolving, Speaking


def resolve(documents: tuple[Document, ...], notice: Notice, selected: Mapping[str, str]) -> tuple[Rulebook, tuple[Diagnostic, ...]]:
    """The rulebook under `selected` readings (id → label; absent means the default). Faulty statements are left out and reported."""
    terms = _terms(documents)
    catalogues = tuple(replace(c, itemised=_itemised(notice, c)) for d in documents for c in d.catalogues)
    enumerations = Rulebook("", "", tuple(terms.values()), catalogues).enumerations
    sets = {t.name: t.members for t in terms.values() if t.kind is Kind.SET}
    r = Resolving(notice, terms, enumerations, sets)
    chosen = _chosen(documents, selected, r)
    for document in documents:
        for clause in document.clauses:
            _clause(r, document.name, clause, dict(chosen))
    deciding = _readings(r, documents, dict(chosen))
    r.faults += [fault for refusal in REFUSALS for fault in refusal(r, documents)]
    rules, changes = _exempted(r)
    book = Rulebook(
        notice.key,
        next((d.head_value("政策") for d in documents if d.head_value("政策")), notice.key),
        tuple(terms.values()),
        catalogues,
        rules=_redirected(r, rules),
        changes=changes,
        starts=_spread(r, documents),
        orders=_orders(r, documents),
        events=tuple(e for d in documents for e in d.events),
        choices=tuple(c for d in documents for c in d.choices),
        readings=tuple(x for d in documents for x in d.readings),
        selected=tuple(chosen),
        deciding=deciding or _listed(documents, "计算日期"),
        sequence=_listed(documents, "累计顺序"),
        calendar=_listed(documents, "工作日历"),
        chain=tuple(h.value for d in documents for h in d.head if h.key == "转发"),
        statements=tuple(r.statements),
        meanings=_meanings(r, documents),
        sets=tuple(r.sets.items()),
        wordings=tuple((fold(w), s.name) for d in documents for s in d.synonyms for w in s.synonyms),
    )
    return book, tuple(r.faults)


def _terms(documents: tuple[Document, ...]) -> dict[str, Term]:
    return {t.name: t for d in documents for t in d.terms}


def _itemised(notice: Notice, catalogue: Catalogue) -> bool:
    """Does the notice number the entries as items, or name them within one sentence?"""
    return any(f"{a.unit}/i1" in notice.by_id for a in catalogue.basis)


def _listed(documents: tuple[Document, ...], key: str) -> tuple[str, ...]:
    value = next((d.head_value(key) for d in documents if d.head_value(key)), "")
    return tuple(n.strip() for n in value.rstrip("。").split("、") if n.strip())


def label_of(reading: Reading, wanted: str) -> str | None:
    """The candidate meant by `wanted`: its label, 默认, or a letter A, B, C… with A the default."""
    ordered = sorted(reading.candidates, key=lambda c: not c.default)
    for index, candidate in enumerate(ordered):
        names = (candidate.label, "默认" if candidate.default else candidate.label, chr(ord("A") + index))
        if fold(wanted) in map(fold, names):
            return candidate.label
    return None


def _chosen(documents: tuple[Document, ...], selected: Mapping[str, str], r: Resolving) -> list[tuple[str, str]]:
    chosen = []
    for document in documents:
        for reading in document.readings:
            wanted = selected.get(reading.id, "默认")
            label = label_of(reading, wanted)
            if label is None and reading.id in selected:
                hint = "可选：" + "、".join(c.label for c in reading.candidates)
                r.faults.append(Diagnostic("unknown-reading", f"读法“{reading.id}”没有“{wanted}”这一读法", document.name, reading.span, hint=hint))
            chosen.append((reading.id, label or next((c.label for c in reading.candidates if c.default), "")))
    known = {i for i, _ in chosen}
    for name in sorted(set(selected) - known):
        r.faults.append(Diagnostic("unknown-reading", f"没有读法“{name}”", hint="可选：" + "、".join(sorted(known))))
    return chosen


def _clause(r: Resolving, source: str, clause: Clause, chosen: Mapping[str, str]) -> None:
    premise = (clause.premise,) if clause.premise else ()
    waived = tuple(w.words for w in clause.waivers if w.reading)
    described = next((b.term for b in clause.bindings if b.spoken == DESCRIBED), "")
    for statement in clause.statements:
        if statement.reading and not _is_selected(r, statement.reading, chosen):
            continue
        _statement(r, source, clause.name, statement, Context(premise, clause.over, waived, described, ranked=clause.ranked))


def _is_selected(r: Resolving, wanted: tuple[str, str], chosen: Mapping[str, str]) -> bool:
    return chosen.get(wanted[0]) == wanted[1]


@dataclass(frozen=True, slots=True)
class Context:
    """What a clause lends to its sentences: premise, priorities, words a reading decides, whom a bare description describes."""

    premise: tuple[Condition, ...] = ()
    over: tuple[str, ...] = ()
    waived: tuple[str, ...] = ()
    described: str = ""
    reading: str = ""
    ranked: bool = False


def _statement(r: Resolving, source: str, clause: str, statement: Statement, context: Context) -> None:
    found, faults = quoted(r.notice, statement, source)
    r.faults += faults
    text = sentence_text(statement.sentence)
    origin = Origin(clause, statement.standing, found, text, source, statement.span.start, statement.span.end, context.reading)
    r.statements.append((clause, statement, origin))
    for group in statement.sentence.groups:
        _group(r, group, context, origin)


def _group(r: Resolving, group: Group, context: Context, origin: Origin) -> None:
    without = (group.exception,) if group.exception else ()
    guard = (*context.premise, *group.leads, *_exceeding(group))
    carried: Condition | None = None
    speaking = Speaking(
        guard, group.onset, without, group.topic, context.over, group.otherwise, origin, context.waived, context.described, context.ranked, group.base
    )
    for act in group.acts:
        carried = act.subject or carried
        perform(r, replace(act, subject=carried), speaking)


def _exceeding(group: Group) -> tuple[Condition, ...]:
    """「X超过Y的部分，由P支付50%」 speaks of those whose X exceeds Y."""
    if not isinstance(group.base, Operation):
        return ()
    left, right = group.base.operands
    return (Compare(left, Relation.EXCEEDS, right, None, group.span),)


def _readings(r: Resolving, documents: tuple[Document, ...], chosen: Mapping[str, str]) -> tuple[str, ...]:
    deciding: tuple[str, ...] = ()
    for document in documents:
        for reading in document.readings:
            r.faults += anchors(r.notice, (*reading.basis, *reading.borrowed), document.name)[1]
            candidate = next((c for c in reading.candidates if c.label == chosen.get(reading.id)), None)
            if candidate is None:
                continue
            if deciding and candidate.deciding:
                message = f"读法“{reading.id}”和另一个选中的读法都规定计算日期"
                r.faults.append(Diagnostic("two-deciding", message, document.name, candidate.span, hint="请只选其中一个，或者并成一个读法。"))
            deciding = candidate.deciding or deciding
            _candidate(r, document.name, reading, candidate)
    return deciding


def _candidate(r: Resolving, source: str, reading: Reading, candidate: Candidate) -> None:
    basis: tuple[Address, ...] = reading.basis if candidate.default else (*reading.basis, *reading.borrowed)
    for statement in candidate.statements:
        name = f"读法{reading.id}“{candidate.label}”"
        _statement(r, source, name, replace(statement, basis=basis), Context(reading=reading.id))


def _exempted(r: Resolving) -> tuple[tuple[Rule, ...], tuple[Change, ...]]:
    """不受条款X限制: the rules and the limits of X hold only where the exemption does not."""
    rules = tuple(replace(x, without=x.without + _free(r, x.origin.clause)) for x in r.rules)
    return rules, tuple(replace(x, without=x.without + _free(r, x.origin.clause)) for x in _otherwise(r))


def _otherwise(r: Resolving) -> tuple[Change, ...]:
    """其他的，提高…: where none of the changes holds that the same clause makes of the same quantity under a condition."""
    return tuple(replace(x, without=(*x.without, *_others(r, x)), otherwise=False) if x.otherwise else x for x in r.changes)


def _others(r: Resolving, change: Change) -> tuple[Condition, ...]:
    same = [x for x in r.changes if not x.otherwise and (x.target, x.origin.clause) == (change.target, change.origin.clause)]
    if not any(x.guard for x in same):
        span = Span(change.origin.start, change.origin.end)
        r.faults.append(Diagnostic("no-others", f"“其他的”之前没有写明{change.target}的哪些情形", change.origin.source, span))
    return tuple(AllOf((*x.guard, *(Not(w) for w in x.without))) for x in same if x.guard)


def _free(r: Resolving, clause: str) -> tuple[Condition, ...]:
    return tuple(AllOf(guard) if len(guard) > 1 else guard[0] for name, guard in r.exempt if name == clause and guard)


def _redirected(r: Resolving, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """X按照K确定: where a rule for X speaks of members of K, it is K that must be one of them."""
    return tuple(replace(rule, guard=tuple(_keyed(r, rule.target, g) for g in rule.guard)) for rule in rules)


def _keyed(r: Resolving, target: str, condition: Condition) -> Condition:
    key = next((k for t, k in r.redirects if t == target), "")
    if key and isinstance(condition, Persons) and set(condition.names) <= set(r.terms[key].members):
        return Belongs(key, tuple(Chosen(n) for n in condition.names), span=condition.span)
    return condition


def _spread(r: Resolving, documents: tuple[Document, ...]) -> tuple[Start, ...]:
    """A start of the whole document concerns every payment; without a payment order, every outcome that rules give."""
    payments = tuple(dict.fromkeys(p.term for d in documents for o in d.orders for p in o.payments))
    given = {rule.target for rule in r.rules}
    outcomes = tuple(t.name for t in r.terms.values() if t.origin is Given.OUTCOME and t.name in given)
    return tuple(s if s.targets else replace(s, targets=payments or outcomes) for s in r.starts)


def _orders(r: Resolving, documents: tuple[Document, ...]) -> tuple[tuple[Order, Origin, tuple[Origin, ...]], ...]:
    made = []
    for document in documents:
        for order in document.orders:
            whole, faults = anchors(r.notice, order.basis, document.name)
            r.faults += faults
            origin = Origin(order.name, "支付顺序", whole, order.name, document.name, order.span.start, order.span.end)
            each = []
            for payment in order.payments:
                found, faults = anchors(r.notice, payment.basis, document.name)
                r.faults += faults
                each.append(
                    Origin(f"支付顺序 {order.name}", "支付顺序", found, f"由{payment.term}支付", document.name, payment.span.start, payment.span.end)
                )
            made.append((order, origin, tuple(each)))
    return tuple(made)


def _meanings(r: Resolving, documents: tuple[Document, ...]) -> tuple[tuple[str, Origin], ...]:
    found = []
    for document in documents:
        for term in document.terms:
            cited, faults = anchors(r.notice, term.basis, document.name)
            r.faults += faults
            if term.meaning is not None or cited:
                found.append((term.name, Origin(f"用语 {term.name}", "用语", cited, term.name, document.name, term.span.start, term.span.end)))
    return tuple(found)
