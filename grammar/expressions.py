"""Parse tree → expressions: one method per rule of clause.lark."""

from collections.abc import Callable
from typing import Any

from lark import Token, Transformer, v_args
from lark.tree import Meta

from grammar.literals import Literal
from grammar.pieces import Children, all_of, conditions_of, refuse, span_of
from grammar.syntax import Figure, Gathered, Name, Operation, Scope, Sign, SumOf, Total


@v_args(meta=True)
class Expressions(Transformer[Token, Any]):
    """Methods carry the names of the rules; spans are those of the words."""

    def figure(self, meta: Meta, c: Children) -> Figure:
        return Figure(c[0].value if isinstance(c[0].value, Literal) else c[0], span_of(meta))

    period = amount = figure

    def titled(self, meta: Meta, c: Children) -> Figure:
        return c[0]  # type: ignore[no-any-return]

    def name(self, meta: Meta, c: Children) -> Any:
        token: Token = c[0]
        return Name(str(token.value), span_of(meta)) if token.type == "QTY" else str(token.value)

    def ytd(self, meta: Meta, c: Children) -> Scope:
        return Scope.YTD

    def prior(self, meta: Meta, c: Children) -> Scope:
        return Scope.PRIOR

    def peak(self, meta: Meta, c: Children) -> Scope:
        return Scope.PEAK

    def last(self, meta: Meta, c: Children) -> Scope:
        return Scope.LAST

    def total(self, meta: Meta, c: Children) -> Total:
        return Total(c[0], str(c[1].value), span_of(meta))

    scoped_total = total

    def scoped(self, meta: Meta, c: Children) -> Name:
        return Name(c[0], span_of(meta))

    def sum_of(self, meta: Meta, c: Children) -> SumOf:
        return SumOf(tuple(str(t.value) for t in c if t.type == "QTY"), False, span_of(meta))

    def sum_of_set(self, meta: Meta, c: Children) -> SumOf:
        return SumOf((str(c[0].value),), True, span_of(meta))

    def gathered(self, meta: Meta, c: Children) -> Gathered:
        parts = [x for x in c if not isinstance(x, Token)]
        condition = all_of(conditions_of(parts[0]), span_of(meta))
        if condition is None:
            refuse("“中”和“的各项”之间没有条件", span_of(meta), "请写明哪些项计入，例如：费用日期不早于入院日期。")
        return Gathered(str(c[0].value), condition, parts[1], span_of(meta))

    def primary(self, meta: Meta, c: Children) -> Any:
        return next(x for x in c if not isinstance(x, Token))


def _binary(sign: Sign) -> Callable[[Any, Meta, Children], Operation]:
    def build(self: Any, meta: Meta, c: Children) -> Operation:
        operands = tuple(Figure(x.value, span_of(meta)) if isinstance(x, Token) else x for x in c if not isinstance(x, Token) or x.type in _KEPT)
        return Operation(sign, operands, span_of(meta))

    return build


_KEPT = ("RATIO", "DAYS", "WORKDAYS")

for _sign in Sign:
    setattr(Expressions, _sign.value, v_args(meta=True)(_binary(_sign)))
