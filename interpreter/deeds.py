"""Deeds → rules: what each kind of sentence does, lowered to a value, a change or a start. Clause kinds end here.

What raises, lowers or limits is in changes.py; the pass itself in resolve.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from grammar.acts import (
    Act,
    Adjust,
    Banded,
    Changed,
    Choose,
    Classify,
    Commence,
    Cover,
    Deed,
    Define,
    Delegate,
    Deny,
    Describe,
    Exempt,
    FillUp,
    GrantWhole,
    Include,
    KeyedBy,
    Limit,
    Only,
    OnlyThen,
    Pairwise,
    Residue,
    Rounded,
    Same,
    SetFlag,
    Share,
    Shares,
    Unset,
    Window,
)
from grammar.document import Kind, Standing
from grammar.literals import Literal, Measure, literal_text
from grammar.source import Span
from grammar.syntax import AllOf, Chosen, Compare, Condition, Expression, Figure, Filled, Gathered, Name, Not, Operation, Persons, Relation, Sign
from interpreter.changes import adjust, change, limit, step
from interpreter.rulebook import Filling, Fixed, InBands, Outside, Rule, Start
from interpreter.speaking import DESCRIBED, Given, Resolving, Speaking, expanded, made

#: Deeds that may leave out which quantity they are about, where the group has named it.
TOPICAL = (Share, FillUp, Adjust, Delegate, GrantWhole)


def perform(r: Resolving, act: Act, at: Speaking) -> None:
    guard = (*at.guard, *((act.subject,) if act.subject else ()))
    speaking = replace(at, guard=guard)
    if isinstance(act.deed, Rounded) or (isinstance(act.deed, Limit) and not act.deed.target):
        step(r, act.deed, speaking)
        return
    start = len(r.rules)
    _act(r, act, speaking)
    r.given = Given(start, len(r.rules), guard, at.origin)


def _act(r: Resolving, act: Act, speaking: Speaking) -> None:
    guard, at = speaking.guard, speaking
    _refuse_unheeded(r, act.deed, speaking)
    match act.deed:
        case Adjust():
            adjust(r, act.deed, speaking)
        case Limit():
            limit(r, act.deed, speaking)
        case Pairwise():
            _pairwise(r, act, speaking)
        case Commence():
            _commence(r, act.deed, speaking)
        case Include(scope, terms):
            _include(r, scope, terms, speaking, act.deed.span)
        case Delegate(target, _) if not (target or speaking.topic):
            r.fault("nothing-to-limit", "没有写明哪一项按照外部规定执行", speaking, act.deed.span, "请写明项目，例如：给付按照…执行。")
        case GrantWhole(target) if not speaking.topic and r.terms[target].kind is not Kind.RATIO:
            r.fault("nothing-to-limit", f"没有写明{target}是哪一项的全额", speaking, act.deed.span, "请写“X，予以全额…”，或者写“…为X”。")
        case Exempt(clauses):
            if not guard:
                r.fault("no-condition", "“不受…限制”之前没有写明什么情形", speaking, act.deed.span)
            r.exempt += [(c, (*guard, *(Not(w, act.deed.span) for w in at.without))) for c in clauses]
        case KeyedBy(target, key) if r.terms[key].kind is not Kind.CHOICE:
            message = f"“{key}”是{r.terms[key].kind}，“按照{key}确定”只能按照一个类别"
            r.fault("type-mismatch", message, speaking, act.deed.span, f"数额请写成“{target}为{key}…”。")
        case KeyedBy(target, key):
            r.redirects.append((target, key))
        case Residue(target, ratio) if r.terms[target].kind is Kind.RATIO:
            r.rules.append(made(Rule(target, ratio, guard, at.origin), speaking))
        case Residue(target, _):
            hint = f"请登记一个比例（例如{target}比例），写“本条所称{target}，指{target}比例。”，再用它核对余数。"
            r.fault("idle-figure", f"“{target}”是余数，由支付顺序得出，这一句的比例没有用上", speaking, act.deed.span, hint)
        case Unset(targets, True):
            r.changes += [change(t, "unset", None, speaking) for t in targets]
        case _:
            r.rules += [made(rule, speaking) for rule in _rules(r, act.deed, speaking)]


def _refuse_unheeded(r: Resolving, deed: Deed, at: Speaking) -> None:
    """What a sentence says beside its deed and the deed cannot take must not get lost. A quantity the notice mentions only to describe is no loss."""
    quoting = at.origin.standing in (Standing.VERBATIM, Standing.PARAPHRASE)
    named, based = at.topic and not quoting, at.base is not None and not quoting
    always = isinstance(deed, (Include, KeyedBy, Commence))
    unheeded = {
        "条件": always and bool(at.guard),
        "除外": always and bool(at.without),
        "其他的": (always or isinstance(deed, Exempt)) and at.otherwise,
        f"{at.topic}，": bool(named) and not isinstance(deed, TOPICAL),
        "在…的基础上、…的部分": based and not isinstance(deed, (Share, FillUp)),
        "从哪一天起": isinstance(deed, (Include, KeyedBy, Exempt)) and at.onset is not None,
    }
    for said in (name for name, lost in unheeded.items() if lost):
        r.fault("unheeded", f"这一句的结果不能带“{said}”", at, deed.span, "请另起一句，或者把它写成一个推导的项目。")


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
            yield from (Rule(t, Outside(ruleset), guard, origin) for t in expanded(r, target or at.topic, at, deed.span))
        case Deny(targets):
            yield from (Rule(t, Fixed.NIL, guard, origin) for name in targets for t in expanded(r, name, at, deed.span))
        case Only(target, condition):
            yield Rule(target, Fixed.NIL, (*guard, Not(condition, deed.span)), origin)
        case Cover(flag, condition):
            yield Rule(flag, Fixed.TRUE, (*guard, condition), origin)
        case OnlyThen(flag, condition):
            yield Rule(flag, Fixed.TRUE, (*guard, condition), origin)
        case Share(payer, value):
            yield Rule(_payment(r, payer), _share(value, at), guard, origin)
        case FillUp(payer, goal):
            yield Rule(_payment(r, payer), Filling(_share(goal, at)), guard, origin)
        case Shares(payer, rows):
            yield from _shares(r, payer, rows, at)
        case GrantWhole(target):
            whole = Figure(Literal(Measure.RATIO, Fraction(1)), deed.span)
            yield Rule(target, whole if r.terms[target].kind is Kind.RATIO else Name(at.topic, deed.span), guard, origin)
        case Classify():
            yield Rule(deed.group, Fixed.TRUE, (*guard, *_class_guard(deed)), origin)
        case Describe(condition):
            if not at.described:
                r.fault("undescribed", "这一句只描述了人员，没有写明描述的是谁", at, deed.span, f"请在条款内写“本条所称{DESCRIBED}，指…。”")
            else:
                yield Rule(at.described, Fixed.TRUE, (*guard, condition), origin)
        case Banded(target, base, bands):
            _check_bands(r, deed, at)
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


def _payment(r: Resolving, payer: str) -> str:
    return r.terms[payer].source


def _share(value: Expression, at: Speaking) -> Expression:
    base = at.base or (Name(at.topic, value.span) if at.topic else None)
    if isinstance(value, Figure) and value.literal.measure is Measure.RATIO and base is not None:
        return Operation(Sign.PART_OF, (base, value), value.span)
    return value


def _shares(r: Resolving, payer: str, rows: tuple[tuple[str, Figure], ...], at: Speaking) -> Iterator[Rule]:
    """Ratios by name take their figures; of amounts the payer pays the parts together."""
    parts: Expression | None = None
    for name, ratio in rows:
        if r.terms[name].kind is Kind.RATIO:
            yield Rule(name, ratio, at.guard, at.origin)
        else:
            part = Operation(Sign.PART_OF, (Name(name, ratio.span), ratio), ratio.span)
            parts = part if parts is None else Operation(Sign.ADD, (parts, part), ratio.span)
    if parts is not None:
        yield Rule(_payment(r, payer), parts, at.guard, at.origin)


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
        r.fault(
            "no-list",
            "“自…前…内”需要一个登记了日期和起止项目的清单",
            at,
            deed.span,
            "例如：费用，清单，填报：费用日期、窗口起、窗口止、窗口内合规个人负担。",
        )
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


def _check_bands(r: Resolving, deed: Banded, at: Speaking) -> None:
    """Bands begin at nothing and join without gap or overlap."""
    tops = [None if b.upper is None else b.upper.literal.value for b in deed.bands]
    bottoms = [None if b.lower is None else b.lower.literal.value for b in deed.bands]
    if bottoms[0] is not None or any(low != high for low, high in zip(bottoms[1:], tops, strict=False)):
        r.fault("band-gap", "各段首尾不相接：后一段应当从前一段的上限开始，第一段从零开始", at, deed.span)


def _pairwise(r: Resolving, act: Act, at: Speaking) -> None:
    deed, subject = act.deed, act.subject
    assert isinstance(deed, Pairwise)
    guard = at.guard[:-1]
    if subject is None:
        subject = next((g for g in at.guard if isinstance(g, Persons) and len(g.names) == len(deed.values)), None)
        guard = tuple(g for g in at.guard if g is not subject)
    if not isinstance(subject, Persons) or len(subject.names) != len(deed.values):
        count = len(subject.names) if isinstance(subject, Persons) else 0
        names = "、".join(subject.names) if isinstance(subject, Persons) else "（没有写明）"
        values = "、".join(literal_text(v.literal) for v in deed.values)
        r.fault("pairing-length", f"“分别”两边数目不等：{count}个对象（{names}），{len(deed.values)}个数（{values}）", at, deed.span)
        return
    for name, value in zip(subject.names, deed.values, strict=True):
        rule = Rule(deed.target, value, (*guard, Persons((name,), span=subject.span)), at.origin)
        r.rules.append(made(rule, at))


def _commence(r: Resolving, deed: Commence, at: Speaking) -> None:
    onset = deed.onset or at.onset
    if onset is None:
        r.fault("no-onset", "没有写明从哪一天起施行", at, deed.span)
        return
    r.starts.append(Start(expanded(r, deed.scope, at, deed.span), onset, at.origin))


def _include(r: Resolving, scope: str, terms: tuple[str, ...], at: Speaking, span: Span) -> None:
    declared = r.sets.get(scope, ())
    missing = [t for t in terms if declared and t not in declared]
    if missing:
        r.fault("set-mismatch", f"“{scope}”登记时没有列入{'、'.join(missing)}", at, span)
    r.sets[scope] = declared or terms
