"""Documents and a notice → rulebook: every sentence becomes rules with a target, a guard and an origin. Clause kinds end here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from grammar.diagnostic import Diagnostic
from grammar.document import Address, Candidate, Clause, Document, Kind, Order, Reading, Standing, Statement, Term
from grammar.literals import Measure, literal_text
from grammar.source import Span, fold
from grammar.syntax import (
    Act,
    Adjust,
    AllOf,
    Banded,
    Changed,
    Choose,
    Chosen,
    Classify,
    Commence,
    Compare,
    Condition,
    Cover,
    Deed,
    Define,
    Delegate,
    Deny,
    Describe,
    Exempt,
    Expression,
    Figure,
    Filled,
    FillUp,
    Gathered,
    Group,
    Include,
    Limit,
    Name,
    Not,
    Only,
    Operation,
    Pairwise,
    Persons,
    Relation,
    Residue,
    Rounded,
    Same,
    SetFlag,
    Share,
    Sign,
    Unset,
    Window,
)
from grammar.unparse import sentence_text
from interpreter.anchors import anchors, quoted
from interpreter.graph import Origin
from interpreter.notice import Notice
from interpreter.rulebook import Change, Filling, Fixed, InBands, Outside, Remainder, Rule, Rulebook, Start


@dataclass
class Resolving:
    """What grows while the sentences are read; lives only inside this pass."""

    notice: Notice
    terms: Mapping[str, Term]
    enumerations: Mapping[str, tuple[str, ...]]
    sets: dict[str, tuple[str, ...]]
    rules: list[Rule] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    starts: list[Start] = field(default_factory=list)
    exempt: list[tuple[str, tuple[Condition, ...]]] = field(default_factory=list)
    remainders: list[Remainder] = field(default_factory=list)
    statements: list[tuple[str, Statement, Origin]] = field(default_factory=list)
    faults: list[Diagnostic] = field(default_factory=list)

    def fault(self, code: str, message: str, at: Speaking, span: Span, hint: str = "") -> None:
        self.faults.append(Diagnostic(code, message, at.origin.source, span, hint=hint))


@dataclass(frozen=True, slots=True)
class Speaking:
    """The group being read: its guard so far, onset, topic, clause, origin."""

    guard: tuple[Condition, ...]
    onset: Expression | None
    without: tuple[Condition, ...]
    topic: str
    over: tuple[str, ...]
    otherwise: bool
    origin: Origin
    waived: tuple[str, ...]
    described: str


def resolve(documents: tuple[Document, ...], notice: Notice, selected: Mapping[str, str]) -> tuple[Rulebook, tuple[Diagnostic, ...]]:
    """The rulebook under `selected` readings (id → label; absent means the default). Faulty statements are left out and reported."""
    terms = _terms(documents)
    catalogues = tuple(c for d in documents for c in d.catalogues)
    enumerations = Rulebook("", "", tuple(terms.values()), catalogues).enumerations
    sets = {t.name: t.members for t in terms.values() if t.kind is Kind.SET}
    r = Resolving(notice, terms, enumerations, sets)
    chosen = _chosen(documents, selected, r)
    for document in documents:
        for clause in document.clauses:
            _clause(r, document.name, clause, dict(chosen))
    deciding = _readings(r, documents, dict(chosen))
    book = Rulebook(
        notice.key,
        next((d.head_value("政策") for d in documents if d.head_value("政策")), notice.key),
        tuple(terms.values()),
        catalogues,
        rules=_exempted(r),
        changes=tuple(r.changes),
        starts=_spread(r, documents),
        orders=_orders(r, documents),
        events=tuple(e for d in documents for e in d.events),
        choices=tuple(c for d in documents for c in d.choices),
        readings=tuple(x for d in documents for x in d.readings),
        selected=tuple(chosen),
        deciding=deciding or _listed(documents, "计算日期"),
        sequence=_listed(documents, "累计顺序"),
        statements=tuple(r.statements),
        meanings=_meanings(r, documents),
        sets=tuple(r.sets.items()),
        remainders=tuple(r.remainders),
        wordings=tuple((fold(w), s.name) for d in documents for s in d.synonyms for w in s.synonyms),
    )
    return book, tuple(r.faults)


def _terms(documents: tuple[Document, ...]) -> dict[str, Term]:
    return {t.name: t for d in documents for t in d.terms}


def _listed(documents: tuple[Document, ...], key: str) -> tuple[str, ...]:
    value = next((d.head_value(key) for d in documents if d.head_value(key)), "")
    return tuple(n.strip() for n in value.rstrip("。").split("、") if n.strip())


def label_of(reading: Reading, wanted: str) -> str | None:
    """The candidate meant by `wanted`: its label, 默认, or a letter A, B, C… with A the default."""
    ordered = sorted(reading.candidates, key=lambda c: not c.default)
    for index, candidate in enumerate(ordered):
        if wanted in (candidate.label, "默认" if candidate.default else candidate.label, chr(ord("A") + index)):
            return candidate.label
    return None


def _chosen(documents: tuple[Document, ...], selected: Mapping[str, str], r: Resolving) -> list[tuple[str, str]]:
    chosen = []
    for document in documents:
        for reading in document.readings:
            label = label_of(reading, selected.get(reading.id, "默认"))
            if label is None:
                hint = "可选：" + "、".join(c.label for c in reading.candidates)
                r.faults.append(Diagnostic("unknown-reading", f"读法“{reading.id}”没有“{selected[reading.id]}”这一读法", document.name, reading.span, hint=hint))
                label = next((c.label for c in reading.candidates if c.default), "")
            chosen.append((reading.id, label))
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
        _statement(r, source, clause.name, statement, Context(premise, clause.over, waived, described))


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


#: The word that 本条所称…，指… binds for a sentence that is only a description.
DESCRIBED = "人员"


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
    guard = (*context.premise, *group.leads)
    carried: Condition | None = None
    speaking = Speaking(guard, group.onset, without, group.topic, context.over, group.otherwise, origin, context.waived, context.described)
    for act in group.acts:
        carried = act.subject or carried
        _act(r, replace(act, subject=carried), speaking)


def _act(r: Resolving, act: Act, at: Speaking) -> None:
    guard = (*at.guard, *((act.subject,) if act.subject else ()))
    speaking = replace(at, guard=guard)
    match act.deed:
        case Rounded() | Limit(target=""):
            _step(r, act.deed, speaking)
        case Adjust():
            _adjust(r, act.deed, speaking)
        case Limit():
            _limit(r, act.deed, speaking)
        case Pairwise():
            _pairwise(r, act, speaking)
        case Commence():
            _commence(r, act.deed, speaking)
        case Include(scope, terms):
            _include(r, scope, terms, speaking, act.deed.span)
        case Exempt(clauses):
            r.exempt += [(c, guard) for c in clauses]
        case Residue(target, ratio):
            value = ratio.literal.value
            if isinstance(value, Fraction):
                r.remainders.append(Remainder(target, value, at.topic, at.origin))
        case Unset(targets, True):
            r.changes += [Change(t, "unset", None, guard, at.origin, at.onset) for t in targets]
        case _:
            r.rules += [_made(rule, speaking) for rule in _rules(r, act.deed, speaking)]


def _made(rule: Rule, at: Speaking) -> Rule:
    return replace(rule, onset=rule.onset or (at.onset if rule.until is None else None), without=at.without, otherwise=at.otherwise, over=at.over)


def _rules(r: Resolving, deed: Deed, at: Speaking) -> Iterator[Rule]:
    """The rules a deed makes; onset, exceptions and priorities are added by the caller."""
    guard, origin = at.guard, at.origin
    match deed:
        case Define(target, value):
            yield Rule(target, value, guard, origin)
        case Choose(target, member):
            name = target or _enumeration(r, member, at)
            if name:
                yield Rule(name, member, guard, origin)
        case Unset(targets):
            yield from (Rule(t, Fixed.UNSET, guard, origin) for t in targets)
        case Changed(target, old, new):
            yield Rule(target, old, guard, origin, until=at.onset)
            yield Rule(target, new, guard, origin, onset=at.onset)
        case SetFlag(flag, value):
            yield Rule(flag, Fixed.TRUE if value else Fixed.FALSE, guard, origin)
        case Same(target, other):
            yield Rule(target, Name(other, deed.span), guard, origin)
        case Delegate(target, ruleset):
            yield from (Rule(t, Outside(ruleset), guard, origin) for t in _expanded(r, target or at.topic, at, deed.span))
        case Deny(targets):
            yield from (Rule(t, Fixed.NIL, guard, origin) for name in targets for t in _expanded(r, name, at, deed.span))
        case Only(target, condition):
            yield Rule(target, Fixed.NIL, (*guard, Not(condition, deed.span)), origin)
        case Cover(flag, condition):
            yield Rule(flag, Fixed.TRUE, (*guard, condition), origin)
        case Share(payer, value):
            yield Rule(_payment(r, payer), _share(value, at), guard, origin)
        case FillUp(payer, goal):
            yield Rule(_payment(r, payer), Filling(goal), guard, origin)
        case Classify():
            yield Rule(deed.group, Fixed.TRUE, (*guard, *_class_guard(deed)), origin)
        case Describe(condition):
            if not at.described:
                r.fault("undescribed", "这一句只描述了人员，没有写明描述的是谁", at, deed.span, f"请在条款内写“本条所称{DESCRIBED}，指…。”")
            else:
                yield Rule(at.described, Fixed.TRUE, (*guard, condition), origin)
        case Banded(target, base, bands):
            yield Rule(target, InBands(base, bands), guard, origin)
        case Window():
            yield from _window(r, deed, at)
        case _:
            raise AssertionError(deed)


def _enumeration(r: Resolving, member: Chosen, at: Speaking) -> str:
    owners = r.enumerations.get(member.member, ())
    if len(owners) == 1:
        return owners[0]
    r.fault("ambiguous-member", f"“{member.member}”属于{len(owners)}个类别，应写明是哪一个", at, member.span)
    return ""


def _expanded(r: Resolving, name: str, at: Speaking, span: Span) -> tuple[str, ...]:
    term = r.terms.get(name)
    if term is None or term.kind is not Kind.SET:
        return (name,) if name else ()
    if not r.sets.get(name):
        r.fault("empty-set", f"“{name}”还没有写明包括哪些项目", at, span)
    return r.sets.get(name, ())


def _payment(r: Resolving, payer: str) -> str:
    return r.terms[payer].source


def _share(value: Expression, at: Speaking) -> Expression:
    if isinstance(value, Figure) and value.literal.measure is Measure.RATIO and at.topic:
        return Operation(Sign.PART_OF, (Name(at.topic, value.span), value), value.span)
    return value


def _class_guard(deed: Classify) -> tuple[Condition, ...]:
    parts: list[Condition] = [Persons(deed.names, span=deed.span)]
    if deed.without:
        parts.append(Not(Persons(deed.without, span=deed.span), deed.span))
    if deed.outside:
        parts.append(Not(Persons(deed.outside, span=deed.span), deed.span))
    return tuple(parts)


def _window(r: Resolving, deed: Window, at: Speaking) -> Iterator[Rule]:
    """The period before a day: from its corresponding day to the day before it; the list's term says where items and results stand."""
    lists = [t for t in r.terms.values() if t.kind is Kind.LIST and t.members]
    if not lists:
        r.fault("no-list", "“自…前…内”需要一个登记了日期和起止项目的清单", at, deed.span, "例如：费用，清单，填报：费用日期、窗口起、窗口止、窗口内合规个人负担。")
        return
    day, begin, end, total = lists[0].members[:4]
    name = Name(deed.day, deed.span)
    at = replace(at, guard=(*at.guard, Filled(deed.day, deed.span)))
    yield Rule(begin, Operation(Sign.BACK, (name, deed.period), deed.span), at.guard, at.origin)
    yield Rule(end, Operation(Sign.PREVIOUS_DAY, (name,), deed.span), at.guard, at.origin)
    inside: tuple[Condition, ...] = (
        Compare(Name(day), Relation.AT_LEAST, Name(begin)),
        Compare(Name(day), Relation.AT_MOST, Name(end)),
    )
    yield Rule(total, Gathered(lists[0].name, AllOf(inside), Name(deed.quantity), deed.span), at.guard, at.origin)
    yield Rule(deed.flag, Fixed.TRUE, at.guard, at.origin)


