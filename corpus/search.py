"""What a user types into a search box → words, excluded words and limits; an FTS5 phrase query; and where the words stand in a text.

A user's words can never be query syntax: every character becomes a token inside one quoted phrase. Pure text work, so it is tested without a
database.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.lines import seen, tighten

LONGEST = 200
NOTICE = "文"
_SPOKEN = r"(?:\"(?P<a>[^\"]*)\"|“(?P<b>[^”]*)”|「(?P<c>[^」]*)」|(?P<word>\S+))"


@dataclass(frozen=True, slots=True)
class Query:
    """Words that must all occur, words that must not, and limits as (label, value), of which one for each label must hold."""

    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    limits: tuple[tuple[str, str], ...] = ()
    fault: str = ""

    def limited(self, label: str) -> tuple[str, ...]:
        return tuple(value.lower() for given, value in self.limits if given == label)


def read_query(text: str, labels: tuple[str, ...] = (NOTICE,)) -> Query:
    """`住院 -门诊 文:阜蒙 "A B"`: words apart by a space must all occur, what follows - must not, what stands in quotes is one word as it is."""
    cleaned = seen(text)
    if len(cleaned) > LONGEST:
        return Query(fault=f"检索词太长：最多 {LONGEST} 个字，现在是 {len(cleaned)} 个。")
    words: list[str] = []
    without: list[str] = []
    limits: list[tuple[str, str]] = []
    for match in re.finditer(rf"(?P<minus>[-－])?(?:(?P<label>{'|'.join(map(re.escape, labels))})[:：]\s*)?{_SPOKEN}", cleaned):
        word = tighten(next(part for part in (match["a"], match["b"], match["c"], match["word"]) if part is not None))
        if word and match["label"]:
            limits.append((match["label"], word))
        elif word:
            (without if match["minus"] else words).append(word)
    return Query(tuple(words), tuple(without), tuple(limits))


def complaint(query: Query) -> str:
    """Why nothing can be searched for, or nothing."""
    if query.words or query.fault:
        return query.fault
    return "只写了排除或者限定，还要写一个要找的词。" if query.without or query.limits else "没有可找的字词。"


def match_expression(words: tuple[str, ...]) -> str:
    """The FTS5 expression that holds where every word occurs literally."""
    return " AND ".join('"' + " ".join(char.replace('"', '""') for char in word) + '"' for word in words)


def spaced(text: str) -> str:
    """The text as it is indexed: a space between every two characters."""
    return " ".join(tighten(text))


def spans_of(text: str, query: Query) -> tuple[tuple[int, int], ...]:
    """Where the words stand in the text, as (start, end) in characters; nothing unless every word occurs and no excluded one. Latin letters match in
    either case."""
    if any(re.search(re.escape(word), text, re.IGNORECASE) for word in query.without):
        return ()
    found = [[match.span() for match in re.finditer(re.escape(word), text, re.IGNORECASE)] for word in query.words]
    return tuple(sorted({span for spans in found for span in spans})) if all(found) else ()
