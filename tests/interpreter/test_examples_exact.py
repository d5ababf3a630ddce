"""A worked example is compared to the last digit: a part of a fen is neither cut off what is expected nor off what is filed.

Reading a policy refuses such an amount; what is made without reading one (a generator, a test) is still told the truth.
"""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from corpus.workspace import Policy
from grammar.document import Case, Given
from grammar.literals import Literal, Measure
from interpreter.examples import claim_of
from tests.tiny import convention, faults, tiny


def half(filed: str = "24.68元", expected: str = "12.34元") -> Policy:
    case = f"【案例 一半】\n第1笔：就诊日期为2023年5月1日，费用为{filed}\n应得：给付为{expected}\n"
    return tiny(convention("给付为费用乘以50%") + case)


def example(policy: Policy, **changed: Fraction) -> Case:
    """The case of `policy` with other figures, in fen, under `费用` or `给付`."""
    (case,) = policy.compiled().documents[0].cases
    (visit,) = case.visits
    facts, expected = (tuple(_given(g, changed) for g in given) for given in (visit.facts, visit.expected))
    return replace(case, visits=(replace(visit, facts=facts, expected=expected),))


def _given(given: Given, changed: dict[str, Fraction]) -> Given:
    return replace(given, values=(Literal(Measure.MONEY, changed[given.term]),)) if given.term in changed else given


def differences(policy: Policy, case: Case) -> tuple[str, ...]:
    documents = (replace(policy.compiled().documents[0], cases=(case,)),)
    (report,) = Policy(policy.sources, policy.notice, (documents, ())).test().cases
    return report.differences


@pytest.mark.parametrize(("filed", "expected"), [("24.68元", "12.34元"), ("24.69元", "12.35元"), ("0.01万元", "50元"), ("0元", "0元")])
def test_an_example_to_the_fen_passes(filed: str, expected: str) -> None:
    """24.69 × 50% is 12.345, rounded half up."""
    policy = half(filed, expected)
    assert () == faults(policy) and () == policy.test().cases[0].differences


@pytest.mark.parametrize(("fen", "said"), [("1234.5", "12.345元"), ("1234.9", "12.349元"), ("1234.01", "12.3401元")])
def test_a_part_of_a_fen_is_never_what_was_expected(fen: str, said: str) -> None:
    """12.34 is paid; cut to the fen each of these would have passed."""
    policy = half()
    assert (f"第1笔“给付”应为 {said}，实为 12.34",) == differences(policy, example(policy, 给付=Fraction(fen)))


@pytest.mark.parametrize(("fen", "said"), [("2468.9", "24.689元"), ("2468.01", "24.6801元")])
def test_a_part_of_a_fen_is_never_filed(fen: str, said: str) -> None:
    policy = half()
    case = example(policy, 费用=Fraction(fen))
    filed: dict[str, Any] = claim_of(case, {}, policy.compiled().book)["就诊"][0]
    assert said == filed["费用"]
    assert (f"第1笔“费用”不是金额：{said}。最多两位小数，不能为负",) == differences(policy, case)
