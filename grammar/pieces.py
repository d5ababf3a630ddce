"""What the builders share: spans, fillers, the fault of words that parse and say nothing."""

from typing import Any, NoReturn

from lark.tree import Meta

from grammar.source import NOWHERE, Span
from grammar.syntax import AllOf, Condition, Expression


class Misplaced(Exception):
    """Words in an order that parses but says nothing; carries the message, the place and what to do."""

    def __init__(self, message: str, span: Span, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.span, self.hint = message, span, hint


class Filler:
    """Words without a node of their own."""


class InPrinciple(Filler):
    """原则上: marks the deed as open to discretion."""


class Topic:
    """A quantity that the rest of its group speaks about."""

    def __init__(self, term: str) -> None:
        self.term = term


class Ground(Topic):
    """在X的基础上: what is raised or lowered, perhaps after the amount it concerns was named."""


class Basis:
    """What the rest of its group is a part of: 自付费用超过2000元的部分."""

    def __init__(self, value: Expression) -> None:
        self.value = value


class Exceptional:
    """但…的除外, until its group takes it."""

    def __init__(self, condition: Condition) -> None:
        self.condition = condition


class Joined(Filler):
    """且 between two conditions."""


FILLER, IN_PRINCIPLE, JOINED = Filler(), InPrinciple(), Joined()


def span_of(meta: Meta) -> Span:
    return NOWHERE if meta.empty else Span(meta.start_pos, meta.end_pos)


def all_of(parts: list[Condition], span: Span) -> Condition | None:
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts), span)


Children = list[Any]


def conditions_of(atoms: Children) -> list[Condition]:
    return [x for x in atoms if not isinstance(x, Filler)]


def refuse(message: str, span: Span, hint: str = "") -> NoReturn:
    raise Misplaced(message, span, hint)
