"""Parse tree → syntax: one method per rule of clause.lark, and the classification of a group's parts.

LALR cannot tell 「累计不超过限额」 said as a condition from the same words said as a limit; what follows the part can.
So a part is built as it stands and becomes a lead, a subject or a deed here, by its separator and its place.
"""

from dataclasses import replace
from typing import Any

from lark import Token, v_args
from lark.tree import Meta

from grammar.conditions import Conditions
from grammar.deeds import Deeds
from grammar.expressions import Expressions
from grammar.pieces import Basis, Children, Exceptional, InPrinciple, Joined, Topic, all_of, conditions_of, refuse, span_of
from grammar.source import NOWHERE, Span
from grammar.syntax import (
    Act,
    AllOf,
    AnyOf,
    Belongs,
    Choose,
    Compare,
    Condition,
    Deed,
    Define,
    Describe,
    During,
    Exempt,
    Expression,
    Figure,
    Filled,
    FlagIs,
    Group,
    Limit,
    Name,
    Not,
    Persons,
    Relation,
    Sentence,
    SetFlag,
    Settled,
)


@v_args(meta=True)
class Builder(Expressions, Conditions, Deeds):
    """The whole builder: what the three parts make, put together."""

    def onset_date(self, meta: Meta, c: Children) -> tuple[str, Expression]:
        token = next(t for t in c if t.type == "DATE")
        return "onset", Figure(token.value, span_of(meta))

    def onset_named(self, meta: Meta, c: Children) -> tuple[str, Expression]:
        return "onset", Name(next(x for x in c if type(x) is str), span_of(meta))

    def onset(self, meta: Meta, c: Children) -> Any:
        return c[0]

    def body(self, meta: Meta, c: Children) -> Children:
        return c

    def part(self, meta: Meta, c: Children) -> tuple[Expression | None, Children, Span]:
        onset = c[0][1] if isinstance(c[0], tuple) and len(c[0]) == 2 and c[0][0] == "onset" else None
        return onset, (c[-1] if isinstance(c[-1], list) else []), span_of(meta)

    def tuned(self, meta: Meta, c: Children) -> tuple[Expression | None, Children, Span]:
        return None, c, span_of(meta)

    def handed(self, meta: Meta, c: Children) -> tuple[Expression | None, Children, Span]:
        """「……的由财政给予1万元补助」: a comma that was not written, and its payer."""
        return None, [self.share(meta, c)], span_of(meta)

    def separator(self, meta: Meta, c: Children) -> Token:
        return c[0]  # type: ignore[no-any-return]

    def group(self, meta: Meta, c: Children) -> Group:
        otherwise = isinstance(c[0], Token) and c[0].type == "OTHERWISE"
        return assemble(c[1:] if otherwise else c, otherwise, span_of(meta))

    def condition(self, meta: Meta, c: Children) -> Condition:
        joined = all_of(conditions_of(c[0]), span_of(meta))
        if joined is None:
            refuse("这里没有条件", span_of(meta))
        return joined

    def formula(self, meta: Meta, c: Children) -> Any:
        return c[0]

    def sentence(self, meta: Meta, c: Children) -> Sentence:
        return Sentence(tuple(x for x in c if isinstance(x, Group)), span_of(meta))


CONDITIONS = (Persons, FlagIs, Compare, Belongs, Settled, During, Filled, AllOf, AnyOf, Not)