def _step(r: Resolving, step: Rounded | Limit, at: Speaking) -> None:
    last = len(r.rules) - 1
    if last < 0 or r.rules[last].origin is not at.origin:
        r.fault("nothing-to-limit", "前面没有可以限制的项目", at, step.span, "请写明项目，例如：医疗救助不超过…")
        return
    r.rules[last] = replace(r.rules[last], steps=(*r.rules[last].steps, step))


def _adjust(r: Resolving, deed: Adjust, at: Speaking) -> None:
    term, literal = r.terms[deed.target], deed.amount.literal
    spelled = literal_text(literal)
    if term.kind is Kind.RATIO and literal.measure is Measure.RATIO:
        verb = "提高" if deed.upward else "降低"
        if any(verb in w for w in at.waived):
            return
        hint = f"请改写为“{verb}{spelled[:-1]}个百分点”或者“{deed.target}为{deed.target}乘以…”，或者用读法并列。"
        r.fault("ambiguous-raise", f"“{verb}{spelled}”可以是百分点，也可以是倍数", at, deed.span, hint)
        return
    assert isinstance(literal.value, Fraction)
    if literal.measure is Measure.POINTS:
        operand = literal.value if deed.upward else -literal.value
        r.changes.append(Change(deed.target, "add", operand, at.guard, at.origin, at.onset))
    else:
        factor = 1 + literal.value if deed.upward else 1 - literal.value
        r.changes.append(Change(deed.target, "multiply", Fraction(factor), at.guard, at.origin, at.onset))


