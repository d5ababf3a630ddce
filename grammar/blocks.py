"""A policy file → blocks of lines. No words are understood here beyond the brackets of a block's title.

A statement is one line; a line that ends in ，；、 goes on in the next. Indentation and blank lines mean nothing, `//` starts a comment.
"""

import re
from dataclasses import dataclass

from grammar.diagnostic import Diagnostic
from grammar.source import MAX_CHARACTERS, UNSEEN, Source, Span

MAX_NESTING = 64
_TITLE = re.compile(r"【([^】\n]{1,80})】")
_CONTINUES = ("，", "；", "、")


@dataclass(frozen=True, slots=True)
class Line:
    """One statement: folded text without comment, and where it stands."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Block:
    """A block's kind and name (empty kind: the head of the file), what follows the title on its line, and its statements."""

    kind: str
    name: str
    tail: Line
    lines: tuple[Line, ...]
    span: Span


def border(source: Source) -> tuple[Diagnostic, ...]:
    """What keeps a text from being read at all: size, invisible characters, nesting. Codes: too-large, invisible, too-deep."""
    if len(source.text) > MAX_CHARACTERS:
        return (Diagnostic("too-large", f"文件过大：{len(source.text)} 字，上限 {MAX_CHARACTERS} 字。未读取，原文件未改动。", source.name),)
    found = [
        Diagnostic(
            "invisible",
            f"有不可见字符 U+{ord(m.group()):04X}，显示与含义可能不符，已拒绝",
            source.name,
            Span(m.start(), m.end()),
            hint="请删除这个字符。",
        )
        for m in list(UNSEEN.finditer(source.text.replace("\r\n", "\n ")))[:20]
    ]
    return (*found, *_too_deep(source))


def _too_deep(source: Source) -> tuple[Diagnostic, ...]:
    depth = 0
    if all(line.count("（") <= MAX_NESTING for line in source.folded.split("\n")):
        return ()
    for at, character in enumerate(source.folded):
        depth = depth + 1 if character == "（" else 0 if character == "\n" else max(0, depth - (character == "）"))
        if depth > MAX_NESTING:
            return (Diagnostic("too-deep", f"括号嵌套超过 {MAX_NESTING} 层，无法核读", source.name, Span(at, at + 1)),)
    return ()


def blocks(source: Source) -> tuple[tuple[Block, ...], tuple[Diagnostic, ...]]:
    """All blocks in order, the head first. Code: unclosed-title."""
    lines = _statements(source)
    groups: list[tuple[str, str, Line, list[Line], Span]] = [("", "", Line("", Span(0, 0)), [], Span(0, 0))]
    faults: list[Diagnostic] = []
    for line in lines:
        if not line.text.startswith("【"):
            groups[-1][3].append(line)
            continue
        match = _TITLE.match(line.text)
        if not match:
            faults.append(Diagnostic("unclosed-title", "块的标题没有写完，应为【种类 名称】", source.name, line.span))
            continue
        kind, _, name = match[1].strip().partition(" ")
        tail = line.text[match.end() :]
        begin = line.span.start + match.end()
        groups.append((kind, name.strip(), Line(tail.strip(), Span(begin + len(tail) - len(tail.lstrip()), line.span.end)), [], line.span))
    return tuple(Block(k, n, t, tuple(ls), s) for k, n, t, ls, s in groups), tuple(faults)


def _statements(source: Source) -> list[Line]:
    found: list[Line] = []
    begin: int | None = None
    at = 0
    for raw in source.folded.split("\n"):
        kept = _without_comment(raw)
        text = kept.strip(" \t\u3000\u00a0\r")
        if text:
            start = begin if begin is not None else at + kept.index(text)
            end = at + kept.index(text) + len(text)
            begin = start if text.endswith(_CONTINUES) else None
            if begin is None:
                found.append(Line(_blanked(source.folded, start, end), Span(start, end)))
        at += len(raw) + 1
    if begin is not None:
        found.append(Line(_blanked(source.folded, begin, at - 1).rstrip(), Span(begin, at - 1)))
    return found


def _without_comment(raw: str) -> str:
    cut = raw.find("//")
    return raw if cut < 0 else raw[:cut]


def _blanked(text: str, start: int, end: int) -> str:
    """The stretch with comments and line ends turned into blanks, so that offsets stay true."""
    return "\n".join(_without_comment(part).ljust(len(part)) for part in text[start:end].split("\n")).replace("\n", " ")


_PAIRS = {"（": "）", "“": "”", "「": "」", "《": "》", "〈": "〉"}


def cut(line: Line, separators: str) -> list[Line]:
    """`line` in pieces at top-level separators (outside brackets and quotes), each with its own span."""
    pieces: list[Line] = []
    depth: list[str] = []
    start = 0
    for at, character in enumerate(line.text):
        if character in _PAIRS:
            depth.append(_PAIRS[character])
        elif depth and character == depth[-1]:
            depth.pop()
        elif not depth and character in separators:
            pieces.append(_piece(line, start, at))
            start = at + 1
    pieces.append(_piece(line, start, len(line.text)))
    return [p for p in pieces if p.text]


def _piece(line: Line, start: int, end: int) -> Line:
    raw = line.text[start:end]
    text = raw.strip(" \t\u3000\u00a0\r")
    begin = line.span.start + start + (raw.index(text) if text else 0)
    return Line(text, Span(begin, begin + len(text)))


def labelled(line: Line) -> tuple[str, Line]:
    """「依据：二（二）」 → ("依据", the rest); ("", line) when no label stands in front."""
    head, colon, _ = line.text.partition("：")
    if not colon or any(c in head for c in "，。；「“（"):
        return "", line
    return head.strip(), _piece(line, len(head) + 1, len(line.text))
