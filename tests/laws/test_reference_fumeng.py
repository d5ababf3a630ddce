"""The engine and the hand-written reference of fumeng-2022 agree on random claims: years of visits, looks back, voided costs, warnings, premiums."""

from collections import Counter

import pytest

from corpus.workspace import Policy
from tests.against import Facts, answered, cases_of, compare, reproduced, unequal, unexplained
from tests.fumeng_claims import BREAKS, a_claim
from tests.reference import fumeng_2022 as by_hand
from tests.reference.amounts import fen, yuan
from tests.reference.fumeng_2022_relief import BASIC_LIMIT, TERMS, Year, by_cost, decided_on, terms_of

CASES = cases_of("fumeng-2022")
SEED, SLOW_SEED = 20221109, 20230101
SHARES = ("基本医保支付", "大病保险支付", "医疗救助合计", "个人负担合计")


# --- comparison -----------------------------------------------------------------------------------------------------------------------------------


def differences(policy: Policy, claim: Facts) -> tuple[int, list[str]]:
    """How many outcomes the reference states, and what is wrong with the engine's answer."""
    visits, parameters = claim["就诊"], claim["参数"]
    answer = answered(policy, claim)
    expected, whole = by_hand.settle(claim)
    wrong: list[str] = []
    for name, value in whole.items():
        wrong += unequal(value, answer["合计"][name], name) if isinstance(value, dict) else unequal({name: value}, answer["合计"], "")
    if claim.get("事件"):
        return sum(map(len, whole.values())), wrong
    relief: Counter[tuple[str, str]] = Counter()
    for number, (visit, row, stated) in enumerate(zip(visits, answer["就诊"], expected, strict=True), 1):
        got = row["结果"]
        wrong += unequal(stated, got, str(number))
        wrong += [f"{number} {u}" for u in unexplained(row, visits, parameters)]
        shares = [got.get(n, "不适用") for n in SHARES]
        if "医疗总费用" not in visit or "待定" in shares or "不适用" in shares:
            continue
        amounts = [fen(s) for s in shares]
        if min(amounts) < 0 or sum(amounts) != fen(visit["医疗总费用"]) or sum(fen(p["金额"]) for p in row["瀑布"]) != sum(amounts):
            wrong.append(f"{number} shares do not sum to the bill: {shares} {row['瀑布']}")
        year = decided_on(visit).year
        for name in ("基本救助", "倾斜救助"):
            relief[f"{year}", name] += fen(got[name]) if got[name] not in ("待定", "不适用") else 0
    limits = {"基本救助": BASIC_LIMIT, "倾斜救助": max(t.further_limit for v in visits if (t := terms_of(v))) if relief.total() else 0}
    wrong += [f"the limit of {year} is passed: {name} {paid}" for (year, name), paid in relief.items() if paid > limits[name]]
    return sum(map(len, expected)) + sum(map(len, whole.values())), wrong


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["案例"]))
def test_the_reference_reproduces_the_worked_case(case: Facts) -> None:
    results, whole = by_hand.settle(case)
    reproduced(case, results, whole, "2023年度合计")


@pytest.mark.parametrize(("kind", "burdens"), BREAKS.items(), ids=BREAKS)
def test_relief_starts_and_ends_where_the_rules_say(kind: str, burdens: tuple[int, ...]) -> None:
    """The thresholds the random amounts lie around are those of the reference: the rate of relief changes there and nowhere else near."""

    def relief(burden: int) -> int:
        return sum(by_cost(burden, TERMS[kind], Year()))

    for burden in burdens:
        below, above = (relief(burden + step) - relief(burden + step - 10_00) for step in (-1, 11_00))
        assert abs(below - above) > 50, yuan(burden)


def test_engine_and_reference_agree_on_400_claims(fumeng: Policy) -> None:
    compare(fumeng, (SEED, 400), a_claim, differences, 95, least=2)


@pytest.mark.slow
def test_engine_and_reference_agree_on_10000_claims(fumeng: Policy) -> None:
    compare(fumeng, (SLOW_SEED, 10_000), a_claim, differences, 95, least=2)
