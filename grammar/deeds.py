"""Parse tree → deeds: one method per rule of clause.lark."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from lark import Token, Transformer, v_args
from lark.tree import Meta

from grammar.acts import (
    Adjust,
    Band,
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
    Exempt,
    FillUp,
    GrantWhole,
    Include,
    KeyedBy,
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
from grammar.literals import Literal, Measure
from grammar.pieces import Basis, Children, Exceptional, Ground, Misplaced, Topic, all_of, conditions_of, span_of
from grammar.source import Span
from grammar.syntax import Chosen, Figure, Name, Operation, Persons, Sign


@v_args(meta=True)
class Deeds(Transformer[Token, Any]):
    """Methods carry the names of the rules; spans are those of the words."""

    def operand(self, meta: Meta, c: Children) -> str:
        return str(c[-1].value)

    def pairwise(self, meta: Meta, c: Children) -> Pairwise:
        return Pairwise(c[0], tuple(x for x in c if isinstance(x, Figure)), span_of(meta))

    def define(self, meta: Meta, c: Children) -> Define:
        return Define(c[0], c[-2], span_of(meta))

    def unset(self, meta: Meta, c: Children) -> Unset:
        return Unset(tuple(x for x in c if type(x) is str), _removes(c), span_of(meta))

    def unset_topic(self, meta: Meta, c: Children) -> Unset:
        return Unset((c[-1],), _removes(c), span_of(meta))

    def raised(self, meta: Meta, c: Children) -> Adjust:
        return _adjust(c, True, span_of(meta))

    def lowered(self, meta: Meta, c: Children) -> Adjust:
        return _adjust(c, False, span_of(meta))

    def changed(self, meta: Meta, c: Children) -> Changed:
        return Changed(c[0], c[2], c[4], span_of(meta))

    def raised_to(self, meta: Meta, c: Children) -> Define:
        return Define(c[0], c[-1], span_of(meta))

    def same(self, meta: Meta, c: Children) -> Same:
        return Same(c[0], c[2], span_of(meta))

    def delegate(self, meta: Meta, c: Children) -> Delegate:
        ruleset = next(str(t.value) for t in c if isinstance(t, Token) and t.type == "RULESET")
        target = next((str(t.value) for t in c if isinstance(t, Token) and t.type == "SET"), "")
        return Delegate(next((x for x in c if type(x) is str), target), ruleset, span_of(meta))

    def round_half_up(self, meta: Meta, c: Children) -> Rounded:
        return Rounded(False, span_of(meta))

    def round_down(self, meta: Meta, c: Children) -> Rounded:
        return Rounded(True, span_of(meta))

    def item(self, meta: Meta, c: Children) -> str:
        return c[0] if type(c[0]) is str else str(c[0].value)

    def items(self, meta: Meta, c: Children) -> tuple[str, ...]:
        return tuple(x for x in c if type(x) is str)

    def deny(self, meta: Meta, c: Children) -> Deny:
        return Deny(c[1], False, span_of(meta))

    def deny_about(self, meta: Meta, c: Children) -> Deny:
        return Deny(c[-1], False, span_of(meta))

    def waive(self, meta: Meta, c: Children) -> Deny:
        return Deny((c[-1],), True, span_of(meta))

    def only(self, meta: Meta, c: Children) -> Only:
        return Only(c[0], c[2], span_of(meta))

    def cover(self, meta: Meta, c: Children) -> Cover:
        condition = all_of(conditions_of(c[-1]), span_of(meta))
        if condition is None:
            raise Misplaced("“覆盖”之后没有写明人员、地点或者费用种类", span_of(meta))
        return Cover(str(c[0].value), condition, span_of(meta))

    def practise(self, meta: Meta, c: Children) -> Deed:
        if c[-1].type == "FLAG":
            return SetFlag(str(c[-1].value), True, False, span_of(meta))
        return Choose("", Chosen(str(c[-1].value), False, span_of(meta)), span_of(meta))

    def window(self, meta: Meta, c: Children) -> Window:
        operands = [x for x in c if type(x) is str]
        period = next(x for x in c if isinstance(x, Figure))
        return Window(operands[0], period, operands[1], c[-1].flag, span_of(meta))

    def commence(self, meta: Meta, c: Children) -> Commence:
        onset = next((x[1] for x in c if isinstance(x, tuple)), None)
        return Commence(str(c[0].value) if c[0].type == "SET" else "", onset, span_of(meta))

    commence_on = commence

    def include(self, meta: Meta, c: Children) -> Include:
        return Include(str(c[0].value), tuple(x for x in c if type(x) is str), span_of(meta))

    def exempt(self, meta: Meta, c: Children) -> Exempt:
        return Exempt(tuple(str(t.value) for t in c if t.type == "CLAUSE"), span_of(meta))

    def grant_full(self, meta: Meta, c: Children) -> Define:
        return Define(c[-1], Name(c[0], span_of(meta)), span_of(meta))

    def grant_whole(self, meta: Meta, c: Children) -> GrantWhole:
        return GrantWhole(c[-1], span_of(meta))

    def grant_part(self, meta: Meta, c: Children) -> Define:
        value = next(x for x in c if not isinstance(x, Token) and type(x) is not str)
        return Define(c[-1], value, span_of(meta))

    def residue(self, meta: Meta, c: Children) -> Residue:
        return Residue(c[0], Figure(c[-1].value, span_of(meta)), span_of(meta))

    def topic(self, meta: Meta, c: Children) -> Topic:
        return Topic(c[0] if type(c[0]) is str else str(c[0].value))

    def topic_based(self, meta: Meta, c: Children) -> Topic:
        return Ground(c[1])

    def base_excess(self, meta: Meta, c: Children) -> Basis:
        left, right = (x for x in c if not isinstance(x, Token))
        return Basis(Operation(Sign.EXCESS, (left, right), span_of(meta)))

    def base_shortfall(self, meta: Meta, c: Children) -> Topic:
        return Topic(next(str(t.value) for t in c if isinstance(t, Token) and t.type == "QTY"))

    def cost_flag(self, meta: Meta, c: Children) -> SetFlag:
        principle = any(isinstance(t, Token) and t.type == "PRINCIPLE" for t in c)
        return SetFlag(c[-1].flag, not c[-1].negated, principle, span_of(meta))

    def share(self, meta: Meta, c: Children) -> Share:
        payer = next(str(t.value) for t in c if isinstance(t, Token) and t.type == "PAYER")
        return Share(payer, next(x for x in c if not isinstance(x, Token)), span_of(meta))

    def share_topic(self, meta: Meta, c: Children) -> Share:
        """由P承担, said of the quantity just spoken about: the whole of it."""
        payer = next(str(t.value) for t in c if isinstance(t, Token) and t.type == "PAYER")
        return Share(payer, Figure(Literal(Measure.RATIO, Fraction(1)), span_of(meta)), span_of(meta))

    def appoint(self, meta: Meta, c: Children) -> Classify:
        named, group = _people(c)
        return Classify(group.names[0], named.names, (), (), span_of(meta))

    def only_then(self, meta: Meta, c: Children) -> OnlyThen:
        condition = all_of(conditions_of(c[1]), span_of(meta))
        if condition is None:
            raise Misplaced("“需”之后没有写明条件", span_of(meta))
        return OnlyThen(str(c[-1].value), condition, span_of(meta))

    def keyed_by(self, meta: Meta, c: Children) -> KeyedBy:
        return KeyedBy(c[0], str(c[2].value), span_of(meta))

    def entrust(self, meta: Meta, c: Children) -> Choose:
        member = next(t for t in c if isinstance(t, Token) and t.type == "MEMBER")
        return Choose(c[0], Chosen(str(member.value), False, span_of(meta)), span_of(meta))

    def share_whole(self, meta: Meta, c: Children) -> Share:
        payer = next(str(t.value) for t in c if isinstance(t, Token) and t.type == "PAYER")
        return Share(payer, Name(c[0], span_of(meta)), span_of(meta))

    def quota(self, meta: Meta, c: Children) -> tuple[str, Figure]:
        return c[0], Figure(c[-1].value, span_of(meta))

    def shares(self, meta: Meta, c: Children) -> Shares:
        payer = next(str(t.value) for t in c if isinstance(t, Token) and t.type == "PAYER")
        return Shares(payer, tuple(x for x in c if isinstance(x, tuple)), span_of(meta))

    def fill(self, meta: Meta, c: Children) -> FillUp:
        payer = next(str(t.value) for t in c if isinstance(t, Token) and t.type == "PAYER")
        return FillUp(payer, c[-1], span_of(meta))

    def class_names(self, meta: Meta, c: Children) -> Classify:
        return Classify("", _people(c)[0].names, (), (), span_of(meta))

    def class_less(self, meta: Meta, c: Children) -> Classify:
        kept, dropped = _people(c)
        return Classify("", kept.names, dropped.names, (), span_of(meta))

    def class_less_and(self, meta: Meta, c: Children) -> Classify:
        kept, dropped, more = _people(c)
        return Classify("", kept.names + more.names, dropped.names, (), span_of(meta))

    def class_outside(self, meta: Meta, c: Children) -> Classify:
        outside, kept = _people(c)
        return Classify("", kept.names, (), outside.names, span_of(meta))

    def classify(self, meta: Meta, c: Children) -> Classify:
        made: Classify = c[-1]
        return replace(made, group=c[0].names[0], span=span_of(meta))

    def except_when(self, meta: Meta, c: Children) -> Exceptional:
        condition = all_of(conditions_of(c[1]), span_of(meta))
        if condition is None:
            raise Misplaced("“但…的除外”之间没有条件", span_of(meta))
        return Exceptional(condition)

    def band_first(self, meta: Meta, c: Children) -> tuple[Figure | None, Figure | None]:
        return None, c[-1]

    def band_middle(self, meta: Meta, c: Children) -> tuple[Figure | None, Figure | None]:
        figures = [x for x in c if isinstance(x, Figure)]
        return figures[0], figures[1]

    def band_last(self, meta: Meta, c: Children) -> tuple[Figure | None, Figure | None]:
        return c[-1], None

    def band(self, meta: Meta, c: Children) -> Band:
        lower, upper = c[0]
        return Band(lower, upper, Figure(c[-1].value, span_of(meta)), span_of(meta))

    def banded(self, meta: Meta, c: Children) -> Banded:
        return Banded(c[0], c[2], tuple(x for x in c if isinstance(x, Band)), span_of(meta))


def _adjust(c: Children, upward: bool, span: Span) -> Adjust:
    target = next((x for x in c if type(x) is str), "")
    return Adjust(target, upward, next(x for x in c if isinstance(x, Figure)), span)


def _removes(c: Children) -> bool:
    return any(isinstance(x, Token) and x.type == "REMOVE" for x in c)


def _people(c: Children) -> list[Persons]:
    return [x for x in c if isinstance(x, Persons)]
