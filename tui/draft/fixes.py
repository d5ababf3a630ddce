"""Quick fixes: a problem, or the unit of the notice that is looked at → one edit of the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from grammar.address import spoken
from grammar.diagnostic import Diagnostic
from grammar.source import NOWHERE, Span
from interpreter.notice import Unit
from tui.draft.analysis import line_bounds

_STOPS = re.compile(r"[\s，。；、：（）「」“”【】]")
_EMPTY_BASIS = re.compile(r"^依据：[ \u3000]*$", re.MULTILINE)
_CLOSING = {"unclosed-quote": "」", "unclosed-title": "】"}


@dataclass(frozen=True, slots=True)
class Edit:
    """`words` in place of the characters from `start` to `end`; `said` is what to tell of it."""

    start: int
    end: int
    words: str
    said: str


def is_mendable(diagnostic: Diagnostic) -> bool:
    """Whether `fix` may find something, without trying."""
    return bool(diagnostic.instead) or diagnostic.code in (*_CLOSING, "uncited", "no-such-unit", "bad-address")


def fix(diagnostic: Diagnostic, text: str, unit: str) -> Edit | None:
    """What would mend this, if anything; `unit` is the unit looked at, where one is."""
    span = diagnostic.span
    if span == NOWHERE or span.end > len(text):
        return None
    if diagnostic.instead:
        start, end = stretch(text, span, diagnostic.instead)
        return Edit(start, end, diagnostic.instead, f"“{text[start:end]}”改为“{diagnostic.instead}”")
    if diagnostic.code in _CLOSING:
        end = line_bounds(text, span.start)[1]
        return Edit(end, end, _CLOSING[diagnostic.code], f"补上“{_CLOSING[diagnostic.code]}”")
    if diagnostic.code == "uncited" and unit:
        return cite(text, span.start, unit)
    if diagnostic.code in ("no-such-unit", "bad-address") and unit:
        end = next((i for i in range(span.start, span.end) if text[i] == "「"), span.end)
        return Edit(span.start, end, spoken(unit), f"依据改为“{spoken(unit)}”")
    return None


def stretch(text: str, span: Span, word: str) -> tuple[int, int]:
    """The characters around an unknown word that `word` most resembles: the lexer may have taken what stands before and behind for words it knows."""
    low, high = line_bounds(text, span.start)
    best, found = (-1.0, 0), (span.start, span.end)
    for start in range(max(low, span.start - len(word)), span.start + 1):
        for end in range(span.end, min(high, span.end + len(word)) + 1):
            piece = text[start:end]
            if _STOPS.search(piece):
                break
            likeness = (SequenceMatcher(None, piece, word).ratio(), start - end)
            if likeness > best:
                best, found = likeness, (start, end)
    return found


def cite(text: str, offset: int, unit: str) -> Edit:
    """The unit as 依据 of the block: into its empty 依据 line, behind the one it has, or as a line of its own under the title."""
    place, said = spoken(unit), f"写上依据：{spoken(unit)}"
    low, high = _block(text, offset)
    empty = _EMPTY_BASIS.search(text, low, high)
    if empty:
        return Edit(empty.end(), empty.end(), place, said)
    line, end = line_bounds(text, offset)
    if text[line:end].startswith("依据："):
        return Edit(end, end, f"；{place}", said)
    title = line_bounds(text, low)[1]
    lead = "" if title < len(text) else "\n"
    at = min(title + 1, len(text))
    return Edit(at, at, f"{lead}依据：{place}\n", said)


def wants_basis(text: str, offset: int) -> bool:
    """Whether 依据 may be written here unasked: on such a line, or in a clause that has none."""
    start, end = line_bounds(text, offset)
    low, high = _block(text, offset)
    block = text[low:high]
    return text[start:end].startswith("依据：") or (block.startswith("【条款") and not re.search(r"^依据：[ \u3000]*\S", block, re.MULTILINE))


def quote_clause(text: str, offset: int, unit: Unit) -> Edit:
    """A clause that compiles the unit's own words, behind the block in which the cursor stands."""
    at = _block(text, offset)[1]
    lead = "" if not text[:at] or text[:at].endswith("\n\n") else "\n" if text[:at].endswith("\n") else "\n\n"
    follow = "\n" if at < len(text) else ""
    words = f"{lead}【条款 {spoken(unit.id)}】\n依据：{spoken(unit.id)}\n「{unit.text}」\n{follow}"
    return Edit(at, at, words, f"照录“{spoken(unit.id)}”，写成一条")


def _block(text: str, offset: int) -> tuple[int, int]:
    """From the title of the block to where the next begins."""
    low = text.rfind("\n【", 0, line_bounds(text, offset)[1]) + 1
    high = text.find("\n【", line_bounds(text, offset)[1])
    return low, len(text) if high < 0 else high + 1
