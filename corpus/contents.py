"""The table of contents (目录) some regulations print before their first chapter.

Its lines look like chapter headings and would be taken for them; it ends where its first entry is printed again.
"""

import re

from corpus.blocks import Block, Role
from corpus.lines import Line, tighten
from corpus.passages import passage_of

_PAGE = re.compile(r"[.．…·—\-\s]*[0-9]*$")
_SEARCHED = 80
_LONGEST = 400


def take_contents(lines: tuple[Line, ...]) -> tuple[tuple[Block, ...], tuple[Line, ...]]:
    """The table of contents as one block, and the lines without it."""
    start = next((i for i, line in enumerate(lines[:_SEARCHED]) if tighten(line.text) in ("目录", "目次")), None)
    if start is None or start + 1 >= len(lines):
        return (), lines
    first = _entry(lines[start + 1])
    end = next((i for i in range(start + 2, min(len(lines), start + _LONGEST)) if _entry(lines[i]) == first), None)
    if end is None:
        return (), lines
    return (Block(("目录",), Role.META, passage_of(lines[start:end], "／")),), lines[:start] + lines[end:]


def _entry(line: Line) -> str:
    return _PAGE.sub("", tighten(line.text))
