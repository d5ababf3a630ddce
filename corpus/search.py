"""What a user types into a search box → an FTS5 phrase query, and where the words stand in a text.

A user's words can never be query syntax: every character becomes a token inside one quoted phrase. Words apart by a space must all occur. Pure text
work, so it is tested without a database.
"""

import re

from corpus.lines import seen, tighten

_LONGEST = 200


def words_of(query: str) -> tuple[str, ...]:
    """The words of a query, without what a notice does not keep either; none if nothing can be searched for."""
    return tuple(seen(query[:_LONGEST]).split())


def match_expression(words: tuple[str, ...]) -> str:
    """The FTS5 expression that holds where every word occurs literally."""
    return " AND ".join('"' + " ".join(char.replace('"', '""') for char in word) + '"' for word in words)


def spaced(text: str) -> str:
    """The text as it is indexed: a space between every two characters."""
    return " ".join(tighten(text))


def spans_of(text: str, words: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Where the words stand in the text, as (start, end) in characters; nothing unless every word occurs. Latin letters match in either case."""
    found = [[match.span() for match in re.finditer(re.escape(word), text, re.IGNORECASE)] for word in words]
    return tuple(sorted({span for spans in found for span in spans})) if all(found) else ()