def assemble(children: Children, otherwise: bool, span: Span) -> Group:
    """Classify the parts of a group by what follows them."""
    parts = [x for x in children if isinstance(x, tuple)]
    separators = [x.type for x in children if isinstance(x, Token)]
    onset: Expression | None = None
    exception: Condition | None = None
    leads: list[Condition] = []
    acts: list[Act] = []
    topic = ""
    base: Expression | None = None
    for index, (begins, atoms, where) in enumerate(parts):
        _refuse_mixing(atoms, where)
        onset = begins or onset
        is_condition = index < len(separators) and separators[index] in ("WHEN", "WHEN_BY")
        more = index < len(parts) - 1
        last = atoms[-1] if atoms else None
        if isinstance(last, Exceptional):
            exception = last.condition
        elif isinstance(last, Basis) and more:
            base = last.value
            leads += _lead(atoms[:-1], where)
        elif isinstance(last, Topic) and more:
            topic = last.term
            leads += _lead(atoms[:-1], where)
        elif len(parts) == 1 and _only_speaks_of(atoms):
            described = all_of(conditions_of(atoms), where)
            assert described is not None
            acts.append(Act(None, Describe(described, where), where))
        elif is_condition or (more and _only_speaks_of(atoms)):
            leads += _lead(atoms, where)
        elif atoms:
            acts.append(_act(atoms, where))
    _refuse_bare(leads, acts, span)
    if not acts:
        refuse("这一句只有条件，没有写明结果", span)
    return Group(tuple(acts), tuple(leads), onset, exception, otherwise, topic, base, span)


def _refuse_bare(leads: list[Condition], acts: list[Act], span: Span) -> None:
    """「住院，给付为100元」 could mean 住院的，…: what is it, a condition or a result?"""
    if len(acts) < 2 or leads or acts[0].subject is not None:
        return
    first, second = acts[0].deed, acts[1].deed
    if isinstance(first, SetFlag) and first.value and not first.in_principle and not isinstance(second, (SetFlag, Choose, Exempt)):
        refuse(f"“{first.flag}，”是条件还是结果？是条件的，请写“{first.flag}的，”", first.span if first.span != NOWHERE else span)


def _refuse_mixing(atoms: Children, where: Span) -> None:
    if any(isinstance(x, Joined) for x in atoms) and any(isinstance(x, AnyOf) for x in atoms):
        refuse("一段里不能又写“且”又写“或”：请分成几句，或者先登记一个是非项目", where)


def _only_speaks_of(atoms: Children) -> bool:
    """A part such as 「按规定转诊的救助对象」: persons, no verb."""
    conditions = conditions_of(atoms)
    return bool(conditions) and (isinstance(conditions[-1], (Persons, Settled, During)) or _qualifies(atoms))


def _qualifies(atoms: Children) -> bool:
    last = conditions_of(atoms)[-1]
    return isinstance(last, AllOf) and all(isinstance(p, (Persons, Settled, FlagIs, Not)) for p in last.parts)


def _lead(atoms: Children, where: Span) -> list[Condition]:
    conditions = [x for x in conditions_of(atoms) if isinstance(x, CONDITIONS)]
    if len(conditions) < len(conditions_of(atoms)):
        refuse("“的，”之前应当是条件", where)
    return conditions


def _act(atoms: Children, where: Span) -> Act:
    principle = any(isinstance(x, InPrinciple) for x in atoms)
    parts = conditions_of(atoms)
    last, before = parts[-1], [x for x in parts[:-1] if isinstance(x, CONDITIONS)]
    deed = _deed(last, principle, where)
    return Act(all_of(before, where), deed, where)


def _deed(last: Any, principle: bool, where: Span) -> Deed:
    match last:
        case FlagIs(flag, negated, span):
            return SetFlag(flag, not negated, principle, span)
        case Compare(None, relation, right, scope, span) if relation in (Relation.AT_MOST, Relation.AT_LEAST):
            return Limit(relation, "", right, scope, span)
        case Compare(Name(term), Relation.EQUAL, right, None, span):
            return Define(term, right, span)
        case Compare(Name(term), Relation.AT_MOST | Relation.AT_LEAST | Relation.REACHES as relation, right, None, span):
            return Limit(relation, term, right, None, span)
        case Belongs(term, (member,), "", False, span):
            return Choose(term, member, span)
        case SetFlag():
            return replace(last, in_principle=last.in_principle or principle)
        case Topic() | Basis():
            refuse("只提到了项目，没有写明怎样计算", where)
        case Persons() | Compare() | Belongs() | Settled() | During() | Filled() | AllOf() | AnyOf() | Not():
            refuse("这一段是条件，不是结果；条件之后应当写“的，”", where)
        case _:
            return last  # type: ignore[no-any-return]
