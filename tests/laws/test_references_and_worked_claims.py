"""The second worked claims and the hand-written references, neither of which knows of the other, contradict each other nowhere."""

from collections.abc import Callable
from importlib import import_module

import pytest

from tests.against import Facts, cases_of

KEYS = ("fumeng-2022", "linxi-2017", "naiman-2019", "anyi-2018", "gansu-2018")
#: Facts or figures are missing that a reference takes for granted.
MISSING = (
    *("fumeng-2022/D44", "linxi-2017/D31", "naiman-2019/D60", "naiman-2019/D61", "naiman-2019/D62"),
    *("anyi-2018/D41", "anyi-2018/D78", "anyi-2018/D79"),
)


def persons(case: Facts) -> list[tuple[Facts, list[Facts]]]:
    """The claim of each person of a case, and what its visits should come to."""
    due = case["应得"].get("逐笔", [])
    if case["形式"] != "多人":
        return [(case, due)]
    return [(case | {"就诊": [visit]}, [expected]) for visit, expected in zip(case["就诊"], due, strict=True)]


def rows_of(settle: Callable[[Facts], list[Facts] | tuple[list[Facts], Facts]], claim: Facts) -> list[Facts]:
    settled = settle(claim)
    return settled[0] if isinstance(settled, tuple) else settled


@pytest.mark.parametrize("key", KEYS)
def test_no_reference_contradicts_a_worked_claim(key: str) -> None:
    settle = import_module(f"tests.reference.{key.replace('-', '_')}").settle
    wrong, same, worked = [], 0, 0
    for case in cases_of(f"{key}.second"):
        if case["案例"] in MISSING:
            continue
        for claim, due in persons(case):
            for expected, stated in zip(due, rows_of(settle, claim), strict=False):  # a voided visit is stated in the sums alone
                both = {name: value or "不适用" for name, value in expected.items() if name in stated}
                wrong += [(case["案例"], name, value, stated[name]) for name, value in both.items() if stated[name] != value]
                same, worked = same + len(both), worked + len(expected)
    assert wrong == []
    assert same * 10 >= worked * 9
