"""What grows while the sentences of a policy are read, and the group that is being read. Both live only inside the resolve pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from grammar.diagnostic import Diagnostic
from grammar.document import Kind, Statement, Term
from grammar.source import Span
from grammar.syntax import Condition, Expression
from interpreter.graph import Origin
from interpreter.notice import Notice
from interpreter.rulebook import Change, Rule, Start

#: The word that 本条所称…，指… binds for a sentence that is only a description.
DESCRIBED = "人员"


@dataclass
class Resolving:
    """What grows while the sentences are read; lives only inside this pass."""

    notice: Notice
    terms: Mapping[str, Term]
    enumerations: Mapping[str, tuple[str, ...]]
    sets: dict[str, tuple[str, ...]]
    rules: list[Rule] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    starts: list[Start] = field(default_factory=list)
    exempt: list[tuple[str, tuple[Condition, ...]]] = field(default_factory=list)
    redirects: list[tuple[str, str]] = field(default_factory=list)
    statements: list[tuple[str, Statement, Origin]] = field(default_factory=list)
    faults: list[Diagnostic] = field(default_factory=list)
    given: Given | None = None

    def fault(self, code: str, message: str, at: Speaking, span: Span, hint: str = "") -> None:
        self.faults.append(Diagnostic(code, message, at.origin.source, span, hint=hint))


@dataclass(frozen=True, slots=True)
class Given:
    """The rules the act just read has made, `start` to `end`, and under which conditions: what a limit that names nothing bounds."""

    start: int
    end: int
    guard: tuple[Condition, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Speaking:
    """The group being read: its guard so far, onset, topic, clause, origin."""

    guard: tuple[Condition, ...]
    onset: Expression | None
    without: tuple[Condition, ...]
    topic: str
    over: tuple[str, ...]
    otherwise: bool
    origin: Origin
    waived: tuple[str, ...]
    described: str
    ranked: bool = False
    base: Expression | None = None


def made(rule: Rule, at: Speaking) -> Rule:
    return replace(
        rule,
        onset=rule.onset or (at.onset if rule.until is None else None),
        without=at.without,
        otherwise=at.otherwise,
        over=at.over,
        ranked=at.ranked,
    )


def expanded(r: Resolving, name: str, at: Speaking, span: Span) -> tuple[str, ...]:
    term = r.terms.get(name)
    if term is None or term.kind is not Kind.SET:
        return (name,) if name else ()
    if not r.sets.get(name):
        r.fault("empty-set", f"“{name}”还没有写明包括哪些项目", at, span)
    return r.sets.get(name, ())
