"""The hall: opens policies and notices, composes every room once, and keeps what was compiled.

Command line, screens, tests and notebooks all stand on this and on nothing below it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations, product
from pathlib import Path
from typing import Any

from corpus.bundled import bundled_notice
from corpus.own import own_notice
from corpus.paragraphs import split
from corpus.policies import bundled_policy_keys, bundled_sources, head_value, policy_at
from corpus.readers import NoticeText, read_notice_bytes
from grammar.parse import parse
from grammar.source import Source
from interpreter.checks.table import Checked, check
from interpreter.claim import Claim, read_claim
from interpreter.compile import Compiled, compile_documents
from interpreter.decide import decide
from interpreter.decision import Decision
from interpreter.examples import Report, agrees, run_cases
from interpreter.explain import Explanation
from interpreter.mutants import Mutant, mutants
from interpreter.notice import Notice
from interpreter.result import result
from interpreter.rulebook import Rulebook

MAX_COMBINATIONS = 64
_MISSING = "找不到原文“{key}”：请在政策开头写“原文：…”，并把原文 {key}.txt 放在同一文件夹，或者先用 youju corpus add 文件 --key {key} 收入。"


@dataclass
class Policy:
    """One policy, parsed once and compiled once for each selection of readings."""

    sources: tuple[Source, ...]
    notice: Notice
    _parsed: Any = None
    _compiled: dict[tuple[tuple[str, str], ...], Compiled] = field(default_factory=dict)
    _without: dict[str, Policy] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return self.notice.key

    def compiled(self, readings: Mapping[str, str] | None = None) -> Compiled:
        chosen = tuple(sorted((readings or {}).items()))
        if chosen not in self._compiled:
            if self._parsed is None:
                self._parsed = parse(self.sources, self.key)
            documents, faults = self._parsed
            self._compiled[chosen] = compile_documents(self.sources, documents, faults, self.notice, dict(chosen))
        return self._compiled[chosen]

    def read(self, data: Any) -> tuple[Claim | None, tuple[str, ...]]:
        """A claim of this policy, or its faults in Chinese."""
        return read_claim(data, self.compiled().book)

    def decide(self, claim: Claim) -> Decision:
        compiled = self.compiled(claim.readings)
        return decide(compiled.book, compiled.graph, compiled.run, claim)

    def result(self, decision: Decision) -> dict[str, Any]:
        compiled = self.compiled(decision.claim.readings)
        return result(compiled.book, decision, compiled.digest)

    def explain(self, decision: Decision, visit: int) -> Explanation:
        return Explanation(decision.graph, decision.visits[visit])

    def checked(self) -> Checked:
        """Every check of `youju check`."""
        return check(self.compiled())

    def test(self, case_files: tuple[Any, ...] = ()) -> Report:
        """The policy's own cases and those of case files already read."""
        compiled = self.compiled()
        cases = tuple(c for d in compiled.documents for c in d.cases)
        return run_cases(compiled.book, cases, case_files, self._try)

    def mutate(self, case_files: tuple[Any, ...] = ()) -> Iterator[tuple[Mutant, bool]]:
        """Each mutant of the policy, and whether some case noticed it."""
        compiled = self.compiled()
        cases = tuple(c for d in compiled.documents for c in d.cases)
        for document in compiled.documents:
            for mutant in mutants(document):
                documents = tuple(mutant.document if d is document else d for d in compiled.documents)
                changed = Policy(self.sources, self.notice, (documents, ()))
                yield mutant, not agrees(compiled.book, cases, case_files, changed._try)

    def without(self, clause: str) -> Policy:
        """The policy as if a clause did not stand in it; kept."""
        if clause not in self._without:
            documents = tuple(replace(d, cases=(), clauses=tuple(c for c in d.clauses if c.name != clause)) for d in self.compiled().documents)
            self._without[clause] = Policy(self.sources, self.notice, (documents, ()))
        return self._without[clause]

    def _try(self, data: dict[str, Any]) -> tuple[Rulebook | None, Decision | None, tuple[str, ...]]:
        claim, faults = self.read(data)
        if claim is None:
            return None, None, faults
        return self.compiled(claim.readings).book, self.decide(claim), ()

    def tried(self, claim: Claim) -> Iterator[tuple[str, str, Decision, bool]]:
        """Each reading that does not stand, alone: (reading, candidate, decision, whether some outcome or total is another), one at a time."""
        base, book = self.result(self.decide(claim)), self.compiled(claim.readings).book
        standing = dict(book.selected)
        for reading in book.readings:
            for candidate in reading.candidates:
                chosen = claim.readings | {reading.id: candidate.label}
                if candidate.label != standing.get(reading.id) and self.compiled(chosen).usable:
                    decision = self.decide(replace(claim, readings=chosen))
                    yield reading.id, candidate.label, decision, _differs(base, self.result(decision))

    def alternatives(self, claim: Claim, wanted: Callable[[], bool] = lambda: True) -> tuple[tuple[dict[str, str], Decision], ...]:
        """Every selection of readings that changes some outcome or total, the smallest selections first; at most 64 combinations.

        As many as were found when they were no longer `wanted`.
        """
        moving: dict[str, tuple[str, ...]] = {}
        found: list[tuple[dict[str, str], Decision]] = []
        for name, label, decision, differs in self.tried(claim):
            if not wanted():
                return tuple(found)
            if differs:
                moving[name] = (*moving.get(name, ()), label)
                found.append(({name: label}, decision))
        for chosen in _combinations(list(moving.items())):
            if not wanted():
                break
            found.append((chosen, self.decide(replace(claim, readings=claim.readings | chosen))))
        return tuple(found)


