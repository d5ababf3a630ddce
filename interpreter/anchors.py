"""Citations → anchors: the unit, the exact words and their span, or a diagnostic that says what the notice has instead."""

from collections.abc import Iterable

from grammar.address import spoken
from grammar.diagnostic import Diagnostic
from grammar.document import Address, Standing, Statement
from grammar.source import Span
from interpreter.graph import Anchor
from interpreter.notice import Notice, Unit


def anchors(notice: Notice, addresses: Iterable[Address], source: str) -> tuple[tuple[Anchor, ...], tuple[Diagnostic, ...]]:
    """One anchor for every leaf unit cited. Codes: no-such-unit, quote-mismatch."""
    found: list[Anchor] = []
    faults: list[Diagnostic] = []
    for address in addresses:
        units = notice.under(address.unit)
        if not units:
            faults.append(Diagnostic("no-such-unit", f"原文没有“{spoken(address.unit)}”", source, address.span, hint=_near(notice, address.unit)))
        elif address.quote:
            hit = _find(units, address.quote)
            if hit is None:
                faults.append(mismatch(notice, address.quote, units, source, address.span))
            else:
                found += hit
        else:
            found += [Anchor(u.id, u.text, 0, len(u.text), u.digest) for u in units]
    return tuple(found), tuple(faults)


def quoted(notice: Notice, statement: Statement, source: str) -> tuple[tuple[Anchor, ...], tuple[Diagnostic, ...]]:
    """The anchors of a statement: for 照录 those units that hold the quote, else all it cites."""
    if statement.standing is not Standing.VERBATIM:
        return anchors(notice, statement.basis, source)
    units = tuple(u for a in statement.basis for u in notice.under(a.unit))
    hit = _find(units, statement.quote)
    if hit is not None:
        return hit, ()
    return (), (mismatch(notice, statement.quote, units, source, statement.span),)


def _find(units: tuple[Unit, ...], quote: str) -> tuple[Anchor, ...] | None:
    for unit in units:
        at = unit.text.find(quote)
        if at >= 0:
            return (Anchor(unit.id, quote, at, at + len(quote), unit.digest),)
    return _across(units, quote)


def _across(units: tuple[Unit, ...], quote: str) -> tuple[Anchor, ...] | None:
    """A quote that runs over several clauses of one sentence, or over sentences read together."""
    joined = "".join(u.text for u in units)
    at = joined.find(quote)
    if at < 0 or not quote:
        return None
    found, begin, end = [], 0, at + len(quote)
    for unit in units:
        low, high = max(at, begin), min(end, begin + len(unit.text))
        if low < high:
            found.append(Anchor(unit.id, unit.text[low - begin : high - begin], low - begin, high - begin, unit.digest))
        begin += len(unit.text)
    return tuple(found)


def mismatch(notice: Notice, quote: str, units: tuple[Unit, ...], source: str, span: Span) -> Diagnostic:
    """Says which words of the notice differ, or where the quote stands instead."""
    elsewhere = next((u for u in notice.units if quote and quote in u.text), None)
    if elsewhere:
        hint = f"这句话在“{spoken(elsewhere.id)}”，请改正依据。"
    else:
        nearest = "".join(u.text for u in units)
        hint = f"原文是：「{nearest}」" if nearest else "请核对依据。"
    where = "、".join(spoken(u.id) for u in units[:3]) or "所引依据"
    return Diagnostic("quote-mismatch", f"照录与原文不符：“{where}”里没有「{quote}」", source, span, hint=hint)


def _near(notice: Notice, unit: str) -> str:
    parent = unit
    while "/" in parent:
        parent = parent.rpartition("/")[0]
        below = [u.id for u in notice.under(parent)]
        if below:
            return "附近有：" + "、".join(spoken(u) for u in below[:6])
    return ""
