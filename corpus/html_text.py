"""The text of a web page: one line for each block, without scripts, styles, menus and forms.

The standard library's parser is enough (a notice page is paragraphs and line breaks) and does not lose text where the declared encoding is wrong.
What it leaves of the site around the notice is removed later, by wording, in `lines`.
"""

from html.parser import HTMLParser

_SKIPPED = frozenset({"script", "style", "nav", "head", "header", "footer", "aside", "noscript", "template", "select", "button", "iframe", "svg"})
_BREAKS = frozenset(
    {
        *("p", "div", "br", "li", "ul", "ol", "tr", "table", "section", "article", "main", "blockquote", "hr", "dt", "dd", "pre"),
        *(f"h{n}" for n in range(1, 7)),
    }
)
_CELLS = frozenset({"td", "th"})
#: The text begins here, whatever was left open above it.
_REOPENS = frozenset({"body", "main", "article"})


class _TextParser(HTMLParser):
    """Collects (source line, text) pairs, one for each block of text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[int, str]] = []
        self._parts: list[str] = []
        self._line = 1
        self._skipping: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _REOPENS:
            self._skipping.clear()
        if tag in _SKIPPED:
            self._skipping.append(tag)
        self._separate(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED and tag in self._skipping:
            del self._skipping[self._skipping.index(tag) :]
        self._separate(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._separate(tag)

    def handle_data(self, data: str) -> None:
        if self._skipping:
            return
        if not self._parts:
            self._line = self.getpos()[0] + data[: len(data) - len(data.lstrip())].count("\n")
        self._parts.append(data)

    def _separate(self, tag: str) -> None:
        if tag in _BREAKS:
            self.flush()
        elif tag in _CELLS and self._parts:
            self._parts.append(" ")

    def flush(self) -> None:
        text = " ".join("".join(self._parts).split("\n")).strip()
        self._parts.clear()
        if text:
            self.blocks.append((self._line, text))


def text_of_html(source: str) -> str:
    """The text of a page; a block keeps its source line where the page has lines to keep."""
    parser = _TextParser()
    parser.feed(source)
    parser.close()
    parser.flush()
    lines: list[str] = []
    for number, text in parser.blocks:
        lines += [""] * (number - 1 - len(lines))
        lines.append(text)
    return "\n".join(lines)
