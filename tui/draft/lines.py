"""Lines of a policy in the editor: where they are broken, and what in them has which colour. No meaning is looked for here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rich.style import Style
from textual._wrap import compute_wrap_offsets
from textual.document._document import Location
from textual.document._wrapped_document import WrappedDocument
from textual.expand_tabs import get_tab_widths

from tui.widgets.wrap import wrap

_TOKENS = re.compile(
    r"(?P<comment>//.*)"
    r"|(?P<title>【[^】\n]*】?)"
    r"|(?P<quote>「[^」]*」?)"
    r"|(?P<named>“[^”]*”?)"
    r"|(?P<label>^[ \t　]*[^，。；：「“（ ]{1,8}：)"
    r"|(?P<figure>[0-9０-９]+(?:[.,．，][0-9０-９]+)*(?:[%％]|个百分点|万元|元|年|月|日|天|个月)?)"
)
STYLES = {
    "comment": Style(dim=True, italic=True),
    "title": Style(bold=True),
    "quote": Style(color="green"),
    "named": Style(color="cyan"),
    "label": Style(color="blue", bold=True),
    "figure": Style(color="magenta"),
}


def painted(line: str) -> Iterator[tuple[Style, int, int]]:
    for match in _TOKENS.finditer(line):
        yield STYLES[match.lastgroup or "named"], match.start(), match.end()


class ChineseLines(WrappedDocument):
    """Lines broken as Chinese is. Broken lines are remembered by their words, so that wrapping everything anew after an edit is cheap."""

    def wrap(self, width: int, tab_width: int | None = None) -> None:
        self._width, self._tab_width = width, tab_width or self._tab_width
        lines = self.document.lines
        self._wrap_offsets = [_breaks(line, width, self._tab_width) for line in lines]
        self._offset_to_line_info = [(i, part) for i, breaks in enumerate(self._wrap_offsets) for part in range(len(breaks) + 1)]
        self._line_index_to_offsets = [[] for _ in lines]
        for y, (index, _) in enumerate(self._offset_to_line_info):
            self._line_index_to_offsets[index].append(y)
        self._tab_width_cache = [[w for _, w in get_tab_widths(line, self._tab_width)] if "\t" in line else [] for line in lines]

    def wrap_range(self, start: Location, old_end: Location, new_end: Location) -> None:
        self.wrap(self._width)


@lru_cache(maxsize=20_000)
def _breaks(line: str, width: int, tab_width: int) -> list[int]:
    if not width or not line:
        return []
    if "\t" in line:
        return compute_wrap_offsets(line, width, tab_size=tab_width, precomputed_tab_sections=get_tab_widths(line, tab_width))
    return [start for start, _ in wrap(line, width)[1:]]
