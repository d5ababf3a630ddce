"""Vocabulary-driven lexing: Chinese has no spaces, so what is declared decides where a word ends.

Longest match over the words of words.lark and the terms of the policy's own vocabulary, with figures where a figure stands. One reading only; a
stretch that is neither is an unknown word and is named, with the nearest declared term.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from lark import Token

from grammar.literals import Literal, Measure, read_literal
from grammar.source import Span

FIGURES = {
    Measure.MONEY: "MONEY",
    Measure.RATIO: "RATIO",
    Measure.POINTS: "POINTS",
    Measure.COUNT: "COUNT",
    Measure.DATE: "DATE",
    Measure.MONTHS: "MONTHS",
    Measure.DAYS: "DAYS",
    Measure.WORKDAYS: "WORKDAYS",
}
_LINE = re.compile(r'^([A-Z_]+):(~?) (".*)$')
_BLANK = re.compile(r"[ \t\u3000\u00a0\n]+")
_QUOTED = re.compile(r"“([^”\n]{1,80})”")
_CLAUSE = re.compile(r"条款“([^”\n]{1,60})”|〈([^〉\n]{1,60})〉")


@dataclass(frozen=True, slots=True)
class UnknownWord(Exception):
    """A stretch that no word and no term covers. Raised inside the lexer only; the parser turns it into a diagnostic."""

    text: str
    span: Span
    nearest: str


@cache
def words() -> Mapping[str, str]:
    """Wording → concept, from words.lark."""
    table: dict[str, str] = {}
    for line in files("grammar").joinpath("words.lark").read_text(encoding="utf-8").splitlines():
        if match := _LINE.match(line):
            table.update(dict.fromkeys(re.findall(r'"([^"]+)"', match[3]), match[1]))
    return table


@cache
def wordings(concept: str) -> tuple[str, ...]:
    """The wordings of one concept; the first is the canonical one."""
    return tuple(word for word, name in words().items() if name == concept)


Trie: TypeAlias = "dict[str, Trie | tuple[str, str]]"


def plant(entries: Mapping[str, tuple[str, str]]) -> Trie:
    """A trie of wording → (terminal, canonical name)."""
    root: Trie = {}
    for word, entry in entries.items():
        node = root
        for character in word:
            node = node.setdefault(character, {})  # type: ignore[assignment]
        node[""] = entry
    return root


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything a sentence of one policy may be made of."""

    trie: Trie
    names: tuple[str, ...]


def lexicon(vocabulary: Mapping[str, tuple[str, str]]) -> Lexicon:
    """The words of the language and `vocabulary` (wording → terminal, canonical term); a term wins over a word of equal length."""
    entries = {word: (concept, word) for word, concept in words().items()} | dict(vocabulary)
    return Lexicon(plant(entries), tuple(sorted(vocabulary)))


def tokens(text: str, lexicon: Lexicon, at: int = 0, end: int | None = None) -> Iterator[Token]:
    """Tokens of folded `text[at:end]`; adverbs are passed over. After 由 a payer wins over a longer term (由P承担, P承担). Raises UnknownWord."""
    previous = ""
    stop = len(text) if end is None else end
    while at < stop:
        blank = _BLANK.match(text, at)
        if blank:
            at = blank.end()
            continue
        payer = _longest(text, lexicon.trie, at, stop, "PAYER") if previous == "BY" else None
        kind, value, after = payer or _next(text, lexicon, at, stop)
        previous = kind
        if kind != "ADVERB":
            yield _token(kind, value, at, after)
        at = after


def _token(kind: str, value: object, start: int, end: int) -> Token:
    return Token(kind, value, start_pos=start, end_pos=end, line=1, column=start + 1, end_line=1, end_column=end + 1)


def _next(text: str, lexicon: Lexicon, at: int, stop: int) -> tuple[str, object, int]:
    best = _longest(text, lexicon.trie, at, stop)
    figure = read_literal(text, at) if text[at] in "0123456789〇零一二两三四五六七八九十百千" else None
    if figure and figure[1] <= stop and (best is None or figure[1] > best[2]):
        literal: Literal = figure[0]
        return FIGURES[literal.measure], literal, figure[1]
    if best is not None and (best[2] - at > 1 or text[at] != "“"):
        special = _special(text, at)
        return special if special and special[2] > best[2] else best
    special = _special(text, at)
    if special:
        return special
    raise _unknown(text, lexicon, at, stop)


def _special(text: str, at: int) -> tuple[str, object, int] | None:
    if match := _CLAUSE.match(text, at):
        return "CLAUSE", match[1] or match[2], match.end()
    if match := _QUOTED.match(text, at):
        return "TEXT", match[1], match.end()
    return None


def _longest(text: str, trie: Trie, at: int, stop: int, terminal: str = "") -> tuple[str, object, int] | None:
    node: Trie = trie
    best: tuple[str, object, int] | None = None
    for index in range(at, stop):
        following = node.get(text[index])
        if not isinstance(following, dict):
            break
        node = following
        entry = node.get("")
        if isinstance(entry, tuple) and terminal in ("", entry[0]):
            best = (entry[0], entry[1], index + 1)
    return best


def _unknown(text: str, lexicon: Lexicon, at: int, stop: int) -> UnknownWord:
    end = at + 1
    while end < stop and text[end] not in "，。；、：（）「」“” \n\u3000" and _longest(text, lexicon.trie, end, stop) is None:
        end += 1
    stretch = text[at : min(end + 8, stop)]
    stretch = re.split(r"[，。；、：（）「」“”\s]", stretch)[0] or text[at]
    before = re.split(r"[，。；、：（）「」“”\s]", text[max(at - 4, 0) : at])[-1]
    return UnknownWord(text[at:end], Span(at, end), nearest_term(stretch, lexicon.names) or _slip(before, text[at:end], lexicon.names))


def _slip(before: str, word: str, names: tuple[str, ...]) -> str:
    """The term that a slip of the pen made of it: one that begins as the word does, or goes on from what stands before as the word begins to."""
    alone = nearest_term(word, tuple(n for n in names if n[0] == word[0]), _HALF)
    continued = (nearest_term(b + word, tuple(n for n in names if n.startswith(b + word[0])), _HALF) for b in _endings(before))
    return alone or next((term for term in continued if term), "")


def _endings(text: str) -> tuple[str, ...]:
    """The longest first."""
    return tuple(text[i:] for i in range(len(text)))


#: How like a word must be to be proposed: with what follows it, and by itself.
_LIKE, _HALF = 0.45, 0.5


def nearest_term(word: str, names: tuple[str, ...], cutoff: float = _LIKE) -> str:
    """The declared term most like `word`, or nothing."""
    close = get_close_matches(word, names, n=1, cutoff=cutoff)
    return close[0] if close else ""
