"""The parts of a group → its leads, topic, base, acts and exception, by what follows each part and where it stands.

All but the acts speak of the whole group, so they stand before its first act, and the exception stands after its last: anywhere else they would
reach back to results already said, and are refused.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from lark import Token

from grammar.acts import Act, Choose, Deed, Define, Describe, Exempt, Group, Limit, SetFlag
from grammar.pieces import Basis, Children, Exceptional, Ground, InPrinciple, Joined, Topic, all_of, conditions_of, refuse
from grammar.source import NOWHERE, Span
from grammar.syntax import AllOf, AnyOf, Belongs, Compare, Condition, During, Expression, Filled, FlagIs, Name, Not, Persons, Relation, Settled

CONDITIONS = (Persons, FlagIs, Compare, Belongs, Settled, During, Filled, AllOf, AnyOf, Not)


@dataclass
class Assembly:
    """A group while its parts are read; lives only inside `assemble`."""

    acts: list[Act] = field(default_factory=list)
    leads: list[Condition] = field(default_factory=list)
    onset: Expression | None = None
    exception: Condition | None = None
    topic: str = ""
    base: Expression | None = None

    def take(self, atoms: Children, is_condition: bool, more: bool, where: Span) -> None:
        """One part: `is_condition` when 「的，」 follows it, `more` when another part does."""
        last = atoms[-1]
        if isinstance(last, Exceptional):
            self._except(last, atoms, more, where)
        elif isinstance(last, Basis) and more:
            self._rest_on(last, atoms, where)
        elif isinstance(last, Topic) and more:
            self._speak_of(last, atoms, where)
        elif is_condition or (more and _only_speaks_of(atoms)):
            self._lead(atoms, where)
        else:
            self.acts.append(_act(atoms, where))

    def begin(self, onset: Expression, where: Span) -> None:
        self._refuse_late(where)
        if self.onset is not None:
            refuse("一段里有两个“自…起”，不知道以哪一个为准", where, "请用“；”另起一段。")
        self.onset = onset

    def _lead(self, atoms: Children, where: Span) -> None:
        self._refuse_late(where)
        self.leads += _lead(atoms, where)

    def _rest_on(self, basis: Basis, atoms: Children, where: Span) -> None:
        self._refuse_late(where)
        if self.base is not None:
            refuse("一段里有两个“…的部分”，不知道按哪一个计算", where, "请用“；”另起一段。")
        self.base = basis.value
        self.leads += _lead(atoms[:-1], where)

    def _speak_of(self, topic: Topic, atoms: Children, where: Span) -> None:
        self._refuse_late(where)
        if self.topic and not isinstance(topic, Ground):
            refuse(f"“{self.topic}”之后又说到“{topic.term}”，不知道下面说的是哪一项", where, "请用“；”另起一段，或者只写其中一项。")
        self.topic = topic.term
        self.leads += _lead(atoms[:-1], where)

    def _except(self, exceptional: Exceptional, atoms: Children, more: bool, where: Span) -> None:
        if conditions_of(atoms[:-1]):
            refuse("“但…的除外”之前应当有逗号", where, "请写成“结果，但…的除外”。")
        if more:
            hint = "请把几种例外并成一个，例如“但甲或者乙的除外”；其他的用“；”另起一段。"
            refuse("“但…的除外”说的是整段的例外，应当写在一段的最后，而且只写一个", where, hint)
        self.exception = exceptional.condition

    def _refuse_late(self, where: Span) -> None:
        """What stands after an act would reach back to it."""
        if self.acts:
            hint = "请用“；”另起一段，在那一段里写明条件、项目和结果；管整段的，请写在第一个结果之前。"
            refuse("条件、起始日期、项目或者“…的部分”写在结果之后，会连前面的结果一起改变", where, hint)


def assemble(children: Children, otherwise: bool, span: Span) -> Group:
    """Classify the parts of a group by what follows them."""
    parts = [x for x in children if isinstance(x, tuple)]
    separators = [x.type for x in children if isinstance(x, Token)]
    made = Assembly()
    for index, (begins, atoms, where) in enumerate(parts):
        _refuse_mixing(atoms, where)
        _refuse_empty(atoms, where)
        if begins is not None:
            made.begin(begins, where)
        if len(parts) == 1 and _only_speaks_of(atoms):
            made.acts.append(_described(atoms, where))
        elif atoms:
            made.take(atoms, index < len(separators) and separators[index] in ("WHEN", "WHEN_BY"), index < len(parts) - 1, where)
    _refuse_bare(made.leads, made.acts, span)
    if not made.acts:
        refuse("这一句只有条件，没有写明结果", span)
    return Group(tuple(made.acts), tuple(made.leads), made.onset, made.exception, otherwise, made.topic, made.base, span)


def _described(atoms: Children, where: Span) -> Act:
    described = all_of(conditions_of(atoms), where)
    assert described is not None
    return Act(None, Describe(described, where), where)


def _refuse_empty(atoms: Children, where: Span) -> None:
    """「原则上，…」, 「对，…」: words that lean on others, and nothing to lean on."""
    if atoms and not conditions_of(atoms):
        refuse("这一段只有虚词，没有说到人员、项目或者结果", where, "请把它和后面的话写在一起，中间不加逗号。")


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
    _refuse_two_results(atoms, before, last, where)
    deed = _deed(last, principle, where)
    if principle and not isinstance(deed, SetFlag):
        refuse("“原则上”只能写在是非的结果之前，例如：原则上不纳入救助范围", where)
    return Act(all_of(before, where), deed, where)


def _refuse_two_results(atoms: Children, before: list[Condition], last: Any, where: Span) -> None:
    """「线为1000元且率为50%」: a comparison before the result is a condition only where it says so."""
    equal = (Relation.EQUAL, Relation.AT_MOST, Relation.AT_LEAST)
    at = next(i for i, x in enumerate(atoms) if x is last)
    joined = at > 0 and isinstance(atoms[at - 1], Joined)
    if joined or any(isinstance(x, Compare) and x.relation in equal for x in before):
        refuse("前一半是条件还是结果？是条件的，写“…的，”；是结果的，用“，”分开", where)


def _deed(last: Any, principle: bool, where: Span) -> Deed:
    match last:
        case FlagIs(flag, negated, span):
            return SetFlag(flag, not negated, principle, span)
        case Compare(None, relation, right, scope, span) if relation in (Relation.AT_MOST, Relation.AT_LEAST):
            return Limit(relation, "", right, scope, span)
        case Compare(Name(term), Relation.EQUAL, right, None, span):
            return Define(term, right, span)
        case Compare(Name(term), Relation.AT_MOST | Relation.AT_LEAST | Relation.REACHES as relation, right, None, span, dated):
            return Limit(relation, term, right, None, span, dated)
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
