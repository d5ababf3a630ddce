"""What is wrong with a document, as data: a code, a place, the other places, and what to do.

Passes return diagnostics; nothing below the faces prints or raises one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from grammar.source import NOWHERE, Source, Span, visible


class Severity(StrEnum):
    ERROR = "错误"
    WARNING = "警告"


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that belongs to the fault: a declaration, the other of two conflicting sentences, the words of the notice."""

    message: str
    source: str = ""
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A fault. `code` is a stable slug with a document in tests/bad/; `hint` says what to do about it, `instead` is a word that may stand there."""

    code: str
    message: str
    source: str = ""
    span: Span = NOWHERE
    severity: Severity = Severity.ERROR
    hint: str = ""
    related: tuple[Related, ...] = field(default=())
    instead: str = ""


def errors(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(d for d in diagnostics if d.severity is Severity.ERROR)


def picture(diagnostic: Diagnostic, source: Source | None) -> str:
    """The diagnostic as lines for a person: head, the line it stands in with a caret, hint, related places."""
    lines = [f"{_where(diagnostic, source)}{diagnostic.severity}：{diagnostic.message}〔{diagnostic.code}〕"]
    if source is not None and diagnostic.span != NOWHERE:
        lines += _excerpt(source, diagnostic.span)
    lines += [f"    另见：{r.message}" for r in diagnostic.related]
    if diagnostic.hint:
        lines.append(f"    建议：{diagnostic.hint}")
    return visible("\n".join(lines))


def _where(diagnostic: Diagnostic, source: Source | None) -> str:
    if source is None or diagnostic.span == NOWHERE:
        return f"{diagnostic.source} " if diagnostic.source else ""
    line, column = source.place(diagnostic.span.start)
    return f"{source.name} 第{line}行第{column}列 "


def _excerpt(source: Source, span: Span) -> list[str]:
    number, column = source.place(span.start)
    text = source.line(number)
    width = max(1, min(span.end - span.start, len(text) - column + 1))
    return [f"    │ {text}", f"    │ {'　' * (column - 1)}{'＾' * width}"]
