"""Data on its way to the screen: never markup, never anything that a terminal could obey or a reader could miss."""

from __future__ import annotations

from rich.text import Text
from textual.content import Content

from grammar.source import visible


def one_line(text: str) -> str:
    """`text` with nothing invisible in it, on one line."""
    return visible(text).replace("\n", " ").replace("\t", " ")


def plain(text: str, style: str = "") -> Content:
    """Content for widgets and their titles."""
    return Content.styled(visible(text).replace("\t", " "), style)


def label(*parts: tuple[str, str]) -> Text:
    """A rich text for tree rows: (words, style) pairs."""
    return Text.assemble(*((one_line(words), style) for words, style in parts), no_wrap=True, end="")
