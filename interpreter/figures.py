"""Figures as policies write them → values: int fen, exact ratios, dates."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from grammar.document import Kind, Term
from grammar.literals import Measure, read_literal
from grammar.source import fold
from grammar.syntax import Figure
from interpreter.values import NOT_APPLICABLE, UNSET


def figure_value(figure: Figure) -> tuple[Any, Kind]:
    value = figure.literal.value
    if isinstance(value, date):
        return value, Kind.DATE
    plain: Any = value.numerator if value.denominator == 1 else value
    match figure.literal.measure:
        case Measure.MONEY:
            return plain, Kind.MONEY
        case Measure.RATIO | Measure.POINTS:
            return Fraction(value), Kind.RATIO
        case _:
            return plain, Kind.COUNT


def fen(figure: Figure | None) -> Any:
    return None if figure is None else figure_value(figure)[0]


def literal_value(term: Term, text: str) -> Any:
    """A default or closing value as declared: 0元, 否, 不适用, 未用尽, 2017年6月7日."""
    words: dict[str, Any] = {"是": True, "否": False, "不适用": NOT_APPLICABLE, "不设": UNSET, "空": ()}
    if text in words:
        return words[text]
    literal = read_literal(fold(text))
    if literal and literal[1] == len(text) and term.kind not in (Kind.TEXT, Kind.CHOICE):
        return figure_value(Figure(literal[0]))[0]
    return text.strip("“”")
