"""Citations in a policy: lists of addresses with quotes, and the shorthand 「第1句、第3句」."""

import re

from grammar.address import unit_id
from grammar.blocks import Line, cut
from grammar.diagnostic import Diagnostic
from grammar.document import Address
from grammar.source import Source, Span

_RELATIVE = re.compile(r"第[0-9]{1,3}(款|分句|句|项)")
_RANK = {"p": 1, "s": 2, "c": 3, "i": 3}
_UNIT_RANK = {"款": 1, "句": 2, "分句": 3, "项": 3}
_QUOTE = re.compile(r"「([^」]*)」")
_RANGE = re.compile(r"^(.*?)第([0-9]+)句至第([0-9]+)句$")
_IS_RANGE = re.compile(r"[条款句项）)]至[第（(]")
_NO_RANGE = "范围只写到句（第1句至第4句）；条、款、项请用顿号逐项写。"


def addresses(source: Source, key: str, line: Line) -> tuple[tuple[Address, ...], tuple[Diagnostic, ...]]:
    """Every address of a citation line. Code: bad-address."""
    found: list[Address] = []
    faults: list[Diagnostic] = []
    previous = ""
    for piece in cut(line, "；、，。"):
        quote = _QUOTE.search(piece.text)
        place = _QUOTE.sub("", piece.text).strip()
        for spelled in _spelled_out(place):
            unit = _absolute(key, spelled, previous)
            if unit is None or _IS_RANGE.search(spelled):
                hint = _NO_RANGE if _IS_RANGE.search(spelled) else "例如：二（二）2 第1款第2句第3分句"
                faults.append(Diagnostic("bad-address", f"读不懂的出处“{place}”", source.name, piece.span, hint=hint))
                continue
            previous = unit
            found.append(Address(unit, _raw(source, piece, quote) if quote else "", piece.span))
    return tuple(found), tuple(faults)


def _raw(source: Source, piece: Line, quote: re.Match[str]) -> str:
    return source.text[piece.span.start + quote.start(1) : piece.span.start + quote.end(1)]


def _spelled_out(place: str) -> list[str]:
    match = _RANGE.match(place)
    if not match:
        return [place]
    return [f"{match[1]}第{n}句" for n in range(int(match[2]), int(match[3]) + 1)][:60]


def _absolute(key: str, place: str, previous: str) -> str | None:
    relative = _RELATIVE.match(place)
    if not relative or not previous:
        return unit_id(key, place) if place else previous or None
    rank = _UNIT_RANK[relative[1]]
    steps = previous.split("/")
    while len(steps) > 1 and re.fullmatch(r"[psci]\d+", steps[-1]) and _RANK[steps[-1][0]] >= rank:
        steps.pop()
    tail = unit_id(key, place)
    return None if tail is None else "/".join((*steps, *tail.split("/")[1:]))


def quote_span(piece: Line) -> Span | None:
    """Where the words between 「 and 」 stand."""
    match = _QUOTE.search(piece.text)
    return Span(piece.span.start + match.start(1), piece.span.start + match.end(1)) if match else None
