"""Figure grounding: every literal of a sentence stands in its cited words, and every figure of a cited unit is used by some sentence.

约定 and 推导 declare their own source and are counted apart. 100% (全额) and nothing (不计负数) are no figures of a notice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from grammar.address import spoken
from grammar.diagnostic import Diagnostic, Related, Severity
from grammar.document import Standing
from grammar.literals import Literal, Measure, literal_text, literals_in
from grammar.source import fold
from interpreter.checks.reading import Dossier, Place, Said, cited_figures, figures_of, places

DECLARED = (Standing.CONVENTION, Standing.DERIVATION)


def ungrounded(dossier: Dossier) -> Iterator[Diagnostic]:
    """Code: ungrounded-figure."""
    for said in dossier.said:
        if said.statement.standing in DECLARED:
            continue
        there = cited_figures(said.origin)
        for literal in figures_of(said.statement):
            if not _is_plain(literal) and not any(_same(literal, f, said.statement.standing is Standing.READING) for f in there):
                yield _ungrounded(said, literal, there)


def undeclared_figures(dossier: Dossier) -> Iterator[Diagnostic]:
    """Codes: ungrounded-figure (of a definition, a default, a list's condition, a premise: its 依据 lacks it), unsourced-figure (of a 约定)."""
    for place in places(dossier):
        there = literals_in(fold(dossier.words(place.basis)))
        for literal in place.figures:
            if not _is_plain(literal) and not _is_once(literal) and not any(_same(literal, f, place.reading) for f in there):
                yield _unstated(place, literal)


def _unstated(place: Place, literal: Literal) -> Diagnostic:
    message = f"{place.said}的“{literal_text(literal)}”在它的依据里找不到"
    hint = "请写“依据：”，指明原文哪一句有这个数；算出来的用“推导：”。"
    if place.conventional:
        return Diagnostic("unsourced-figure", message, place.source, place.span, Severity.WARNING, hint=hint)
    return Diagnostic("ungrounded-figure", message, place.source, place.span, hint=hint)


def _is_once(literal: Literal) -> bool:
    """Counting begins at one; no notice need say so."""
    return literal.measure is Measure.COUNT and literal.value == 1


def _ungrounded(said: Said, literal: Literal, there: tuple[Literal, ...]) -> Diagnostic:
    places = "、".join(dict.fromkeys(spoken(a.unit) for a in said.origin.anchors)) or "没有依据"
    words = "；".join(dict.fromkeys(a.quote for a in said.origin.anchors))[:120]
    figures = "、".join(dict.fromkeys(literal_text(f) for f in there)) or "没有数字"
    message = f"条款“{said.clause}”的“{literal_text(literal)}”在所引原文中找不到"
    hint = f"所引原文的数字是：{figures}。若是算出来的，请改用“推导：”。"
    related = (Related(f"{places}：「{words}」"),)
    return Diagnostic("ungrounded-figure", message, said.origin.source, said.statement.span, hint=hint, related=related)


def _is_plain(literal: Literal) -> bool:
    return not isinstance(literal.value, date) and (literal.value == 0 or (literal.measure is Measure.RATIO and literal.value == 1))


def _same(literal: Literal, found: Literal, reading: bool) -> bool:
    if literal.value != found.value:
        return False
    if literal.measure is found.measure:
        return True
    return reading and {literal.measure, found.measure} == {Measure.POINTS, Measure.RATIO}


def unused(dossier: Dossier) -> Iterator[Diagnostic]:
    """Code: unused-figure: a figure of the notice that no sentence resting on that unit uses and no waiver names."""
    for unit, rows in dossier.by_unit.items():
        clauses = [said for said, _ in rows if said.statement.standing is not Standing.READING]
        found = dossier.unit(unit)
        if not clauses or found is None:
            continue
        used = {(f.measure, f.value) for said, _ in rows for f in figures_of(said.statement)}
        values = {value for _, value in used}
        waived = fold("\n".join(dossier.waived(unit)))
        for literal in literals_in(fold(dossier.uncovered(unit))):
            if (literal.measure, literal.value) not in used and literal.value not in values and literal not in literals_in(waived):
                yield _unused(clauses[0], unit, literal, found.text)


def _unused(said: Said, unit: str, literal: Literal, text: str) -> Diagnostic:
    message = f"“{spoken(unit)}”的“{literal_text(literal)}”没有写进任何条款"
    hint = f"原文是：「{text[:120]}」。请写进条款，或者用“不计：”说明理由。"
    return Diagnostic("unused-figure", message, said.origin.source, said.statement.span, hint=hint)
