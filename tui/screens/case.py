"""A claim on the screen: what is filed, what was decided, which visit is looked at. Every edit gives another `Case`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePath
from typing import Any

from corpus.policies import head_value
from corpus.workspace import Policy, Workspace
from grammar.diagnostic import errors
from interpreter.decision import Decision
from interpreter.explain import Explanation
from interpreter.result import waterfall
from interpreter.rulebook import Rulebook
from interpreter.values import is_pending
from interpreter.wording import filed_text
from tui.screens.samples import Sample, samples
from tui.widgets.field_rows import Field, Group, claim_fields
from tui.widgets.waterfall import Share


@dataclass(frozen=True)
class Case:
    """`faults` non-empty means that what is filed cannot be read and `decision` is of the claim before the edit, or None."""

    policy: Policy
    sample: Sample
    data: dict[str, Any]
    visit: int = 0
    decision: Decision | None = None
    faults: tuple[str, ...] = ()

    @cached_property
    def explanation(self) -> Explanation | None:
        return self.policy.explain(self.decision, self.visit) if self.decision else None

    @cached_property
    def book(self) -> Rulebook:
        return self.policy.compiled(self.decision.claim.readings if self.decision else None).book

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        return claim_fields(self.policy, self.sample, self.data, self.visit, self.explanation)

    @property
    def visits(self) -> int:
        filed = self.data.get("就诊")
        return max(len(filed), 1) if isinstance(filed, list) else 1

    @property
    def place(self) -> str:
        """The policy as people call it: the name of the file that names its notice."""
        files = [s.name for s in self.policy.sources if head_value(s, "原文")]
        return PurePath(files[0] if files else self.policy.key).stem

    @cached_property
    def shares(self) -> tuple[Share, ...]:
        """The bill, then who pays what of it."""
        if self.decision is None:
            return ()
        visit = self.decision.visits[self.visit]
        rows = waterfall(self.book, self.decision, visit)
        if not rows:
            return ()
        return (self._bill(), *(Share(r["付费方"], r["金额"]) for r in rows))

    def _bill(self) -> Share:
        """The total of the order of payment in force, which is the one that `waterfall` tells."""
        assert self.decision is not None
        graph, visit = self.decision.graph, self.decision.visits[self.visit]
        for guard, total, _, _ in graph.orders:
            if (guard < 0 or visit.values[guard] is True) and not is_pending(visit.value(graph, total)):
                return Share(total, str(filed_text(visit.value(graph, total), self.book.term[total].kind)), whole=True)
        return Share("", "")

    @property
    def headline(self) -> tuple[str, ...]:
        """Who pays, without those who pay nothing; faults first."""
        if self.faults:
            return ("填报有误，以下为改动前的结果" if self.decision else "填报有误，没有核定",)
        paying = [s for s in self.shares if not s.whole and s.fen != 0]
        return tuple(f"{s.name} {s.spoken}" for s in paying) or ("待定" if self.is_open else "没有支付",)

    @property
    def is_open(self) -> bool:
        """Whether some share is undetermined, or, where nobody pays, some outcome."""
        if self.shares or self.decision is None:
            return any(s.fen is None for s in self.shares)
        graph, visit = self.decision.graph, self.decision.visits[self.visit]
        return any(is_pending(visit.value(graph, o)) for o in graph.outcomes)


def open_case(workspace: Workspace, key: str, sample: str = "") -> tuple[Case | None, str]:
    """A sample of a policy, the first where no such name is; else why not, in Chinese. A policy with errors decides nothing."""
    policy, message = workspace.policy(key)
    if policy is None:
        return None, message
    if not policy.compiled().usable:
        return None, f"政策“{key}”有错误，不能使用。请先用 youju check {key} 查看。"
    known = samples(key)
    return opened(policy, next((s for s in known if s.name == sample), known[0])), ""


def opened(policy: Policy, sample: Sample) -> Case:
    """A claim as filed, decided, at its first visit."""
    return _decided(Case(policy, sample, sample.data))


def edited(case: Case, field: Field, raw: Any) -> Case:
    """The claim with another value for a fact of the field's visit, or for a parameter; None removes it. A field of another claim changes nothing."""
    if field.claim is not case.sample:
        return case
    name = field.term.name
    if field.group is Group.PARAMETERS:
        return _decided(replace(case, data=case.data | {"参数": _with(case.data.get("参数") or {}, name, raw)}))
    visits = [_with(v, name, raw) if i == field.visit else v for i, v in enumerate(case.data["就诊"])]
    return _decided(replace(case, data=case.data | {"就诊": visits}))


def moved(case: Case, by: int) -> Case:
    """Another visit of the same claim, round and round."""
    return replace(case, visit=(case.visit + by) % case.visits)


def refiled(case: Case, data: dict[str, Any], visit: int) -> Case:
    """The same claim with other data, looked at in a visit that these have. Where it cannot be read and the visits are others, nothing is decided."""
    count = len(data["就诊"]) if isinstance(data.get("就诊"), list) else 1
    before = case.decision if case.decision and len(case.decision.visits) == count else None
    return _decided(replace(case, data=data, visit=min(visit, max(count - 1, 0)), decision=before))


def _with(values: dict[str, Any], name: str, raw: Any) -> dict[str, Any]:
    kept = {k: v for k, v in values.items() if k != name}
    return kept if raw is None else kept | {name: raw}


def _decided(case: Case) -> Case:
    claim, faults = case.policy.read(case.data)
    if claim is None:
        return replace(case, faults=faults)
    compiled = case.policy.compiled(claim.readings)
    if not compiled.usable:
        return replace(case, faults=tuple(d.message for d in errors(compiled.diagnostics)))
    return replace(case, decision=case.policy.decide(claim), faults=())
