"""What decided a quantity on either side, as the lines of two panes."""

from __future__ import annotations

from collections.abc import Sequence

from grammar.address import spoken as place
from interpreter.compare import Divergence
from interpreter.explain import Fired
from tui.compare.marks import marked
from tui.widgets.prose import Piece

_MOST = 3


def cited(fired: Fired) -> str:
    """Where the sentence stands, the clause after it where it is not named so."""
    places = list(dict.fromkeys(place(a.unit) for a in fired.origin.anchors))
    more = f"等{len(places)}处" if len(places) > 1 else ""
    return "　".join(part for part in ((places[0] + more) if places else "", fired.origin.clause) if part)


def clause_of(found: Divergence | None) -> str:
    """The sentence in one line: that of 乙, else that of 甲."""
    if found is None:
        return ""
    if found.given:
        return "填报"
    told = found.telling[1] or found.telling[0]
    anchored = [f for f in told if f.origin.anchors] or list(told)
    return cited(anchored[0]) if anchored else ""


def panes(found: Divergence) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """For 甲 and for 乙."""
    first, second = found.telling
    made: list[list[Piece]] = [[(f"{found.name}　{value}", "bold")] for value in (found.before, found.after)]
    for number in range(min(max(len(first), len(second)), _MOST)):
        for lines, pieces in zip(made, _both(_at(first, number), _at(second, number)), strict=True):
            lines += pieces
    if not (first or second):
        said = "由填报而来，没有哪一句决定它" if found.given else "没有哪一句决定它"
        made = [[*lines, (said, "$text-muted")] for lines in made]
    elif not first or not second:
        made = [[*lines, ("这一边没有哪一句决定它", "$text-muted")] if not told else lines for lines, told in zip(made, (first, second), strict=True)]
    return tuple(made[0]), tuple(made[1])


def _at(fired: Sequence[Fired], number: int) -> Fired | None:
    return fired[number] if number < len(fired) else None


def _both(first: Fired | None, second: Fired | None) -> tuple[list[Piece], list[Piece]]:
    quotes = marked(_quoted(first), _quoted(second))
    texts = marked(first.origin.text if first else "", second.origin.text if second else "")
    return _lines(first, quotes[0], texts[0]), _lines(second, quotes[1], texts[1])


def _quoted(fired: Fired | None) -> str:
    return "……".join(a.quote for a in fired.origin.anchors) if fired else ""


def _lines(fired: Fired | None, quote: str, text: str) -> list[Piece]:
    if fired is None:
        return []
    written = f"条文　{text}" if text and text != fired.target and text != quote else ""
    return [
        (cited(fired), "$accent"),
        (f"原文　{quote}" if quote else "", ""),
        (written, ""),
        (f"代入　{fired.formula}" if fired.formula else "", ""),
    ]
