"""数量: bare numbers in a claim, and no division into whole numbers."""

import pytest

from tests.tiny import WORDS, convention, faults, said, tiny


@pytest.mark.parametrize(
    ("filed", "codes"), [("次数为3个月", ["declared-kind"]), ("次数为3天", ["declared-kind"]), ("次数为50%", ["declared-kind"]), ("次数为3", [])]
)
def test_a_claim_files_a_count_as_a_bare_number(filed: str, codes: list[str]) -> None:
    policy = tiny(f"{convention('给付为费用')}\n【案例 甲】\n第1笔：费用为7元，就诊日期为2023年1月1日，{filed}\n应得：给付为7元\n")
    found = faults(policy)
    assert codes == [f.code for f in found]
    assert all("数量只写数字" in f.hint for f in found)


def test_a_sentence_says_a_count_in_months() -> None:
    policy = tiny(convention("次数不低于一年的，给付为费用"))
    assert () == faults(policy)


@pytest.mark.parametrize(("giving", "divides"), [("次数除以2", True), ("另一比例", False)])
def test_a_division_into_a_count_is_told_that_nothing_rounds_it(giving: str, divides: bool) -> None:
    policy = tiny(convention(f"满数为{giving}"), words=f"{WORDS}满数，数量，结果。\n")
    (fault,) = faults(policy)
    assert "type-mismatch" == fault.code and divides is ("没有取整" in said(fault))
