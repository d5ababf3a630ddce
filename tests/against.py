"""How an engine's answers are held against a hand-written reference on random claims."""

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

from corpus.workspace import Policy
from tests.reference.amounts import half_up

Facts = dict[str, Any]
CASES = Path(__file__).parent / "cases"


def cases_of(key: str) -> list[Facts]:
    found: list[Facts] = json.loads((CASES / f"{key}.json").read_text(encoding="utf-8"))
    return found


# --- drawing --------------------------------------------------------------------------------------------------------------------------------------


def by_chance(rng: Random, chance: float) -> bool:
    return rng.random() < chance


def beside(rng: Random, amount: Fraction | int) -> int:
    """The amount to the fen, or one fen off."""
    return max(0, half_up(Fraction(amount)) + rng.choice((-1, 0, 0, 1)))


# --- comparing ------------------------------------------------------------------------------------------------------------------------------------


def answered(policy: Policy, claim: Facts) -> Facts:
    read, faults = policy.read(claim)
    assert read is not None, (faults, json.dumps(claim, ensure_ascii=False))
    return policy.result(policy.decide(read))


def unequal(expected: Facts, got: Facts, where: str) -> list[str]:
    """What is not among the outcomes does not apply."""
    found = {name: got.get(name, "不适用") for name in expected}
    return [f"{where} {name}: expected {value}, got {found[name]}" for name, value in expected.items() if found[name] != value]


def unexplained(row: Facts, visits: list[Facts], parameters: Facts) -> list[str]:
    """Conflicts, and undetermined outcomes that neither name what is really absent from `visits` and `parameters` nor say what they wait for."""
    faults = ["a conflict"] if "冲突" in row["结果"].values() else []
    for waiting in row["待定"]:
        missing = waiting.get("缺少", [])
        absent = all(parameters.get(name) is None and any(v.get(name) is None for v in visits) for name in missing)
        if not (absent and (missing or waiting.get("原因"))):
            faults.append(f"undetermined: {waiting}")
    return faults


def compare(
    policy: Policy,
    draws: tuple[int, int],
    a_claim: Callable[[Random], Facts],
    differences: Callable[[Policy, Facts], tuple[int, list[str]]],
    floor: int,
    least: int = 1,
) -> None:
    """`draws` is a seed and how many claims; `differences` gives how many outcomes the reference states of a claim, and what is wrong.

    At least `floor` percent of the claims have `least` outcomes stated a visit: gaps of a reference must not empty it.
    """
    seed, count = draws
    rng, stated, found = Random(seed), 0, []
    for _ in range(count):
        claim = a_claim(rng)
        outcomes, wrong = differences(policy, claim)
        stated += outcomes >= least * len(claim["就诊"])
        if wrong:
            found.append("\n".join((*wrong, json.dumps(claim, ensure_ascii=False))))
    assert not found, f"{len(found)} of {count} claims\n" + "\n\n".join(found[:5])
    assert stated * 100 >= count * floor


def reproduced(case: Facts, results: list[Facts], whole: Facts, year: str) -> None:
    """A worked case: each visit's outcomes, then the sums, which `whole` holds under `year` or bare."""
    due = dict(case["应得"])
    for stated, expected in zip(results, due.pop("逐笔", []), strict=True):
        assert expected == {name: stated.get(name) for name in expected}
    sums = {**due.pop("合计", {}), **due.pop("年度合计", {}), **due.pop(year, {}), **due}
    stated = whole.get(year, whole)
    assert sums == {name: stated.get(name) for name in sums}
