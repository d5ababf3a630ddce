"""The canonical look of a policy file: margins, blank lines, widths of digits and punctuation. Words are left alone, and so is what stands in quotes.

The head of a file is kept as typed, because its values are titles and document numbers. A change that would alter what is read is no formatting:
whoever calls this compares the documents before and after.
"""

from __future__ import annotations

from grammar.source import fold

_PAIRS = {"「": "」", "“": "”", "《": "》"}
_CONTINUES = ("，", "；", "：", "、")
_BLANKS = " \t\u3000\u00a0\r"


def canonical(text: str) -> str:
    """Lines without margins, continuation lines two characters in, one blank line before each block, one newline at the end."""
    made: list[str] = []
    in_head, continues = True, False
    for raw in text.replace("\r\n", "\n").split("\n"):
        line = raw.strip(_BLANKS)
        is_title = fold(line).startswith("【")
        in_head = in_head and not is_title
        if not line:
            made += [""] if made and made[-1] and not continues else []
            continue
        if is_title and made and made[-1] and not made[-1].lstrip(_BLANKS).startswith("//"):
            made.append("")
        tidy = line if in_head else _tidy(line)
        made.append(f"　　{tidy}" if continues else tidy)
        continues = _goes_on(fold(line), continues)
    return "\n".join(made).strip("\n") + "\n"


def _goes_on(folded: str, before: bool) -> bool:
    """Whether the statement continues on the next line; a line of comment changes nothing."""
    said = folded.partition("//")[0].rstrip(_BLANKS)
    return said.endswith(_CONTINUES) if said else before


def _tidy(line: str) -> str:
    """Outside quotes and comments: digits, letters and signs half width, punctuation full width."""
    made: list[str] = []
    closing: list[str] = []
    for at, character in enumerate(line):
        if not closing and line[at:].startswith("//"):
            return "".join(made) + line[at:]
        if closing and character == closing[-1]:
            closing.pop()
        elif character in _PAIRS:
            closing.append(_PAIRS[character])
        made.append(character if closing else fold(character))
    return "".join(made)
