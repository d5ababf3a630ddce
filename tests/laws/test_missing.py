"""What nobody told us: taking a parameter or a fact away gives 待定 with its name, or the same amount; never another."""

import copy
from typing import Any

import pytest

from corpus.workspace import Policy
from interpreter.examples import claims_of

KEYS = ("fumeng-2022", "linxi-2017")
WAITING = ("待定", "冲突")


def decided(policy: Policy, claim: dict[str, Any]) -> dict[str, Any]:
    read, faults = policy.read(claim)
    assert read is not None, faults
    return policy.result(policy.decide(read))


def changed(policy: Policy, claim: dict[str, Any], less: dict[str, Any], name: str) -> list[str]:
    """Outcomes that became another value, or became 待定 without naming what is missing."""
    wrong = []
    for number, (before, after) in enumerate(zip(decided(policy, claim)["就诊"], decided(policy, less)["就诊"], strict=True)):
        missing = {row["项目"]: row.get("缺少", []) for row in after["待定"]}
        for outcome, value in before["结果"].items():
            now = after["结果"].get(outcome)
            if now == value or value in WAITING:
                continue
            if now not in WAITING:
                wrong.append(f"第{number + 1}笔 {outcome}：{value} → {now}")
            elif name not in missing.get(outcome, []):
                wrong.append(f"第{number + 1}笔 {outcome} 待定，没有说缺少{name}：{missing.get(outcome)}")
    return wrong


@pytest.mark.parametrize("key", KEYS)
def test_taking_any_parameter_of_any_shared_case_away_never_gives_another_amount(
    policies: dict[str, Policy], cases: dict[str, Any], key: str
) -> None:
    """Exhaustive. A parameter with a declared default is known without being given."""
    policy = policies[key]
    declared = {t.name for t in policy.compiled().book.terms if t.default}
    tried, wrong = 0, []
    for case in cases[key]:
        for claim in claims_of(case):
            for name in claim.get("参数") or {}:
                if name in declared:
                    continue
                less = copy.deepcopy(claim)
                del less["参数"][name]
                null = copy.deepcopy(claim)
                null["参数"][name] = None
                tried += 1
                wrong += [f"{case['案例']} 去掉{name}：{w}" for other in (less, null) for w in changed(policy, claim, other, name)]
    assert tried > 0
    assert [] == wrong


def without_facts(policy: Policy, cases: list[dict[str, Any]]) -> list[str]:
    """What went wrong when each fact of each case of one visit was left out; facts with a declared default, figures that are settled when they are
    filed (填报优先) and the dates that decide the year are passed over."""
    passed = {t.name for t in policy.compiled().book.terms if t.default or t.filed_first} | set(policy.compiled().book.sequence)
    passed |= set(policy.compiled().book.deciding)
    wrong = []
    for case in cases:
        for claim in claims_of(case):
            if len(claim["就诊"]) > 1 or claim.get("事件"):
                continue
            for name in claim["就诊"][0]:
                if name not in passed:
                    less = copy.deepcopy(claim)
                    del less["就诊"][0][name]
                    wrong += [f"{case['案例']} 去掉{name}：{w}" for w in changed(policy, claim, less, name)]
    return wrong


@pytest.mark.parametrize("key", KEYS)
def test_taking_any_fact_of_any_shared_case_away_never_gives_another_amount(policies: dict[str, Policy], cases: dict[str, Any], key: str) -> None:
    assert [] == [w for w in without_facts(policies[key], cases[key]) if "→" in w]


@pytest.mark.xfail(
    strict=True, reason="without 费用 a claim 依申请救助 is told that 基本医保支付 and 就医类型 are missing, not 费用 (shared case C09)"
)
def test_what_is_undetermined_names_the_fact_that_is_missing(fumeng: Policy, cases: dict[str, Any]) -> None:
    assert [] == without_facts(fumeng, cases["fumeng-2022"])


def test_what_is_undetermined_names_the_fact_that_is_missing_in_linxi(linxi: Policy, cases: dict[str, Any]) -> None:
    assert [] == without_facts(linxi, cases["linxi-2017"])


@pytest.mark.parametrize("key", KEYS)
def test_the_amounts_of_every_shared_case_are_right_to_the_fen(policies: dict[str, Policy], cases: dict[str, Any], key: str) -> None:
    report = policies[key].test(tuple(cases[key]))
    assert [] == [(c.title, c.differences) for c in report.cases if not c.passed]


@pytest.mark.parametrize("key", KEYS)
def test_every_clause_fires_in_some_case_and_not_in_another(policies: dict[str, Policy], cases: dict[str, Any], key: str) -> None:
    """A clause that is never seen to fire, or never seen not to, is not tested. 施行 and 合计 concern every visit."""
    always = ("新制度施行", "费用合计", "施行日期")
    report = policies[key].test(tuple(cases[key]))
    assert [] == [c for c, fired, idle in report.coverage if not fired or (not idle and c not in always)]
