"""anyi-2018: every other reading of the shared cases gives the figures the case works out for it."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.workspace import Policy, Workspace

FILES = (Path(__file__).parents[1] / "cases" / f"anyi-2018{part}.json" for part in ("", ".second"))
CASES = [case for path in FILES for case in json.loads(path.read_text(encoding="utf-8"))]
OTHERS = [(c, o) for c in CASES for o in c.get("其他读法", []) if o["reading"].startswith("AY18-") and "expected" in o]


@pytest.fixture(scope="module")
def anyi() -> Policy:
    found, message = Workspace.open().policy("anyi-2018")
    assert found is not None, message
    return found


@pytest.mark.parametrize(("case", "other"), OTHERS, ids=[f"{c['案例']}:{o['reading']}" for c, o in OTHERS])
def test_another_reading_gives_its_own_figures(anyi: Policy, case: dict[str, Any], other: dict[str, Any]) -> None:
    reading, _, label = other["reading"].partition("=")
    claim, faults = anyi.read({"就诊": case["就诊"], "参数": case["参数"], "读法": {reading: label}})
    assert claim is not None, faults
    found = anyi.result(anyi.decide(claim))["就诊"][0]["结果"]
    assert other["expected"] == {name: found[name] for name in other["expected"]}


def test_a_stay_across_the_day_of_entry_waits_for_daily_costs_when_costs_decide(anyi: Policy) -> None:
    case = next(c for c in CASES if c["案例"] == "anyi-2018/C27")
    claim, faults = anyi.read({"就诊": case["就诊"], "参数": case["参数"], "读法": {"AY18-Q28": "B"}})
    assert claim is not None, faults
    assert anyi.result(anyi.decide(claim))["就诊"][0]["结果"]["个人自付"] == "待定"
