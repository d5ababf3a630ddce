"""What was filed against the bounds its term declares (不低于, 不超过): a figure, or another quantity of the claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from grammar.document import Kind, Origin, Term
from interpreter.figures import literal_value
from interpreter.filing import show
from interpreter.rulebook import Rulebook
from interpreter.values import is_number


def bounds(filed: Mapping[str, Any], given: Mapping[str, Any], book: Rulebook, where: str) -> list[str]:
    """What was filed against 不低于 and 不超过; `given` holds the quantities that a bound may name."""
    return [f"{where}“{name}”{fault}" for name, value in filed.items() for fault in _beyond(book.term[name], value, given, book)]


def _beyond(term: Term, value: Any, given: Mapping[str, Any], book: Rulebook, key: Any = None) -> Iterator[str]:
    """Of a keyed table every entry, of bands every ratio, of a list every item is held to the bounds declared for it."""
    if isinstance(value, dict):
        for member, entry in value.items():
            yield from (f"的“{show(member)}”{fault}" for fault in _beyond(term, entry, given, book, member))
    elif isinstance(value, tuple) and term.kind is Kind.LIST:
        for number, item in enumerate(value):
            yield from (f"第{number + 1}项{fault}" for fault in bounds(item, {**given, **item}, book, ""))
    elif isinstance(value, tuple) and term.kind is Kind.BANDS:
        for number, (_, _, ratio) in enumerate(value):
            yield from (f"第{number + 1}段的比例{fault}" for fault in _beyond(term, ratio, given, book, key))
    else:
        lowest, highest = (_limit(term, bound, given, book, key) for bound in (term.at_least, term.at_most))
        if _comparable(value, lowest) and value < lowest:
            yield f"不能低于{term.at_least}"
        if _comparable(value, highest) and value > highest:
            yield f"不能超过{term.at_most}"


def _limit(term: Term, bound: str, given: Mapping[str, Any], book: Rulebook, key: Any) -> Any:
    """What a bound says: a literal, or the quantity it names; of a table the entry for the same member."""
    named = book.term.get(bound)
    if named is None:
        literal = literal_value(term, bound) if bound else None
        return literal.year if isinstance(literal, date) and term.kind is Kind.YEAR else literal
    limit = given.get(bound)
    return limit.get(given.get(named.keyed) if key is None else key) if isinstance(limit, dict) else limit


def _comparable(a: Any, b: Any) -> bool:
    return (is_number(a) and is_number(b)) or (isinstance(a, date) and isinstance(b, date))


def bounded_by_facts(parameters: dict[str, Any], book: Rulebook) -> dict[str, Any]:
    """Parameters that are held to a fact are held to it in every visit."""
    facts = {t.name for t in book.terms if t.origin is Origin.FACT or t.filed_first}
    return {name: value for name, value in parameters.items() if {book.term[name].at_least, book.term[name].at_most} & facts}
