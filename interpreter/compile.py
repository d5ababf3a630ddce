"""The passes in order, on one screen: text → documents → rulebook → graph → program, and the checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from grammar.diagnostic import Diagnostic, errors
from grammar.document import Document
from grammar.parse import parse
from grammar.source import Source
from interpreter.arrange import arrange
from interpreter.declared import misdeclared
from interpreter.generate import Program, program
from interpreter.graph import Graph
from interpreter.notice import Notice
from interpreter.resolve import resolve
from interpreter.rulebook import Rulebook


@dataclass(frozen=True)
class Compiled:
    """One policy under one selection of readings. `usable` is false when an error stands in it; it may still be looked at."""

    sources: tuple[Source, ...]
    notice: Notice
    documents: tuple[Document, ...]
    book: Rulebook
    graph: Graph
    run: Program
    diagnostics: tuple[Diagnostic, ...]
    digest: str

    @property
    def usable(self) -> bool:
        return not errors(self.diagnostics)

    @property
    def declared(self) -> bool:
        """False when the declarations contradict themselves: then nothing further was resolved, and no check of meaning can be made."""
        return bool(self.book.terms)


def compile_policy(sources: tuple[Source, ...], notice: Notice, selected: Mapping[str, str]) -> Compiled:
    """Order of files does not matter: they are read by name."""
    ordered = tuple(sorted(sources, key=lambda s: s.name))
    documents, faults = parse(ordered, notice.key)
    return compile_documents(ordered, documents, faults, notice, selected)


def compile_documents(
    sources: tuple[Source, ...], documents: tuple[Document, ...], faults: tuple[Diagnostic, ...], notice: Notice, selected: Mapping[str, str]
) -> Compiled:
    misnamed = misdeclared(documents)
    book, unresolved = resolve(() if misnamed else documents, notice, selected)
    graph, misarranged = arrange(book)
    found = tuple(dict.fromkeys((*faults, *misnamed, *unresolved, *misarranged)))
    return Compiled(sources, notice, documents, book, graph, program(graph), found, digest(sources))


def digest(sources: tuple[Source, ...]) -> str:
    """The policy's text as one hash; names and order of files do not enter beyond their sorting."""
    whole = sha256()
    for source in sources:
        whole.update(source.text.encode("utf-8", "surrogatepass"))
        whole.update(b"\x00")
    return f"sha256:{whole.hexdigest()}"
