"""Paragraph accounting: every leaf unit of the notice is in exactly one state."""

from __future__ import annotations

from collections.abc import Iterator

from grammar.address import spoken
from grammar.diagnostic import Diagnostic, Severity
from grammar.document import State
from interpreter.anchors import anchors
from interpreter.checks.reading import Dossier
from interpreter.notice import UnitKind

#: Headings and metadata (题、文号、落款 …) state nothing: they account for themselves.
STRUCTURE = (UnitKind.HEADING, UnitKind.META)


def states(dossier: Dossier) -> dict[str, State]:
    """Unit id → its state; units without one are missing."""
    found = {u.id: State.DECLARATORY for u in dossier.compiled.notice.units if u.kind in STRUCTURE}
    found |= _declared(dossier)
    found |= dict.fromkeys(_encoded(dossier), State.ENCODED)
    return found


def _encoded(dossier: Dossier) -> set[str]:
    book = dossier.compiled.book
    cited = {a.unit for said in dossier.said for a in said.origin.anchors}
    cited |= {a.unit for _, origin in book.meanings for a in origin.anchors}
    cited |= {a.unit for _, origin, each in book.orders for o in (origin, *each) for a in o.anchors}
    for event in book.events:
        cited |= {a.unit for a in event.basis}
    for catalogue in book.catalogues:
        cited |= {u.id for a in catalogue.basis for u in dossier.compiled.notice.under(a.unit)}
    return cited


def _declared(dossier: Dossier) -> dict[str, State]:
    notice = dossier.compiled.notice
    return {u.id: row.state for d in dossier.compiled.documents for row in d.accounted for a in row.units for u in notice.under(a.unit)}


def unaccounted(dossier: Dossier) -> tuple[str, ...]:
    known = states(dossier)
    return tuple(u.id for u in dossier.compiled.notice.units if u.id not in known)


def unaccounted_units(dossier: Dossier) -> Iterator[Diagnostic]:
    """Code: unaccounted."""
    missing = unaccounted(dossier)
    if missing:
        said = "、".join(spoken(u) for u in missing[:8]) + ("…" if len(missing) > 8 else "")
        hint = "请写条款，或者在【段落】里说明它的状态。"
        source = dossier.compiled.sources[0].name if dossier.compiled.sources else ""
        yield Diagnostic("unaccounted", f"还有{len(missing)}处原文没有交代：{said}", source, severity=Severity.WARNING, hint=hint)


def misaccounted(dossier: Dossier) -> Iterator[Diagnostic]:
    """Codes: no-such-unit, two-states: a unit accounted twice, or accounted as something else while a clause rests on it."""
    rested = {a.unit for said in dossier.said for a in said.origin.anchors}
    seen: dict[str, State] = {}
    for document in dossier.compiled.documents:
        for row in document.accounted:
            yield from anchors(dossier.compiled.notice, row.units, document.name)[1]
            for unit in (u.id for a in row.units for u in dossier.compiled.notice.under(a.unit)):
                clash = seen.get(unit, row.state) is not row.state or (unit in rested and row.state is not State.ENCODED)
                if clash:
                    yield Diagnostic(
                        "two-states", f"“{spoken(unit)}”有两种状态：{seen.get(unit, State.ENCODED)}、{row.state}", document.name, row.span
                    )
                seen[unit] = row.state
