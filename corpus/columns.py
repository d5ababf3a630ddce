"""Text set in a narrow column, as print and text taken from a PDF are: which lines surely continue on the next.

In a column a line may end with 。 in the middle of a paragraph; only the indent of the next line tells. Works on the raw lines, before layout is
taken out.
"""

_NARROWEST, _WIDEST = 30, 130
_FEWEST = 12
#: A line this much short of the edge still is full: the next word or mark did not fit.
_SLACK = 5
_INDENTS = (" ", "\u3000", "\t", "\u2002", "\u2003", "\xa0")


def full_lines(raws: list[str]) -> frozenset[int]:
    """The numbers (from 1) of the lines that surely continue; none unless the text is set in a column and indents its paragraphs."""
    widths = [_width(raw) for raw in raws]
    inked = sorted(width for width in widths if width)
    edge = inked[len(inked) * 49 // 50] if inked else 0
    full = {i for i, width in enumerate(widths) if width >= edge - _SLACK}
    indented = sum(raw.startswith(_INDENTS) for raw in raws)
    is_column = _NARROWEST <= edge <= _WIDEST and len(inked) >= _FEWEST and len(full) * 4 >= len(inked)
    if not is_column or not len(inked) <= indented * 20 <= len(inked) * 18:
        return frozenset()
    return frozenset(i + 1 for i in full if i + 1 < len(raws) and raws[i + 1].strip() and not raws[i + 1].startswith(_INDENTS))


def _width(raw: str) -> int:
    """Columns on paper, up to one more than matter; a Chinese character takes two. A terminal's columns are another measure, and `tui` holds that."""
    line = raw.rstrip()
    return _WIDEST + 1 if len(line) > _WIDEST else sum(2 if char > "\u2e7f" else 1 for char in line)