def _combinations(moving: list[tuple[str, tuple[str, ...]]]) -> list[dict[str, str]]:
    """Two readings at a time, then three and so on: those that meet first are the ones people ask about."""
    made: list[dict[str, str]] = []
    for size in range(2, len(moving) + 1):
        for group in combinations(moving, size):
            for labels in product(*(options for _, options in group)):
                if len(made) == MAX_COMBINATIONS:
                    return made
                made.append({name: label for (name, _), label in zip(group, labels, strict=True)})
    return made


def _differs(a: dict[str, Any], b: dict[str, Any]) -> bool:
    return [v["结果"] for v in a["就诊"]] != [v["结果"] for v in b["就诊"]] or a["合计"] != b["合计"]


@dataclass
class Workspace:
    """The bundled policies, and any on disk that is asked for by its path."""

    _policies: dict[str, Policy] = field(default_factory=dict)

    @staticmethod
    def open() -> Workspace:
        return Workspace()

    def keys(self) -> tuple[str, ...]:
        return bundled_policy_keys()

    def policy(self, name: str) -> tuple[Policy | None, str]:
        """A bundled policy by key, or one on disk by path; else a message in Chinese."""
        if name in self._policies:
            return self._policies[name], ""
        policy, message = self._load(name)
        if policy:
            self._policies[name] = policy
        return policy, message

    def _load(self, name: str) -> tuple[Policy | None, str]:
        if name in self.keys():
            notice = bundled_notice(name)
            return (Policy(bundled_sources(name), notice), "") if notice else (None, f"缺少通知原文“{name}”。")
        path = Path(name)
        if not path.exists():
            return None, f"没有政策“{name}”。已有：{'、'.join(self.keys()) or '（无）'}；也可以写文件夹或者文件的路径。"
        sources, message = policy_at(path)
        if message:
            return None, message
        key = notice_key(sources) or (path.stem if path.is_file() else path.resolve().name)
        notice, message = self.notice(key, path if path.is_dir() else path.parent)
        return (Policy(sources, notice) if notice else None), message

    def notice(self, key: str, folder: Path) -> tuple[Notice | None, str]:
        """<key>.txt beside the policy, else a bundled notice, else what the user added under this key; or why there is none."""
        beside = folder / f"{key}.txt"
        if beside.is_file():
            text = read_notice_bytes(beside.name, beside.read_bytes())
            return (split(key, text.text), "") if isinstance(text, NoticeText) else (None, text.message)
        bundled = bundled_notice(key)
        own, message = (None, "") if bundled else own_notice(key)
        notice = bundled or own
        return notice, "" if notice else message or _MISSING.format(key=key)


def notice_key(sources: tuple[Source, ...]) -> str:
    """The key after 原文： in the head of any file."""
    return next((key for source in sources if (key := head_value(source, "原文").rstrip("。"))), "")
