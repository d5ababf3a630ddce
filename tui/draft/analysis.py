"""The texts being written → what is wrong with them, what of the notice they cover, what stands where. Pure; made in a thread, shown by the panes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from corpus.workspace import Policy
from grammar.diagnostic import Diagnostic, Severity
from grammar.parse import Parsed, parse_again
from grammar.source import NOWHERE, Source
from grammar.unparse import sentence_text
from interpreter.coverage import Covered, Link, coverage, links
from interpreter.notice import Notice

SIGNS = {Covered.WHOLE: "●", Covered.PART: "◐", Covered.NONE: "○", Covered.STATED: "－", Covered.STRUCTURE: "　"}


@dataclass(frozen=True, slots=True)
class Problem:
    """A diagnostic at its line and column (both from 1; 0 when it has no place)."""

    diagnostic: Diagnostic
    line: int
    column: int

    @property
    def file(self) -> str:
        return self.diagnostic.source

    @property
    def is_error(self) -> bool:
        return self.diagnostic.severity is Severity.ERROR


@dataclass(frozen=True)
class Analysis:
    policy: Policy
    parsed: Parsed
    problems: tuple[Problem, ...]
    covered: dict[str, Covered]
    links: tuple[Link, ...]

    @property
    def errors(self) -> int:
        return sum(p.is_error for p in self.problems)

    @cached_property
    def source(self) -> dict[str, Source]:
        return {s.name: s for s in self.policy.sources}

    @cached_property
    def tally(self) -> str:
        """已编码 3／23 处, of the units that state something."""
        stated = [c for c in self.covered.values() if c is not Covered.STRUCTURE]
        missing = stated.count(Covered.NONE)
        return f"● {stated.count(Covered.WHOLE)}　◐ {stated.count(Covered.PART)}　－ {stated.count(Covered.STATED)}　○ {missing}"

    # --- from the policy to the notice

    def link_at(self, file: str, offset: int) -> Link | None:
        """What stands on the line of this place, sentences before headings; else the nearest above in its block."""
        source = self.source.get(file)
        if source is None:
            return None
        start, end = line_bounds(source.text, offset)
        block = source.text.rfind("\n【", 0, end) + 1
        near = [link for link in self.links if link.source == file and block <= link.span.start <= end]
        here = [link for link in near if link.span.end >= start]
        said = [link for link in here if link.statement is not None]
        return next(iter((said or here or near)[-1:]), None)

    def read_back(self, file: str, offset: int) -> str:
        """How the sentence of this line was understood; empty where there is none."""
        link, source = self.link_at(file, offset), self.source.get(file)
        if source is None or link is None or link.statement is None or link.span.end < line_bounds(source.text, offset)[0]:
            return ""
        return f"{link.statement.standing}　读作：{sentence_text(link.statement.sentence)}"

    # --- from the notice to the policy

    def links_of(self, unit: str) -> tuple[Link, ...]:
        """What rests on a unit: sentences first, then headings."""
        found = [link for link in self.links if unit in link.units]
        return tuple(sorted(found, key=lambda link: link.statement is None))

    def next_unit(self, unit: str, wanted: tuple[Covered, ...]) -> str:
        """The next unit after this one in such a state, round and round; empty when there is none."""
        order = list(self.covered)
        at = order.index(unit) + 1 if unit in order else 0
        return next((u for u in order[at:] + order[:at] if self.covered[u] in wanted), "")


def analyse(sources: tuple[Source, ...], notice: Notice, before: Parsed) -> Analysis:
    """Everything `youju check` says, and where the policy stands to its notice; `before` is what an earlier analysis read."""
    parsed = parse_again(sources, notice.key, before)
    policy = Policy(sources, notice, (parsed.documents, parsed.faults))
    by_name = {s.name: s for s in sources}
    found = [_problem(d, by_name.get(d.source)) for d in policy.checked().diagnostics]
    found.sort(key=lambda p: not p.is_error)
    return Analysis(policy, parsed, tuple(found), coverage(policy.compiled()), links(policy.compiled()))


def _problem(diagnostic: Diagnostic, source: Source | None) -> Problem:
    line, column = source.place(diagnostic.span.start) if source and diagnostic.span != NOWHERE else (0, 0)
    return Problem(diagnostic, line, column)


# --- places in a text


def line_bounds(text: str, offset: int) -> tuple[int, int]:
    """Where the line of this place begins and ends."""
    end = text.find("\n", offset)
    return text.rfind("\n", 0, offset) + 1, len(text) if end < 0 else end


def location_of(text: str, offset: int) -> tuple[int, int]:
    """Row and column, both from 0, as the editor counts."""
    at = min(max(offset, 0), len(text))
    return text.count("\n", 0, at), at - (text.rfind("\n", 0, at) + 1)


def offset_of(text: str, location: tuple[int, int]) -> int:
    row, column = location
    at = 0
    for _ in range(row):
        at = text.find("\n", at) + 1
    return at + column
