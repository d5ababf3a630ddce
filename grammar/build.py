"""Parse tree → syntax: one method per rule of clause.lark.

LALR cannot tell 「累计不超过限额」 said as a condition from the same words said as a limit; what follows the part can.
So a part is built as it stands and becomes a lead, a subject or a deed in groups.py, by its separator and its place.
"""

from typing import Any

from lark import Token, v_args
from lark.tree import Meta

from grammar.acts import Group, Sentence
from grammar.conditions import Conditions
from grammar.deeds import Deeds
from grammar.expressions import Expressions
from grammar.groups import assemble
from grammar.pieces import Children, all_of, conditions_of, refuse, span_of
from grammar.source import Span
from grammar.syntax import Condition, Expression, Figure, Name


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
