"""Who speaks of a unit of the notice: every statement, definition, order of payment, list and event that cites it, and the 【段落】 that
accounts for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from grammar.document import Document, State
from grammar.source import Source, Span
from grammar.unparse import sentence_text
from interpreter.anchors import anchors
from interpreter.compile import Compiled
from interpreter.graph import Anchor, Origin

ACCOUNT = "段落"


@dataclass(frozen=True, slots=True)
class Citing:
    """What cites, where it stands in its file (line, and offset `start`), the words it cites, what is written there; of a sentence what it was
    read as, of an account its reason."""

    clause: str
    standing: str
    anchor: Anchor
    source: str
    line: int
    written: str
    read_back: str = ""
    start: int = 0

    @property
    def accounts(self) -> bool:
        """Whether this is no clause but the state that 【段落】 gives the unit."""
        return self.clause == ACCOUNT


def is_encoded(rows: Iterable[Citing]) -> bool:
    """Whether a clause rests on the unit, or 【段落】 says that it is encoded elsewhere."""
    return any(not row.accounts or row.standing == State.ENCODED for row in rows)


def citations(compiled: Compiled) -> dict[str, tuple[Citing, ...]]:
    """Unit id → who speaks of it, in the order of the files; a statement that cites a unit twice stands once."""
    found: dict[str, dict[tuple[str, str, int], Citing]] = {}
    for citing in _all(compiled):
        found.setdefault(citing.anchor.unit, {}).setdefault((citing.clause, citing.source, citing.line), citing)
    return {unit: tuple(sorted(rows.values(), key=lambda c: (c.source, c.line))) for unit, rows in found.items()}


def _all(compiled: Compiled) -> Iterator[Citing]:
    sources = {source.name: source for source in compiled.sources}
    book = compiled.book
    for _, statement, origin in book.statements:
        yield from _of(origin, sources, sentence_text(statement.sentence))
    for _, origin in book.meanings:
        yield from _of(origin, sources)
    for _, whole, each in book.orders:
        for origin in (whole, *each):
            yield from _of(origin, sources)
    for document in compiled.documents:
        for origin in _blocks(compiled, document):
            yield from _of(origin, sources, origin.text if origin.clause == ACCOUNT else "")


def _blocks(compiled: Compiled, document: Document) -> Iterator[Origin]:
    """Lists, events and accounts, which carry no origin of their own."""
    for kind, blocks in (("名录", document.catalogues), ("事件", document.events)):
        for block in blocks:
            cited, _ = anchors(compiled.notice, block.basis, document.name)
            yield Origin(f"{kind} {block.name}", kind, cited, block.name, document.name, block.span.start, block.span.end)
    for row in document.accounted:
        cited, _ = anchors(compiled.notice, row.units, document.name)
        yield Origin(ACCOUNT, str(row.state), cited, row.reason, document.name, row.span.start, row.span.end)


def _of(origin: Origin, sources: dict[str, Source], read_back: str = "") -> Iterator[Citing]:
    source, span = sources.get(origin.source), Span(origin.start, origin.end)
    line = source.place(span.start)[0] if source else 0
    written = source.text[span.start : span.end].strip() if source else origin.text
    for anchor in origin.anchors:
        yield Citing(origin.clause, origin.standing, anchor, origin.source, line, written, read_back, span.start)
