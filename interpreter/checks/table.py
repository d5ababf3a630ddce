"""The checks in the open, and the report they make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from grammar.diagnostic import Diagnostic
from grammar.document import Standing
from interpreter.checks.accounting import misaccounted, states, unaccounted, unaccounted_units
from interpreter.checks.cues import unanswered
from interpreter.checks.figures import undeclared_figures, ungrounded, unused
from interpreter.checks.lists import miscounted
from interpreter.checks.reading import Dossier
from interpreter.checks.rules import contradicting, empty_clauses, idle_priorities, never_given, unbound_waivers, uncited, unknown_clauses
from interpreter.compile import Compiled

Check = Callable[[Dossier], Iterator[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    uncited,
    ungrounded,
    undeclared_figures,
    unused,
    unanswered,
    miscounted,
    never_given,
    contradicting,
    unbound_waivers,
    unknown_clauses,
    idle_priorities,
    empty_clauses,
    misaccounted,
    unaccounted_units,
)


@dataclass(frozen=True, slots=True)
class Quoting:
    """Sentences by where they come from. 照录率 is verbatim ÷ (verbatim + paraphrase)."""

    verbatim: int
    paraphrase: int
    convention: int
    derivation: int
    reading: int


@dataclass(frozen=True, slots=True)
class Checked:
    """Everything `youju check` prints of one policy."""

    diagnostics: tuple[Diagnostic, ...]
    quoting: Quoting
    accounted: tuple[tuple[str, str], ...]
    unaccounted: tuple[str, ...]


def check(compiled: Compiled) -> Checked:
    dossier = Dossier(compiled)
    checks = CHECKS if compiled.declared else ()
    found = [*compiled.diagnostics, *(d for c in checks for d in c(dossier))]
    ordered = sorted(dict.fromkeys(found), key=lambda d: (d.source, d.span.start, d.code, d.message))
    known = states(dossier)
    accounted = tuple((u.id, str(known[u.id])) for u in compiled.notice.units if u.id in known)
    return Checked(tuple(ordered), quoting(dossier), accounted, unaccounted(dossier))


def quoting(dossier: Dossier) -> Quoting:
    count = Counter(said.statement.standing for said in dossier.said)
    order = (Standing.VERBATIM, Standing.PARAPHRASE, Standing.CONVENTION, Standing.DERIVATION, Standing.READING)
    return Quoting(*(count[s] for s in order))
