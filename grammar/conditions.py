"""Parse tree → conditions: one method per rule of clause.lark."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from lark import Token, Transformer, v_args
from lark.tree import Meta

from grammar.pieces import FILLER, IN_PRINCIPLE, JOINED, Children, Filler, refuse, span_of
from grammar.syntax import AllOf, AnyOf, Belongs, Chosen, Compare, Condition, During, Filled, FlagIs, Name, Not, Persons, Relation, Scope, Settled


@v_args(meta=True)
class Conditions(Transformer[Token, Any]):
    """Methods carry the names of the rules; spans are those of the words."""

    def names(self, meta: Meta, c: Children) -> Persons:
        title = next((str(t.value) for t in c if isinstance(t, Token) and t.type == "TITLE"), "")
        etc = any(isinstance(t, Token) and t.type == "ETC" for t in c)
        return Persons(tuple(x for x in c if type(x) is str), title, etc, span_of(meta))

    def flag(self, meta: Meta, c: Children) -> FlagIs:
        name = next(str(t.value) for t in c if t.type == "FLAG")
        return FlagIs(name, sum(t.type in ("NOT", "FALSE") for t in c) % 2 == 1, span_of(meta))

    def flags(self, meta: Meta, c: Children) -> Condition:
        parts = tuple(x for x in c if isinstance(x, FlagIs))
        return parts[0] if len(parts) == 1 else AnyOf(parts, span_of(meta))

    def filler(self, meta: Meta, c: Children) -> Filler:
        return FILLER

    about = filler

    def joined(self, meta: Meta, c: Children) -> Filler:
        return JOINED

    def in_principle(self, meta: Meta, c: Children) -> Filler:
        return IN_PRINCIPLE

    def qualified(self, meta: Meta, c: Children) -> Condition:
        return c[0]  # type: ignore[no-any-return]

    def placed(self, meta: Meta, c: Children) -> Condition:
        return c[1]  # type: ignore[no-any-return]

    each_of = placed

    def placed_not(self, meta: Meta, c: Children) -> Condition:
        inner = c[2]
        return replace(inner, negated=not inner.negated) if isinstance(inner, FlagIs) else Not(inner, span_of(meta))

    def outside(self, meta: Meta, c: Children) -> Condition:
        left_out, kept = (x for x in c if isinstance(x, Persons))
        return AllOf((kept, Not(left_out, span_of(meta))), span_of(meta))

    def settled(self, meta: Meta, c: Children) -> tuple[str, str]:
        return c[0].type, str(c[0].value)

    def after(self, meta: Meta, c: Children) -> Condition:
        parts = [x for x in c if isinstance(x, tuple)]
        amounts = tuple(name for kind, name in parts if kind != "FLAG")
        return Settled(amounts, tuple(name for kind, name in parts if kind == "FLAG"), span_of(meta))

    def member(self, meta: Meta, c: Children) -> Chosen:
        return Chosen(str(c[0].value), c[0].type == "TEXT", span_of(meta))

    def members(self, meta: Meta, c: Children) -> tuple[Chosen, ...]:
        return tuple(x for x in c if isinstance(x, Chosen))

    def is_member(self, meta: Meta, c: Children) -> Belongs:
        return Belongs(c[0], c[-1], "", False, span_of(meta))

    def is_not_member(self, meta: Meta, c: Children) -> Belongs:
        return Belongs(c[0], c[-1], "", True, span_of(meta))

    def listed(self, meta: Meta, c: Children) -> Belongs:
        return Belongs(c[0], (), str(c[-1].value), False, span_of(meta))

    def not_listed(self, meta: Meta, c: Children) -> Belongs:
        return Belongs(c[0], (), str(c[-1].value), True, span_of(meta))

    def during(self, meta: Meta, c: Children) -> Condition:
        if not isinstance(c[0], FlagIs):
            refuse("“内”之前应当只有一个期间", span_of(meta))
        within = During(c[0].flag, span_of(meta))
        return Not(within, span_of(meta)) if c[0].negated else within

    def filled(self, meta: Meta, c: Children) -> Condition:
        return Filled(str(c[-1]), span_of(meta))

    def not_filled(self, meta: Meta, c: Children) -> Condition:
        return Not(Filled(str(c[-1]), span_of(meta)), span_of(meta))

    def atoms(self, meta: Meta, c: Children) -> Children:
        return c


def _comparison(relation: Relation, scope: Scope | None, dated: bool) -> Callable[[Any, Meta, Children], Compare]:
    def build(self: Any, meta: Meta, c: Children) -> Compare:
        parts = [x for x in c if not isinstance(x, Token)]
        left = parts[0] if len(parts) == 2 else None
        return Compare(Name(left, span_of(meta)) if type(left) is str else left, relation, parts[-1], scope, span_of(meta), dated)

    return build


for _name, _relation, _scope, _dated in (
    ("is_equal", Relation.EQUAL, None, False),
    ("exceeds", Relation.EXCEEDS, None, False),
    ("below", Relation.BELOW, None, False),
    ("reaches", Relation.REACHES, None, False),
    ("at_most", Relation.AT_MOST, None, False),
    ("at_least", Relation.AT_LEAST, None, False),
    ("later", Relation.EXCEEDS, None, True),
    ("earlier", Relation.BELOW, None, True),
    ("no_later", Relation.AT_MOST, None, True),
    ("no_earlier", Relation.AT_LEAST, None, True),
    ("bare_at_most", Relation.AT_MOST, None, False),
    ("bare_at_least", Relation.AT_LEAST, None, False),
    ("ytd_at_most", Relation.AT_MOST, Scope.YTD, False),
    ("ytd_exceeds", Relation.EXCEEDS, Scope.YTD, False),
):
    setattr(Conditions, _name, v_args(meta=True)(_comparison(_relation, _scope, _dated)))