def _limit(r: Resolving, deed: Limit, at: Speaking) -> None:
    if deed.relation is Relation.REACHES:
        r.rules.append(_made(Rule(deed.target, deed.bound, at.guard, at.origin), at))
        return
    operator = "lesser" if deed.relation is Relation.AT_MOST else "greater"
    r.changes.append(Change(deed.target, operator, deed.bound, at.guard, at.origin, at.onset))


def _pairwise(r: Resolving, act: Act, at: Speaking) -> None:
    deed, subject = act.deed, act.subject
    assert isinstance(deed, Pairwise)
    if not isinstance(subject, Persons) or len(subject.names) != len(deed.values):
        count = len(subject.names) if isinstance(subject, Persons) else 0
        names = "、".join(subject.names) if isinstance(subject, Persons) else "（没有写明）"
        values = "、".join(literal_text(v.literal) for v in deed.values)
        r.fault("pairing-length", f"“分别”两边数目不等：{count}个对象（{names}），{len(deed.values)}个数（{values}）", at, deed.span)
        return
    guard = at.guard[:-1]
    for name, value in zip(subject.names, deed.values, strict=True):
        rule = Rule(deed.target, value, (*guard, Persons((name,), span=subject.span)), at.origin)
        r.rules.append(_made(rule, at))


