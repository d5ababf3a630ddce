"""Lists: the stated count, the notice's own items, and the entries of a 【名录】 agree."""

from __future__ import annotations

from collections.abc import Iterator

from grammar.address import spoken
from grammar.diagnostic import Diagnostic
from grammar.document import Catalogue
from grammar.literals import Measure, literals_in
from grammar.source import fold
from interpreter.checks.reading import Dossier
from interpreter.notice import UnitKind


def miscounted(dossier: Dossier) -> Iterator[Diagnostic]:
    """Codes: count-mismatch, list-mismatch, duplicate-entry."""
    for document in dossier.compiled.documents:
        for catalogue in document.catalogues:
            yield from _counted(dossier, document.name, catalogue)
            yield from _compared(dossier, document.name, catalogue)
            yield from _doubled(document.name, catalogue)


def _counted(dossier: Dossier, source: str, catalogue: Catalogue) -> Iterator[Diagnostic]:
    found = len(catalogue.members)
    if catalogue.stated is not None and catalogue.stated != found:
        message = f"名录“{catalogue.name}”写明共{catalogue.stated}项，实际列了{found}项"
        yield Diagnostic("count-mismatch", message, source, catalogue.span)
    stated = _stated_by_notice(dossier, catalogue)
    if stated is not None and stated != found:
        message = f"原文写明“{catalogue.name}”{stated}项，名录列了{found}项"
        yield Diagnostic("count-mismatch", message, source, catalogue.span, hint="请对照原文补齐或者删去。")


def _stated_by_notice(dossier: Dossier, catalogue: Catalogue) -> int | None:
    for address in catalogue.basis:
        heading = dossier.unit(f"{address.unit}/h")
        if heading:
            counts = [f.value for f in literals_in(fold(heading.text)) if f.measure is Measure.COUNT]
            if counts and not isinstance(counts[0], type(None)):
                return int(counts[0])  # type: ignore[arg-type]
    return None


def _compared(dossier: Dossier, source: str, catalogue: Catalogue) -> Iterator[Diagnostic]:
    items = [u.text for a in catalogue.basis for u in dossier.compiled.notice.under(a.unit) if u.kind is UnitKind.ITEM]
    if not items:
        return
    names = [m.name for m in catalogue.members]
    missing = [i for i in items if i not in names]
    extra = [n for n in names if n not in items]
    if missing or extra:
        said = "；".join(
            filter(None, (f"原文有而名录没有：{'、'.join(missing)}" if missing else "", f"名录有而原文没有：{'、'.join(extra)}" if extra else ""))
        )
        yield Diagnostic("list-mismatch", f"名录“{catalogue.name}”与“{spoken(catalogue.basis[0].unit)}”不一致。{said}", source, catalogue.span)


def _doubled(source: str, catalogue: Catalogue) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for member in catalogue.members:
        for wording in (member.name, *member.synonyms):
            if wording in seen:
                yield Diagnostic("duplicate-entry", f"名录“{catalogue.name}”里“{wording}”出现两次", source, member.span)
            seen.add(wording)
