"""Parse tree → syntax: one method per rule of clause.lark, and the classification of a group's parts.

LALR cannot tell 「累计不超过限额」 said as a condition from the same words said as a limit; what follows the part can. So a part is built as it stands
and becomes a lead, a subject or a deed here, by its separator and its place.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NoReturn

from lark import Token, Transformer, v_args
from lark.tree import Meta

from grammar.literals import Literal
from grammar.source import NOWHERE, Span
from grammar.syntax import (
    Act,
    Adjust,
    AllOf,
    AnyOf,
    Band,
    Banded,
    Belongs,
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
    FlagIs,
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
    Scope,
    Sentence,
    SetFlag,
    Settled,
    Share,
    Sign,
    SumOf,
    Total,
    Unset,
    Window,
)


class Misplaced(Exception):
    """Words in an order that parses but says nothing; carries the message and the place."""

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message)
        self.message, self.span = message, span


class Filler:
    """Words without a node of their own."""


class InPrinciple(Filler):
    """原则上: marks the deed as open to discretion."""


class Topic:
    """A quantity that the rest of its group speaks about."""

    def __init__(self, term: str) -> None:
        self.term = term


class Exception_:
    """但…的除外, until its group takes it."""

    def __init__(self, condition: Condition) -> None:
        self.condition = condition


FILLER, IN_PRINCIPLE = Filler(), InPrinciple()


def _span(meta: Meta) -> Span:
    return NOWHERE if meta.empty else Span(meta.start_pos, meta.end_pos)


def all_of(parts: list[Condition], span: Span) -> Condition | None:
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts), span)


Children = list[Any]


@v_args(meta=True)
class Builder(Transformer[Token, Any]):
    """Methods carry the names of the rules; spans are those of the words."""

    # expressions

    def figure(self, meta: Meta, c: Children) -> Figure:
        return Figure(c[0].value if isinstance(c[0].value, Literal) else c[0], _span(meta))

    period = amount = figure

    def name(self, meta: Meta, c: Children) -> Any:
        token: Token = c[0]
        return Name(str(token.value), _span(meta)) if token.type == "QTY" else str(token.value)

    def ytd(self, meta: Meta, c: Children) -> Scope:
        return Scope.YTD

    def prior(self, meta: Meta, c: Children) -> Scope:
        return Scope.PRIOR

    def peak(self, meta: Meta, c: Children) -> Scope:
        return Scope.PEAK

    def total(self, meta: Meta, c: Children) -> Total:
        return Total(c[0], str(c[1].value), _span(meta))

    scoped_total = total

    def scoped(self, meta: Meta, c: Children) -> Name:
        return Name(c[0], _span(meta))

    def sum_of(self, meta: Meta, c: Children) -> SumOf:
        return SumOf(tuple(str(t.value) for t in c if t.type == "QTY"), False, _span(meta))

    def sum_of_set(self, meta: Meta, c: Children) -> SumOf:
        return SumOf((str(c[0].value),), True, _span(meta))

    def gathered(self, meta: Meta, c: Children) -> Gathered:
        parts = [x for x in c if not isinstance(x, Token)]
        condition = all_of([x for x in parts[0] if not isinstance(x, Filler)], _span(meta))
        assert condition is not None
        return Gathered(str(c[0].value), condition, parts[1], _span(meta))

    def primary(self, meta: Meta, c: Children) -> Any:
        return next(x for x in c if not isinstance(x, Token))

    # conditions

    def names(self, meta: Meta, c: Children) -> Persons:
        title = next((str(t.value) for t in c if isinstance(t, Token) and t.type == "TITLE"), "")
        etc = any(isinstance(t, Token) and t.type == "ETC" for t in c)
        return Persons(tuple(x for x in c if type(x) is str), title, etc, _span(meta))

    def flag(self, meta: Meta, c: Children) -> FlagIs:
        name = next(str(t.value) for t in c if t.type == "FLAG")
        return FlagIs(name, sum(t.type in ("NOT", "FALSE") for t in c) % 2 == 1, _span(meta))

    def flags(self, meta: Meta, c: Children) -> Condition:
        parts = tuple(x for x in c if isinstance(x, FlagIs))
        return parts[0] if len(parts) == 1 else AnyOf(parts, _span(meta))

    def filler(self, meta: Meta, c: Children) -> Filler:
        return FILLER

    about = filler

    def in_principle(self, meta: Meta, c: Children) -> Filler:
        return IN_PRINCIPLE

    def qualified(self, meta: Meta, c: Children) -> Condition:
        return c[0]  # type: ignore[no-any-return]

    def placed(self, meta: Meta, c: Children) -> Condition:
        return c[1]  # type: ignore[no-any-return]

    def placed_not(self, meta: Meta, c: Children) -> Condition:
        inner = c[2]
        return replace(inner, negated=not inner.negated) if isinstance(inner, FlagIs) else Not(inner, _span(meta))

    def settled(self, meta: Meta, c: Children) -> tuple[str, str]:
        return c[0].type, str(c[0].value)

    def after(self, meta: Meta, c: Children) -> Condition:
        parts = [x for x in c if isinstance(x, tuple)]
        amounts = tuple(name for kind, name in parts if kind != "FLAG")
        return Settled(amounts, tuple(name for kind, name in parts if kind == "FLAG"), _span(meta))

    def member(self, meta: Meta, c: Children) -> Chosen:
        return Chosen(str(c[0].value), c[0].type == "TEXT", _span(meta))

    def members(self, meta: Meta, c: Children) -> tuple[Chosen, ...]:
        return tuple(x for x in c if isinstance(x, Chosen))

    def is_member(self, meta: Meta, c: Children) -> Belongs:
        return Belongs(c[0], c[-1], "", False, _span(meta))

    def is_not_member(self, meta: Meta, c: Children) -> Belongs:
        return Belongs(c[0], c[-1], "", True, _span(meta))

    def listed(self, meta: Meta, c: Children) -> Belongs:
        return Belongs(c[0], (), str(c[-1].value), False, _span(meta))

    def not_listed(self, meta: Meta, c: Children) -> Belongs:
        return Belongs(c[0], (), str(c[-1].value), True, _span(meta))

    def filled(self, meta: Meta, c: Children) -> Condition:
        return Filled(c[-1], _span(meta))

    def not_filled(self, meta: Meta, c: Children) -> Condition:
        return Not(Filled(c[-1], _span(meta)), _span(meta))

    def atoms(self, meta: Meta, c: Children) -> Children:
        return c

    # deeds

    def operand(self, meta: Meta, c: Children) -> str:
        return str(c[-1].value)

    def pairwise(self, meta: Meta, c: Children) -> Pairwise:
        return Pairwise(c[0], tuple(x for x in c if isinstance(x, Figure)), _span(meta))

    def define(self, meta: Meta, c: Children) -> Define:
        return Define(c[0], c[2], _span(meta))

    def unset(self, meta: Meta, c: Children) -> Unset:
        return Unset(tuple(x for x in c if type(x) is str), _removes(c), _span(meta))

    def unset_topic(self, meta: Meta, c: Children) -> Unset:
        return Unset((c[-1],), _removes(c), _span(meta))

    def raised(self, meta: Meta, c: Children) -> Adjust:
        return _adjust(c, True, _span(meta))

    def lowered(self, meta: Meta, c: Children) -> Adjust:
        return _adjust(c, False, _span(meta))

    def changed(self, meta: Meta, c: Children) -> Changed:
        return Changed(c[0], c[2], c[4], _span(meta))

    def same(self, meta: Meta, c: Children) -> Same:
        return Same(c[0], c[2], _span(meta))

    def delegate(self, meta: Meta, c: Children) -> Delegate:
        ruleset = next(str(t.value) for t in c if isinstance(t, Token) and t.type == "RULESET")
        target = next((str(t.value) for t in c if isinstance(t, Token) and t.type == "SET"), "")
        return Delegate(next((x for x in c if type(x) is str), target), ruleset, _span(meta))

    def round_half_up(self, meta: Meta, c: Children) -> Rounded:
        return Rounded(False, _span(meta))

    def round_down(self, meta: Meta, c: Children) -> Rounded:
        return Rounded(True, _span(meta))

    def item(self, meta: Meta, c: Children) -> str:
        return c[0] if type(c[0]) is str else str(c[0].value)

    def items(self, meta: Meta, c: Children) -> tuple[str, ...]:
        return tuple(x for x in c if type(x) is str)

    def deny(self, meta: Meta, c: Children) -> Deny:
        return Deny(c[1], False, _span(meta))

    def deny_about(self, meta: Meta, c: Children) -> Deny:
        return Deny(c[-1], False, _span(meta))

    def waive(self, meta: Meta, c: Children) -> Deny:
        return Deny((c[-1],), True, _span(meta))

    def only(self, meta: Meta, c: Children) -> Only:
        return Only(c[0], c[2], _span(meta))

    def cover(self, meta: Meta, c: Children) -> Cover:
        condition = all_of(_conditions(c[-1]), _span(meta))
        if condition is None:
            raise Misplaced("“覆盖”之后没有写明人员、地点或者费用种类", _span(meta))
        return Cover(str(c[0].value), condition, _span(meta))

    def practise(self, meta: Meta, c: Children) -> Deed:
        if c[1].type == "FLAG":
            return SetFlag(str(c[1].value), True, False, _span(meta))
        return Choose("", Chosen(str(c[1].value), False, _span(meta)), _span(meta))

    def window(self, meta: Meta, c: Children) -> Window:
        operands = [x for x in c if type(x) is str]
        period = next(x for x in c if isinstance(x, Figure))
        return Window(operands[0], period, operands[1], c[-1].flag, _span(meta))

    def commence(self, meta: Meta, c: Children) -> Commence:
        onset = next((x[1] for x in c if isinstance(x, tuple)), None)
        return Commence(str(c[0].value) if c[0].type == "SET" else "", onset, _span(meta))

    commence_on = commence

    def include(self, meta: Meta, c: Children) -> Include:
        return Include(str(c[0].value), tuple(x for x in c if type(x) is str), _span(meta))

    def exempt(self, meta: Meta, c: Children) -> Exempt:
        return Exempt(tuple(str(t.value) for t in c if t.type == "CLAUSE"), _span(meta))

    def grant_full(self, meta: Meta, c: Children) -> Define:
        return Define(c[-1], Name(c[0], _span(meta)), _span(meta))

    def grant_part(self, meta: Meta, c: Children) -> Define:
        value = next(x for x in c if not isinstance(x, Token) and type(x) is not str)
        return Define(c[-1], value, _span(meta))

    def residue(self, meta: Meta, c: Children) -> Residue:
        return Residue(c[0], Figure(c[-1].value, _span(meta)), _span(meta))

    def topic(self, meta: Meta, c: Children) -> Topic:
        return Topic(c[0] if type(c[0]) is str else str(c[0].value))

    def cost_flag(self, meta: Meta, c: Children) -> SetFlag:
        principle = any(isinstance(t, Token) and t.type == "PRINCIPLE" for t in c)
        return SetFlag(c[-1].flag, not c[-1].negated, principle, _span(meta))

    def share(self, meta: Meta, c: Children) -> Share:
        payer = next(str(t.value) for t in c if isinstance(t, Token) and t.type == "PAYER")
        return Share(payer, next(x for x in c if not isinstance(x, Token)), _span(meta))

    def fill(self, meta: Meta, c: Children) -> FillUp:
        payer = next(str(t.value) for t in c if isinstance(t, Token) and t.type == "PAYER")
        return FillUp(payer, c[-1], _span(meta))

    def class_names(self, meta: Meta, c: Children) -> Classify:
        return Classify("", _people(c)[0].names, (), (), _span(meta))

    def class_less(self, meta: Meta, c: Children) -> Classify:
        kept, dropped = _people(c)
        return Classify("", kept.names, dropped.names, (), _span(meta))

    def class_less_and(self, meta: Meta, c: Children) -> Classify:
        kept, dropped, more = _people(c)
        return Classify("", kept.names + more.names, dropped.names, (), _span(meta))

    def class_outside(self, meta: Meta, c: Children) -> Classify:
        outside, kept = _people(c)
        return Classify("", kept.names, (), outside.names, _span(meta))

    def classify(self, meta: Meta, c: Children) -> Classify:
        return replace(c[-1], group=c[0].names[0], span=_span(meta))

    def except_when(self, meta: Meta, c: Children) -> Exception_:
        condition = all_of(_conditions(c[1]), _span(meta))
        if condition is None:
            raise Misplaced("“但…的除外”之间没有条件", _span(meta))
        return Exception_(condition)

    def band_first(self, meta: Meta, c: Children) -> tuple[Figure | None, Figure | None]:
        return None, c[-1]

    def band_middle(self, meta: Meta, c: Children) -> tuple[Figure | None, Figure | None]:
        figures = [x for x in c if isinstance(x, Figure)]
        return figures[0], figures[1]

    def band_last(self, meta: Meta, c: Children) -> tuple[Figure | None, Figure | None]:
        return c[-1], None

    def band(self, meta: Meta, c: Children) -> Band:
        lower, upper = c[0]
        return Band(lower, upper, Figure(c[-1].value, _span(meta)), _span(meta))

    def banded(self, meta: Meta, c: Children) -> Banded:
        return Banded(c[0], c[2], tuple(x for x in c if isinstance(x, Band)), _span(meta))

    # parts and groups

    def onset_date(self, meta: Meta, c: Children) -> tuple[str, Expression]:
        token = next(t for t in c if t.type == "DATE")
        return "onset", Figure(token.value, _span(meta))

    def onset_named(self, meta: Meta, c: Children) -> tuple[str, Expression]:
        return "onset", Name(next(x for x in c if type(x) is str), _span(meta))

    def onset(self, meta: Meta, c: Children) -> Any:
        return c[0]

    def body(self, meta: Meta, c: Children) -> Children:
        return c

    def part(self, meta: Meta, c: Children) -> tuple[Expression | None, Children, Span]:
        onset = c[0][1] if isinstance(c[0], tuple) and len(c[0]) == 2 and c[0][0] == "onset" else None
        return onset, (c[-1] if isinstance(c[-1], list) else []), _span(meta)

    def separator(self, meta: Meta, c: Children) -> Token:
        return c[0]  # type: ignore[no-any-return]

    def group(self, meta: Meta, c: Children) -> Group:
        otherwise = isinstance(c[0], Token) and c[0].type == "OTHERWISE"
        return assemble(c[1:] if otherwise else c, otherwise, _span(meta))

    def condition(self, meta: Meta, c: Children) -> Condition:
        joined = all_of(_conditions(c[0]), _span(meta))
        if joined is None:
            _refuse("这里没有条件", _span(meta))
        return joined

    def formula(self, meta: Meta, c: Children) -> Any:
        return c[0]

    def sentence(self, meta: Meta, c: Children) -> Sentence:
        return Sentence(tuple(x for x in c if isinstance(x, Group)), _span(meta))


def _binary(sign: Sign) -> Callable[[Any, Meta, Children], Operation]:
    def build(self: Any, meta: Meta, c: Children) -> Operation:
        operands = tuple(Figure(x.value, _span(meta)) if isinstance(x, Token) else x for x in c if not isinstance(x, Token) or x.type in _KEPT)
        return Operation(sign, operands, _span(meta))

    return build


_KEPT = ("RATIO", "DAYS")

for _sign in Sign:
    setattr(Builder, _sign.value, v_args(meta=True)(_binary(_sign)))


def _comparison(relation: Relation, scope: Scope | None = None) -> Callable[[Any, Meta, Children], Compare]:
    def build(self: Any, meta: Meta, c: Children) -> Compare:
        parts = [x for x in c if not isinstance(x, Token)]
        left = parts[0] if len(parts) == 2 else None
        return Compare(Name(left, _span(meta)) if type(left) is str else left, relation, parts[-1], scope, _span(meta))

    return build


for _name, _relation, _scope in (
    ("is_equal", Relation.EQUAL, None),
    ("exceeds", Relation.EXCEEDS, None),
    ("below", Relation.BELOW, None),
    ("reaches", Relation.REACHES, None),
    ("at_most", Relation.AT_MOST, None),
    ("at_least", Relation.AT_LEAST, None),
    ("bare_at_most", Relation.AT_MOST, None),
    ("bare_at_least", Relation.AT_LEAST, None),
    ("ytd_at_most", Relation.AT_MOST, Scope.YTD),
    ("ytd_exceeds", Relation.EXCEEDS, Scope.YTD),
):
    setattr(Builder, _name, v_args(meta=True)(_comparison(_relation, _scope)))


def _adjust(c: Children, upward: bool, span: Span) -> Adjust:
    target = next(x for x in c if type(x) is str)
    return Adjust(target, upward, next(x for x in c if isinstance(x, Figure)), span)


def _removes(c: Children) -> bool:
    return any(isinstance(x, Token) and x.type == "REMOVE" for x in c)


def _people(c: Children) -> list[Persons]:
    return [x for x in c if isinstance(x, Persons)]


def _conditions(atoms: Children) -> list[Condition]:
    return [x for x in atoms if not isinstance(x, Filler)]


CONDITIONS = (Persons, FlagIs, Compare, Belongs, Settled, Filled, AllOf, AnyOf, Not)


def assemble(children: Children, otherwise: bool, span: Span) -> Group:
    """Classify the parts of a group by what follows them."""
    parts = [x for x in children if isinstance(x, tuple)]
    separators = [x.type for x in children if isinstance(x, Token)]
    onset: Expression | None = None
    exception: Condition | None = None
    leads: list[Condition] = []
    acts: list[Act] = []
    topic = ""
    for index, (begins, atoms, where) in enumerate(parts):
        onset = begins or onset
        is_condition = index < len(separators) and separators[index] == "WHEN"
        more = index < len(parts) - 1
        last = atoms[-1] if atoms else None
        if isinstance(last, Exception_):
            exception = last.condition
        elif isinstance(last, Topic) and more:
            topic = last.term
            leads += _lead(atoms[:-1], where)
        elif len(parts) == 1 and _only_speaks_of(atoms):
            described = all_of(_conditions(atoms), where)
            assert described is not None
            acts.append(Act(None, Describe(described, where), where))
        elif is_condition or (more and _only_speaks_of(atoms)):
            leads += _lead(atoms, where)
        elif atoms:
            acts.append(_act(atoms, where))
    if not acts:
        _refuse("这一句只有条件，没有写明结果", span)
    return Group(tuple(acts), tuple(leads), onset, exception, otherwise, topic, span)


def _refuse(message: str, span: Span) -> NoReturn:
    raise Misplaced(message, span)


def _only_speaks_of(atoms: Children) -> bool:
    """A part such as 「按规定转诊的救助对象」: persons, no verb."""
    conditions = _conditions(atoms)
    return bool(conditions) and (isinstance(conditions[-1], (Persons, Settled)) or _qualifies(atoms))


def _qualifies(atoms: Children) -> bool:
    last = _conditions(atoms)[-1]
    return isinstance(last, AllOf) and all(isinstance(p, (Persons, Settled, FlagIs)) for p in last.parts)


def _lead(atoms: Children, where: Span) -> list[Condition]:
    conditions = [x for x in _conditions(atoms) if isinstance(x, CONDITIONS)]
    if len(conditions) < len(_conditions(atoms)):
        _refuse("“的，”之前应当是条件", where)
    return conditions


def _act(atoms: Children, where: Span) -> Act:
    principle = any(isinstance(x, InPrinciple) for x in atoms)
    parts = _conditions(atoms)
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
        case Topic():
            _refuse("只提到了项目，没有写明怎样计算", where)
        case Persons() | Compare() | Belongs() | Settled() | Filled() | AllOf() | AnyOf() | Not():
            _refuse("这一段是条件，不是结果；条件之后应当写“的，”", where)
        case _:
            return last  # type: ignore[no-any-return]
