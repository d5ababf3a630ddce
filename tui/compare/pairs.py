"""甲 and 乙: two decided claims, and how the ways to choose them make them. Without a screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from corpus.history import Record
from corpus.workspace import Policy, Workspace
from interpreter.claim import understood
from interpreter.compare import Divergence, Stand, amount, divergences, first_sentence, money_outcomes, stand
from interpreter.stepwise import Step, chain, path
from tui.claims.changes import readings_of, with_readings
from tui.screens.case import Case, moved, opened, refiled
from tui.screens.samples import Sample


@dataclass(frozen=True)
class Side:
    """`case` is decided; its visit is the one compared."""

    title: str
    case: Case

    @cached_property
    def stand(self) -> Stand:
        assert self.case.decision is not None
        return stand(self.case.policy.compiled(self.case.decision.claim.readings), self.case.decision, self.case.visit)


@dataclass(frozen=True)
class Pair:
    """What differs between two sides. `by_visit`: two visits of one claim, so that moving to another visit means nothing."""

    first: Side
    second: Side
    note: str = ""
    by_visit: bool = False

    @cached_property
    def partings(self) -> tuple[Divergence, ...]:
        return divergences(self.first.stand, self.second.stand)

    @cached_property
    def parting(self) -> Divergence | None:
        """Where the two part company."""
        return first_sentence(self.partings)

    @cached_property
    def outcomes(self) -> tuple[str, ...]:
        return money_outcomes(self.first.stand, self.second.stand)

    @cached_property
    def path(self) -> tuple[Step, ...]:
        """Slow where clauses changed."""
        return path(self.first.stand, self.second.stand, self.first.case.policy.compiled)

    def steps(self, outcome: str) -> tuple[Step, ...]:
        return chain(self.path, outcome)

    def amounts(self, outcome: str) -> tuple[int | None, int | None]:
        return amount(self.first.stand, outcome), amount(self.second.stand, outcome)

    def difference(self, outcome: str) -> int | None:
        one, other = self.amounts(outcome)
        return None if one is None or other is None else other - one

    @cached_property
    def main(self) -> str:
        """The first outcome that differs by an amount, else by a word."""
        ranked = sorted(self.outcomes, key=lambda o: (not self.difference(o), not self.differs(o)))
        return ranked[0] if ranked else ""

    def differs(self, outcome: str) -> bool:
        return bool(self.difference(outcome)) or self.first.stand.said(outcome) != self.second.stand.said(outcome)

    @property
    def visits(self) -> int:
        return 1 if self.by_visit else max(self.first.case.visits, self.second.case.visits)


def swapped(pair: Pair) -> Pair:
    return Pair(pair.second, pair.first, pair.note, pair.by_visit)


def other_visit(pair: Pair, by: int) -> Pair:
    """Both at the next visit, round and round."""
    first, second = (replace(side, case=moved(side.case, by)) for side in (pair.first, pair.second))
    return pair if pair.visits < 2 else Pair(first, second, pair.note)


# --- two readings --------------------------------------------------------------------------------------------------------------------------------


def by_default(case: Case) -> Case:
    """The claim under the readings that stand by default."""
    data = {k: v for k, v in case.data.items() if k != "读法"}
    return case if data == case.data else refiled(case, data, case.visit)


def moving_readings(case: Case) -> tuple[tuple[str, str, bool], ...]:
    """Every reading that is not the default with whether it changes something; those that do first. Slow."""
    decision = by_default(case).decision
    tried = [(name, label, differs) for name, label, _, differs in case.policy.tried(decision.claim)] if decision else []
    return tuple(sorted(tried, key=lambda row: not row[2]))


def reading_pair(case: Case, chosen: Mapping[str, str]) -> Pair | str:
    base = by_default(case)
    title = "、".join(f"{name} 取“{label}”" for name, label in chosen.items())
    made = _pair(Side("默认读法", base), Side(title, with_readings(base, chosen)))
    return _where_it_differs(made) if isinstance(made, Pair) else made


def _where_it_differs(pair: Pair) -> Pair:
    """At the visit looked at, or where that is the same on both sides at the next one that is not."""
    around = (other_visit(pair, n) for n in range(pair.visits))
    return next((p for p in around if p.partings), pair)


def first_pair(case: Case) -> Pair | str:
    """What is compared when nothing was chosen: the default and the readings chosen in the claim, else the first that changes something. Slow."""
    if case.decision is None or case.faults:
        return "眼前这一笔填报有误，没有核定。在核定（1）改好，或者按 F8 选别的。"
    chosen = readings_of(case)
    found = None if chosen else next(((n, label) for n, label, _, differs in case.policy.tried(case.decision.claim) if differs), None)
    if not chosen and found is None:
        return "已登记的读法都不改变这一笔的结果。按 F8 选别的：另一笔申报、另一个政策、历史里的两笔。"
    return reading_pair(case, chosen or dict([found] if found else []))


# --- two policies, claims, visits, records -------------------------------------------------------------------------------------------------------


def policy_pair(case: Case, other: Policy) -> Pair | str:
    """The same claim under another policy, as far as that one knows what is filed."""
    data, left_out = understood(by_default(case).data, other.compiled().book)
    if data == {"就诊": [{} for _ in data["就诊"]]}:
        return "另一个政策不认识这笔申报里的任何一项"
    data = data | ({"政策": other.key} if "政策" in data else {})
    second = opened(other, Sample(other.key, case.sample.name, case.sample.title, data))
    note = f"乙不认识：{'、'.join(left_out)}" if left_out else ""
    first, title = by_default(case), second.place
    same = first.place == title
    return _pair(Side(first.place + ("（原）" if same else ""), first), Side(title + ("（另一版）" if same else ""), _at(second, case.visit)), note)


def claim_pair(case: Case, sample: Sample) -> Pair | str:
    return _pair(Side(case.sample.title, case), Side(sample.title, opened(case.policy, sample)))


def visit_pair(case: Case, first: int, second: int) -> Pair | str:
    one, other = (Side(f"第{n + 1}笔就诊", replace(case, visit=n)) for n in (first, second))
    return _pair(one, other, by_visit=True)


def record_pair(workspace: Workspace, marked: Mapping[str, Record]) -> Pair | str:
    """The two records chosen in 历史, decided under the policy as it stands."""
    sides = []
    for name in ("甲", "乙"):
        record = marked[name]
        policy, message = workspace.policy(record.policy)
        if policy is None or not policy.compiled().usable:
            return message or f"政策“{record.policy}”今天有错误，不能使用"
        data = record.data if isinstance(record.data, dict) else {}
        sides.append(
            Side(f"历史 {record.id}　{record.note or record.policy}", opened(policy, Sample(policy.key, f"历史 {record.id}", record.note, data)))
        )
    first, second = sides
    return _pair(first, second)


def _at(case: Case, visit: int) -> Case:
    return replace(case, visit=min(visit, case.visits - 1))


def _pair(first: Side, second: Side, note: str = "", by_visit: bool = False) -> Pair | str:
    for name, side in (("甲", first), ("乙", second)):
        if side.case.decision is None or side.case.faults:
            return f"{name}不能核定：{side.case.faults[0] if side.case.faults else '没有核定'}"
    return Pair(first, second, note, by_visit)