def _commence(r: Resolving, deed: Commence, at: Speaking) -> None:
    onset = deed.onset or at.onset
    if onset is None:
        r.fault("no-onset", "没有写明从哪一天起施行", at, deed.span)
        return
    r.starts.append(Start(_expanded(r, deed.scope, at, deed.span), onset, at.origin))


def _include(r: Resolving, scope: str, terms: tuple[str, ...], at: Speaking, span: Span) -> None:
    declared = r.sets.get(scope, ())
    missing = [t for t in terms if declared and t not in declared]
    if missing:
        r.fault("set-mismatch", f"“{scope}”登记时没有列入{'、'.join(missing)}", at, span)
    r.sets[scope] = declared or terms


def _readings(r: Resolving, documents: tuple[Document, ...], chosen: Mapping[str, str]) -> tuple[str, ...]:
    deciding: tuple[str, ...] = ()
    for document in documents:
        for reading in document.readings:
            candidate = next((c for c in reading.candidates if c.label == chosen.get(reading.id)), None)
            if candidate is None:
                continue
            deciding = candidate.deciding or deciding
            _candidate(r, document.name, reading, candidate)
    return deciding


def _candidate(r: Resolving, source: str, reading: Reading, candidate: Candidate) -> None:
    basis: tuple[Address, ...] = reading.basis
    for statement in candidate.statements:
        name = f"读法{reading.id}“{candidate.label}”"
        _statement(r, source, name, replace(statement, basis=basis), Context(reading=reading.id))


def _exempted(r: Resolving) -> tuple[Rule, ...]:
    """不受条款X限制: the rules of X hold only where the exemption does not."""
    rules = []
    for rule in r.rules:
        free = tuple(AllOf(guard) if len(guard) > 1 else guard[0] for clause, guard in r.exempt if clause == rule.origin.clause and guard)
        rules.append(replace(rule, without=rule.without + free) if free else rule)
    return tuple(rules)


def _spread(r: Resolving, documents: tuple[Document, ...]) -> tuple[Start, ...]:
    """A start of the whole document concerns every payment."""
    payments = tuple(dict.fromkeys(p.term for d in documents for o in d.orders for p in o.payments))
    return tuple(s if s.targets else replace(s, targets=payments) for s in r.starts)


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
                each.append(Origin(f"支付顺序 {order.name}", "支付顺序", found, f"由{payment.term}支付", document.name, payment.span.start, payment.span.end))
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
